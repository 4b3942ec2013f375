/**
 * What a client asks the user for:
 *
 *   openid profile email address phone offline_access    as in ../scopes/of-user.ts
 *   `cdr/files:r`, `full_access`    what the user may do; where the client's list covers it
 *   any other word              if it is on the client's list; one that is not means nothing here and
 *                               is dropped, as a newer client may ask an older server for more
 *   none                        the client's own words, without `full_access`, which is asked for
 *
 * Offline access is left out unless the client can use it, and either registered it by name, so that no
 * code has it that its user, or who made the client one that asks nobody, has not allowed; or has the
 * user asked for it now.
 *
 * Errors: `invalid_scope` for what does not follow the grammar, is too long, or is one that we know and
 *         the client may not ask for.
 *
 * @module
 * @see RFC 6749 §3.3 (grammar, default), OpenID Connect Core §3.1.2.1 (unknown ones are ignored), §11
 *      (offline access by prompt=consent, or other conditions)
 */

import { refuse } from '../../errors.ts';
import type { Client } from '../../store/directory/clients.ts';
import { mayAsk } from '../../verdict/may-ask.ts';
import { FULL_ACCESS, namesPower } from '../../verdict/power.ts';
import { isScopeToken } from '../../verdict/scope-token.ts';
import { isUserScope } from '../scopes/of-user.ts';
import { mayAskPower } from '../scopes/power.ts';
import type { Prompt } from './prompt.ts';

/** In characters. It goes into the access token, which has to fit a header. */
const MAX_LENGTH = 1024;

/** @returns The words in the order asked for, each once. */
export function checkScope(
  { scopes, grants }: Pick<Client, 'scopes' | 'grants'>,
  requested: string | undefined,
  prompt: Prompt,
  impliedAccess = false,
): string[] {
  if (requested === undefined)
    return scopes.filter((word) => !isUserScope(word) && word !== FULL_ACCESS);
  if (requested.length > MAX_LENGTH)
    throw refuse('invalid_scope', 'scope-too-long', 'The scope is too long.');
  const words = [...new Set(requested.split(' '))];
  if (!words.every(isScopeToken))
    throw refuse('invalid_scope', 'scope-malformed', 'The scope is malformed.');
  const ceiling = { scopes, impliedAccess };
  const isRefused = (word: string) =>
    isUserScope(word) ? !mayAsk(scopes, word) : namesPower(word) && !mayAskPower(ceiling, word);
  if (words.some(isRefused))
    throw refuse('invalid_scope', 'scope-not-allowed', 'The client may not ask for this scope.');
  const offline =
    grants.includes('refresh_token') &&
    (prompt.has('consent') || scopes.includes('offline_access'));
  return words
    .filter((word) => isUserScope(word) || namesPower(word) || scopes.includes(word))
    .filter((word) => word !== 'offline_access' || offline);
}
