/**
 * Which scope a client is granted that acts for itself. Its role says what it may do; a scope, and the
 * list that it is registered with, only ever take away:
 *
 *   a resource and letters, or `full_access`   where the list covers it
 *   any other word                             only if it is on the list
 *   none                                       the whole list
 *
 * A word that says nothing to us does not say that the client wants less of us. So whoever names such
 * words alone gets the power on the list besides, and is told so; whoever wants less names it.
 *
 * Errors: `invalid_scope` for what does not follow the grammar, is too long or is not on the list.
 *
 * @module
 * @see RFC 6749 §3.3 (grammar; a server may grant another scope than was asked for, and says so), §5.2
 */

import { refuse } from '../../errors.ts';
import { namesPower } from '../../verdict/power.ts';
import { isScopeToken } from '../../verdict/scope-token.ts';
import type { Ceiling } from '../../verdict/still-registered.ts';
import { isUserScope } from './of-user.ts';
import { mayAskPower } from './power.ts';

/** In characters. It goes into the token, which has to fit a header with all the rest. */
const MAX_LENGTH = 1024;

/** @returns The words in the order asked for, each once; `undefined` for no scope at all. */
export function grantedScope(ceiling: Ceiling, requested: string | undefined): string | undefined {
  const { scopes: listed } = ceiling;
  if (requested === undefined) return listed.join(' ') || undefined;
  if (requested.length > MAX_LENGTH)
    throw refuse('invalid_scope', 'scope-too-long', 'The scope is too long.');
  const words = [...new Set(requested.split(' '))];
  if (!words.every(isScopeToken))
    throw refuse('invalid_scope', 'scope-malformed', 'The scope is malformed.');
  if (
    !words.every((word) => (namesPower(word) ? mayAskPower(ceiling, word) : listed.includes(word)))
  )
    throw refuse('invalid_scope', 'scope-not-allowed', 'The client may not ask for this scope.');
  const saysNothing = !words.some(namesPower) && !words.every(isUserScope);
  return [...words, ...(saysNothing ? listed.filter(namesPower) : [])].join(' ');
}
