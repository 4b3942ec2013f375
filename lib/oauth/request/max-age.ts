/**
 * How long ago the user may have signed in; 0 asks for a new sign-in, as `prompt=login` does.
 *
 * Units:  seconds.
 * Errors: `invalid_request` for what is no whole number that JSON can hold.
 *
 * @module
 * @see OpenID Connect Core §3.1.2.1 (max_age)
 */
import { refuse } from '../../errors.ts';

/** @param fallback - The client's own, where the request says nothing. */
export function checkMaxAge(
  requested: string | undefined,
  fallback: number | undefined,
): number | undefined {
  if (requested === undefined) return fallback;
  const seconds = Number(requested);
  if (!/^\d{1,16}$/.test(requested) || seconds > Number.MAX_SAFE_INTEGER)
    throw refuse(
      'invalid_request',
      'max-age-malformed',
      'The max_age must be a whole number of seconds.',
    );
  return seconds;
}
