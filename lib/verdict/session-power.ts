/**
 * What a session's scope lets be done: what its grant, its token and its client's registration name,
 * all three, as they are now. So what is taken from a registration is taken from its grants at once.
 *
 * A session that no OAuth grant opened has no such bound.
 *
 * @module
 */
import type { Tables } from '../aws/tables.ts';
import type { Subject } from '../store/directory/subjects.ts';
import { isScoped, type Session } from '../store/sessions/sessions.ts';
import { mayAsk } from './may-ask.ts';
import { common, EVERYTHING, namesPower, type Power, powerOf } from './power.ts';

type Implies = Pick<Tables, 'impliedAccess'>;

/** @param token - The scope of the token, where it says one. */
export function powerIn(
  tables: Implies,
  session: Session,
  { token, client }: { token: string | undefined; client: Subject },
): Power {
  if (!isScoped(session)) return EVERYTHING;
  const ceiling = ceilingOf(tables, client);
  const bounds = [session.scope ?? '', token ?? session.scope ?? ''].map((scope) => {
    const words = scope.split(' ');
    const isImplied = ceiling === EVERYTHING && !words.some(namesPower);
    return isImplied ? EVERYTHING : powerOf(words, NO_SCOPE);
  });
  return common([...bounds, ceiling]);
}

/**
 * That scope without the words that are on the client's list no more, for whoever is told of it and may go by
 * them. Words of power stay: what is left of these the verdict says.
 */
export function scopeIn(
  session: Session,
  { token, client: { scopes: listed = [] } }: { token: string | undefined; client: Subject },
): string | undefined {
  const said = token ?? session.scope;
  if (said === undefined || !isScoped(session)) return said;
  return said
    .split(' ')
    .filter((word) => namesPower(word) || mayAsk(listed, word))
    .join(' ');
}

/** What a client's registration lets be done through it, also by itself and without a token. */
export const ceilingOf = (
  { impliedAccess = false }: Implies,
  { scopes = [] }: Pick<Subject, 'scopes'>,
): Power =>
  impliedAccess && !scopes.some(namesPower) ? EVERYTHING : powerOf(scopes, NOT_REGISTERED);

const NO_SCOPE = 'the token has no scope of an API';
const NOT_REGISTERED = 'the client is registered for no scope of an API';
