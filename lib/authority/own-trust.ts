/**
 * What nobody changes by letters for own objects (`uo`): what others trust them for. With a stolen session
 * one would else become the account, or undo what somebody has just taken away.
 *
 * Errors: `insufficient_scope`, naming the field.
 *
 * @module
 */
import { AuthError } from '../errors.ts';
import type { Administrator } from './reach.ts';

/** @param field - That the change is about. */
export function requireOthersTrust(
  { permission }: Pick<Administrator, 'permission'>,
  field: string,
) {
  if (permission.own)
    throw new AuthError({
      code: 'insufficient_scope',
      rule: 'own-trust',
      text: 'is not for its owner to change',
      field,
      reason: 'trust in oneself, by letters for own objects',
    });
}
