/**
 * A user's own new password, for the old one. It ends all other sessions of the user: the generation
 * rises in the same conditional write. The session it was done in is carried over by a second write,
 * without which it ends too; that of a user who was signed out meanwhile is not carried over.
 *
 * A wrong old one counts as an attempt to sign in, for the account and the address. The session spares its
 * holder no wait by itself: with a stolen one, many addresses could guess the password without it.
 *
 * Errors: `invalid_request` for a password that can be none, or is the wrong old one;
 *         `too_many_attempts` where it is too early for another old one, right or wrong;
 *         `invalid_token` where the caller's sessions were ended in the meantime; `insufficient_scope`
 *         for a caller that has no password.
 *
 * @module
 */

import type { Tables } from '../aws/tables.ts';
import { untilUncontested } from '../aws/until-uncontested.ts';
import { AuthError, refuse, refuseField } from '../errors.ts';
import type { Trail } from '../events/trail.ts';
import { CHANGING, traceOf } from '../manage/users/lifecycle.ts';
import { requireGoodPassword } from '../manage/users/password-rule.ts';
import { refuseUnsaved } from '../manage/users/refusals.ts';
import { countFailure, refuseTooEarly } from '../sign-in/count-failures.ts';
import { checkPassword, hashPassword } from '../sign-in/password.ts';
import { readUser, saveUser } from '../store/directory/users.ts';
import { carryOver, isStanding } from '../store/sessions/sessions.ts';
import type { Instant } from '../time.ts';
import type { Caller } from '../verdict/judge.ts';

type PasswordChange = {
  oldPassword: string;
  newPassword: string;
  ip: string;
  now: Instant;
  trail?: Trail | undefined;
};

/** @param now - Epoch seconds. */
export async function changePassword(
  tables: Tables,
  { subject, session, key }: Caller,
  { oldPassword, newPassword, ip, now, trail }: PasswordChange,
): Promise<void> {
  if (subject.kind !== 'user') throw notAUser();
  await requireGoodPassword(tables.directory, newPassword, subject, 'newPassword');
  const tried = { username: subject.username, ip };
  await refuseTooEarly(tables, { ...tried, userId: subject.id }, now);
  return untilUncontested(CHANGING, async () => {
    const before = await readUser(tables.directory, subject.id);
    if (!before) throw notAUser();
    if (before.generation !== subject.generation) throw signedOut();
    const { matches } = await checkPassword(oldPassword, before.passwordHash);
    if (!matches) {
      await countFailure(tables.sessions, tried, now);
      throw refuseField('oldPassword', 'old-password-wrong', 'is wrong');
    }

    const generation = before.generation + 1;
    const passwordHash = await hashPassword(newPassword);
    const after = { ...before, passwordHash, generation, updatedAt: now };
    const also = traceOf({ trail }, { before, after });
    const contested = refuseUnsaved(
      await saveUser(tables.directory, { before, after }, also),
      after,
    );
    if (contested) return contested;
    const name = { subject: subject.id, key };
    if (!isStanding(session))
      await carryOver(tables.sessions, name, { from: before.generation, to: generation });
    return undefined;
  });
}

const notAUser = () =>
  refuse('insufficient_scope', 'password-of-no-user', 'Only a user has a password.');
const signedOut = () =>
  new AuthError({
    code: 'invalid_token',
    rule: 'token-invalid',
    text: 'The token is not valid.',
    reason: 'the subject was signed out',
  });
