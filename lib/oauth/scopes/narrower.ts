/**
 * Less scope than was granted, for one access token.
 *
 * Words that narrow the ACL stay in force when none of them is named: without any, the token would
 * permit more than the grant.
 *
 * Errors: `invalid_scope` for more than was granted.
 *
 * @module
 * @see RFC 6749 §6 (scope of a refresh), §3.3
 */

import { refuse } from '../../errors.ts';
import { narrowsAcl } from '../../verdict/acl.ts';

/** @param granted - Words separated by a space; none of them is an empty text. */
export function narrowerScope(granted: string, requested: string | undefined): string {
  if (requested === undefined) return granted;
  const all = granted.split(' ');
  const words = [...new Set(requested.split(' '))];
  if (!words.every((word) => word !== '' && all.includes(word)))
    throw refuse(
      'invalid_scope',
      'scope-wider-than-granted',
      'The scope is wider than the one granted.',
    );
  const kept = words.some(narrowsAcl) ? [] : all.filter(narrowsAcl);
  return [...words, ...kept].join(' ');
}
