/**
 * A user's own new password, for the old one. It ends all other sessions of the user: the generation
 * rises in the same conditional write. The session it was done in is carried over by a second write,
 * without which it ends too; that of a user who was signed out meanwhile is not carried over.
 *
 * A wrong old one counts as an attempt to sign in, for the account and the address. The session spares its
 * holder no wait by itself: with a stolen one, many addresses could guess the password without it.
 *
 * Errors: `invalid_request` for a password that can be none, `too_many_attempts` where it is too early
 *         for another old one, right or wrong.
 *
 * @module
 */

import type { Tables } from '../aws/tables.ts';
import { CONTESTED, untilUncontested } from '../aws/until-uncontested.ts';
import { refuseField } from '../errors.ts';
import type { Trail } from '../events/trail.ts';
import { traceOf } from '../manage/users/lifecycle.ts';
import { countFailure, refuseTooEarly } from '../sign-in/count-failures.ts';
import { checkPassword, hashPassword, isUsablePassword } from '../sign-in/password.ts';
import { readUser, saveUser } from '../store/directory/users.ts';
import { carryOver, isStanding } from '../store/sessions/sessions.ts';
import type { Caller } from '../verdict/judge.ts';

export type ChangedPassword = {
  /** `signed_out`: the caller's sessions were ended in the meantime. */
  status: 'ok' | 'wrong_password' | 'signed_out' | 'not_a_user';
};

type PasswordChange = {
  oldPassword: string;
  newPassword: string;
  ip: string;
  now: number;
  trail?: Trail | undefined;
};

/** @param now - Epoch seconds. */
export async function changePassword(
  tables: Tables,
  { subject, session, key }: Caller,
  { oldPassword, newPassword, ip, now, trail }: PasswordChange,
): Promise<ChangedPassword> {
  if (!isUsablePassword(newPassword))
    throw refuseField('newPassword', 'password-length', 'must have 1 to 1024 characters');
  if (subject.kind !== 'user') return { status: 'not_a_user' };
  const tried = { username: subject.username, ip };
  await refuseTooEarly(tables, { ...tried, userId: subject.id }, now);
  return untilUncontested('a user is being changed', async () => {
    const before = await readUser(tables.directory, subject.id);
    if (!before) return { status: 'not_a_user' };
    if (before.generation !== subject.generation) return { status: 'signed_out' };
    const { matches } = await checkPassword(oldPassword, before.passwordHash);
    if (!matches) {
      await countFailure(tables.sessions, tried, now);
      return { status: 'wrong_password' };
    }

    const generation = before.generation + 1;
    const passwordHash = await hashPassword(newPassword);
    const after = { ...before, passwordHash, generation, updatedAt: now };
    const also = traceOf({ trail }, 'change', { before, after });
    const { status } = await saveUser(tables.directory, { before, after }, also);
    if (status !== 'ok') return CONTESTED;
    const name = { subject: subject.id, key };
    if (!isStanding(session))
      await carryOver(tables.sessions, name, { from: before.generation, to: generation });
    return { status: 'ok' };
  });
}
