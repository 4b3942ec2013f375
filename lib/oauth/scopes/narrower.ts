/**
 * Less scope than was granted, for one access token: words of it, or power that it covers.
 *
 * A grant never comes to more than its client is registered for now, whatever it was when the user
 * agreed.
 *
 * Errors: `invalid_scope` for more than was granted.
 *
 * @module
 * @see RFC 6749 §6 (scope of a refresh), §3.3
 */

import { refuse } from '../../errors.ts';
import { covers, namesPower } from '../../verdict/power.ts';
import { type Ceiling, stillRegistered } from '../../verdict/still-registered.ts';

/** @param granted - Words separated by a space; none of them is an empty text. */
export function narrowerScope(
  ceiling: Ceiling,
  granted: string,
  requested: string | undefined,
): string {
  const all = granted.split(' ');
  const words = [...new Set(requested?.split(' ') ?? all)];
  const isGranted = (word: string) => all.includes(word) || (namesPower(word) && covers(all, word));
  if (requested !== undefined && !words.every((word) => word !== '' && isGranted(word)))
    throw refuse(
      'invalid_scope',
      'scope-wider-than-granted',
      'The scope is wider than the one granted.',
    );
  const left = stillRegistered(ceiling, words);
  // A token that says nothing of its scope has that of its grant.
  if (requested !== undefined && left === '')
    throw refuse('invalid_scope', 'scope-not-allowed', 'The client may not ask for this scope.');
  return left;
}
