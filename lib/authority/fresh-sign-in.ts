/**
 * What is grave is done by a person who has just signed in: with a session that somebody else came by,
 * a token, a laptop left open, it is not.
 *
 * Errors: `insufficient_user_authentication` (401) for a sign-in that is too long ago, with how long it may
 *         be; `insufficient_scope` (403) where no person signed in, whom no sign-in would help.
 *
 * @module
 * @see RFC 9470 §3; docs/adr/0032-grave.md says what is grave
 */
import { AuthError, refuse } from '../errors.ts';
import { seconds } from '../time.ts';
import type { Caller } from '../verdict/judge.ts';

const MAX_AGE = seconds(600);

/** Whether another sign-in would help. */
export const isTooOld = ({ sinceSignIn }: Pick<Caller, 'sinceSignIn'>): boolean =>
  sinceSignIn !== undefined && sinceSignIn > MAX_AGE;

export function requireFreshSignIn(caller: Pick<Caller, 'sinceSignIn'>): void {
  if (caller.sinceSignIn === undefined)
    throw refuse(
      'insufficient_scope',
      'person-only',
      'Only a person who has just signed in may do this.',
    );
  if (isTooOld(caller))
    throw new AuthError({
      code: 'insufficient_user_authentication',
      rule: 'sign-in-too-old',
      text: 'This needs a sign-in of the last ten minutes.',
      maxAge: MAX_AGE,
    });
}
