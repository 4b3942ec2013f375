/**
 * What is left of a scope by what its client is registered for now: a scope never comes to more than that,
 * whatever it was when it was granted.
 *
 * A client whose registration names no power has none. Where a deployment still gives such clients time
 * (`UNSAFE_IMPLIED_ACCESS`), they keep what they were granted.
 *
 * @module
 */
import { mayAsk } from './may-ask.ts';
import { namesPower, within } from './power.ts';

/** What is registered of a client, and whether the deployment gives old ones time. */
export type Ceiling = { scopes: readonly string[]; impliedAccess?: boolean | undefined };

/** Whether its scopes still mean what they did before they were asked for by name. */
export const isImplied = ({ scopes, impliedAccess = false }: Ceiling): boolean =>
  impliedAccess && !scopes.some(namesPower);

/** @param words - Of a scope. @returns Those that are left, each once; of one with letters perhaps fewer of them. */
export const stillRegistered = (ceiling: Ceiling, words: readonly string[]): string =>
  [...new Set(words.flatMap((word) => leftOf(ceiling, word) ?? []))].join(' ');

function leftOf(ceiling: Ceiling, word: string): string | undefined {
  const { scopes: listed } = ceiling;
  if (namesPower(word)) return isImplied(ceiling) ? word : within(listed, word);
  return mayAsk(listed, word) ? word : undefined;
}
