/**
 * Which scope a client is granted. The role says what a client may do; a scope only ever takes away:
 *
 *   of the form `cdr/files:r`   narrows the ACL, so every client may ask for it
 *   any other word              only if it is on the client's list; to us it means nothing, to an API
 *                               behind the authorizer perhaps something
 *   none                        the client's whole list, which narrows nothing
 *
 * Errors: `invalid_scope` for what does not follow the grammar, is too long or is not on the list.
 *
 * @module
 * @see RFC 6749 §3.3 (grammar, and the default that a server must have), §5.2
 */

import { refuse } from '../../errors.ts';
import { narrowsAcl } from '../../verdict/acl.ts';
import { isScopeToken } from '../../verdict/scope-token.ts';

/** In characters. It goes into the token, which has to fit a header with all the rest. */
const MAX_LENGTH = 1024;

/** @returns The words in the order asked for, each once; `undefined` for no scope at all. */
export function grantedScope(
  allowed: readonly string[],
  requested: string | undefined,
): string | undefined {
  if (requested === undefined) return allowed.join(' ') || undefined;
  if (requested.length > MAX_LENGTH)
    throw refuse('invalid_scope', 'scope-too-long', 'The scope is too long.');
  const tokens = requested.split(' ');
  if (!tokens.every(isScopeToken))
    throw refuse('invalid_scope', 'scope-malformed', 'The scope is malformed.');
  if (!tokens.every((token) => narrowsAcl(token) || allowed.includes(token)))
    throw refuse('invalid_scope', 'scope-not-allowed', 'The client may not ask for this scope.');
  return [...new Set(tokens)].join(' ');
}
