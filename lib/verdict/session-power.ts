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
import { common, EVERYTHING, namesPower, type Power, powerOf } from './power.ts';

/** @param token - The scope of the token, where it says one. */
export function powerIn(
  { impliedAccess = false }: Pick<Tables, 'impliedAccess'>,
  session: Session,
  { token, client }: { token: string | undefined; client: Subject },
): Power {
  if (!isScoped(session)) return EVERYTHING;
  const { scopes: registered = [] } = client;
  const isImplied = impliedAccess && !registered.some(namesPower);
  const bounds = [session.scope ?? '', token ?? session.scope ?? ''].map((scope) => {
    const words = scope.split(' ');
    return isImplied && !words.some(namesPower) ? EVERYTHING : powerOf(words, NO_SCOPE);
  });
  return common(isImplied ? bounds : [...bounds, powerOf(registered, NOT_REGISTERED)]);
}

const NO_SCOPE = 'the token has no scope of an API';
const NOT_REGISTERED = 'the client is registered for no scope of an API';
