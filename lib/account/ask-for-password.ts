/**
 * A password for whoever is signed in and has none: they came by codes, or by an invitation that they have not
 * taken. A link goes to the address that was shown to be theirs, and the password is chosen there: who merely
 * holds a session comes by no password.
 *
 * Errors: those of authority/fresh-sign-in.ts; `conflict` where there is a password, or no such address;
 *         `temporarily_unavailable` where this service sends no mail.
 *
 * @module
 */
import { requireFreshSignIn } from '../authority/fresh-sign-in.ts';
import { refuse } from '../errors.ts';
import { verifiedNow } from '../manage/users/lifecycle.ts';
import type { User } from '../store/directory/users.ts';
import type { Caller } from '../verdict/judge.ts';
import { type MailServices, mailNotSent, orderMail } from './mail-order.ts';

/** @param user - The caller. */
export async function askForPassword(
  mail: MailServices,
  caller: Caller,
  { user, locale }: { user: User; locale: 'en' | 'cs' },
): Promise<void> {
  requireFreshSignIn(caller);
  if (user.passwordHash !== undefined)
    throw refuse('conflict', 'password-present', 'The account has a password already.');
  if (!verifiedNow(user)?.email)
    throw refuse('conflict', 'address-unconfirmed', 'The address has to be confirmed first.');
  const { id: subject, generation } = caller.subject;
  const order = { kind: 'link', purpose: 'reset-password', subject, generation, locale } as const;
  if (!(await orderMail(mail, order))) throw mailNotSent();
}
