/**
 * The one refusal of a code or a refresh token: the same words whatever is wrong with it, so that
 * nobody learns from them which codes and tokens there are.
 *
 * @module
 * @see RFC 6749 §5.2
 */
import { AuthError } from '../../errors.ts';

/** @param reason - For our log only. */
export const invalidGrant = (reason: string): AuthError =>
  new AuthError({
    code: 'invalid_grant',
    rule: 'grant-invalid',
    text: 'The code or token is not valid.',
    reason,
  });
