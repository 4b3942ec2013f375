/**
 * A user's own new password, for the old one. It ends all other sessions of the user: the generation
 * rises in the same conditional write. The session it was done in is carried over by a second write,
 * without which it ends too; that of a user who was signed out meanwhile is not carried over.
 *
 * A wrong old one counts as an attempt to sign in, for the account and the address, and is told of as one. The session spares its
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
import { type CalledFrom, type TrailServices, trailOf, whoIs } from '../events/trail.ts';
import { CHANGING, traceOf } from '../manage/users/lifecycle.ts';
import { requireGoodPassword } from '../manage/users/password-rule.ts';
import { refuseUnsaved } from '../manage/users/refusals.ts';
import { countFailure, refuseTooEarly } from '../sign-in/count-failures.ts';
import { checkPassword, hashPassword } from '../sign-in/password.ts';
import { tellRefusal } from '../sign-in/tell-refusal.ts';
import { readUser, saveUser } from '../store/directory/users.ts';
import type { Attempts } from '../store/sessions/attempts.ts';
import { carryOver, isStanding } from '../store/sessions/sessions.ts';
import type { Instant } from '../time.ts';
import type { Caller } from '../verdict/judge.ts';
import { requireAnother } from './another-password.ts';
import { keepLanguage } from './own-language.ts';

type PasswordChange = {
  oldPassword: string;
  newPassword: string;
  /** In which the page is. */
  locale?: string | undefined;
  from: CalledFrom;
  now: Instant;
  trail: TrailServices;
};

/** @param now - Epoch seconds. */
export async function changePassword(
  tables: Tables,
  caller: Caller,
  { oldPassword, newPassword, locale, from, now, trail }: PasswordChange,
): Promise<void> {
  const { subject, session, key } = caller;
  if (subject.kind !== 'user') throw notAUser();
  await requireGoodPassword(tables.directory, newPassword, subject, 'newPassword');
  const tried = { username: subject.username, ip: from.ip };
  const seen = await refuseTooEarly(tables, { ...tried, userId: subject.id }, now);
  return untilUncontested(CHANGING, async () => {
    const before = await readUser(tables.directory, subject.id);
    if (!before) throw notAUser();
    if (before.generation !== subject.generation) throw signedOut();
    const { matches } = await checkPassword(oldPassword, before.passwordHash);
    if (!matches) {
      await countFailure(tables.sessions, tried, now);
      await tellWrongOld(trail, caller, { from, seen });
      throw refuseField('oldPassword', 'old-password-wrong', 'is wrong');
    }

    await requireAnother(before, newPassword, 'newPassword');
    const generation = before.generation + 1;
    const passwordHash = await hashPassword(newPassword);
    const { mustChangePassword: _, ...kept } = before;
    const profile = keepLanguage(before.profile, locale);
    const after = { ...kept, passwordHash, generation, profile, updatedAt: now };
    const also = traceOf({ trail: trailOf(trail, whoIs(caller), from) }, { before, after });
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

async function tellWrongOld(
  trail: TrailServices,
  caller: Caller,
  { from, seen }: { from: CalledFrom; seen: readonly Attempts[] },
): Promise<void> {
  const { subject, session } = caller;
  const count = (seen[0]?.count ?? 0) + 1;
  const why = 'wrong_old_password';
  const detail = { why, how: 'dialect', client: session.client, count } as const;
  await tellRefusal(trail, { subject, detail, seen }, from, whoIs(caller));
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
