/**
 * Whether a client may ask for a scope that lets something be done: where the scopes of its
 * registration cover it (lib/verdict/power.ts).
 *
 * A client whose registration names no power may ask for none. Where a deployment still gives such
 * clients time (`UNSAFE_IMPLIED_ACCESS`), they may ask for any by its letters, and get all that their
 * user may where they name none.
 *
 * @module
 */
import { covers, FULL_ACCESS, namesPower } from '../../verdict/power.ts';

/** What is registered of a client, and whether the deployment gives old ones time. */
export type Ceiling = { scopes: readonly string[]; impliedAccess?: boolean | undefined };

/** Whether its scopes still mean what they did before they were asked for by name. */
export const isImplied = ({ scopes, impliedAccess = false }: Ceiling): boolean =>
  impliedAccess && !scopes.some(namesPower);

/** @param word - One that names power. */
export const mayAskPower = (ceiling: Ceiling, word: string): boolean =>
  isImplied(ceiling) ? word !== FULL_ACCESS : covers(ceiling.scopes, word);
