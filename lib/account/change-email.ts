/**
 * Another e-mail address of one's own. It counts once whoever reads its mail has said so: a link is sent
 * there, and spent in the transaction that puts the address in the old one's place. The old one is told by
 * the event (lib/events).
 *
 * Whether somebody has that address already is told to nobody but who reads its mail.
 *
 * Units:  now is epoch seconds.
 * Errors: `invalid_request` naming the field for what is no address, or is the one that is there;
 *         `conflict` where somebody else has it by then; those of authority/fresh-sign-in.ts to ask.
 *
 * @module
 */
import { requireFreshSignIn } from '../authority/fresh-sign-in.ts';
import type { Tables } from '../aws/tables.ts';
import { untilUncontested } from '../aws/until-uncontested.ts';
import { refuseField } from '../errors.ts';
import { type CalledFrom, type TrailServices, trailOf } from '../events/trail.ts';
import { CHANGING, traceOf } from '../manage/users/lifecycle.ts';
import { refuseUnsaved } from '../manage/users/refusals.ts';
import { loginNamesOf } from '../manage/users/register.ts';
import { readUser, saveUser, type User } from '../store/directory/users.ts';
import type { Instant } from '../time.ts';
import type { Caller } from '../verdict/judge.ts';
import { readLink, spendLink } from './links.ts';
import { mailable } from './mail-address.ts';
import { type LinkOrder, type MailServices, mailNotSent, orderMail } from './mail-order.ts';

export type EmailServices = { tables: Tables; mail: MailServices };
type Asked = { address: string; locale: 'en' | 'cs' };

const PURPOSE = 'change-email';

export async function askForEmail(
  { tables, mail }: EmailServices,
  caller: Caller,
  { address: typed, locale }: Asked,
): Promise<void> {
  requireFreshSignIn(caller);
  const user = await readUser(tables.directory, caller.subject.id);
  const address = mailable(typed.trim());
  if (address === undefined)
    throw refuseField('email', 'address-malformed', 'must be an e-mail address');
  // As it would be signed in with.
  loginNamesOf({ username: caller.subject.username, email: address });
  if (address === user?.email)
    throw refuseField('email', 'address-unchanged', 'is the address that is there already');
  await order(mail, caller, { purpose: PURPOSE, address, locale });
}

/** To the address that is there already. */
export const askToVerify = (
  { mail }: Pick<EmailServices, 'mail'>,
  caller: Caller,
  { locale }: Pick<Asked, 'locale'>,
): Promise<void> => order(mail, caller, { purpose: 'verify-email', locale });

async function order(
  mail: MailServices,
  { subject }: Caller,
  link: Pick<LinkOrder, 'purpose' | 'address' | 'locale'>,
): Promise<void> {
  const { id, generation } = subject;
  const about = { kind: 'link', subject: id, generation, ...link } as const;
  if (!(await orderMail(mail, about))) throw mailNotSent();
}

/** What a link that is good right now would do. Spends nothing. */
export async function pendingEmail(
  tables: Tables,
  secret: string,
  now: Instant,
): Promise<{ user: User; address: string } | undefined> {
  const read = await readLink(tables, PURPOSE, secret, now);
  const { user, address } = read.status === 'good' ? { ...read, ...read.link } : {};
  return user && address !== undefined ? { user, address } : undefined;
}

/** @returns `false` for a link that is not good, whatever the reason. */
export async function confirmEmail(
  { tables, trail }: { tables: Tables; trail: TrailServices },
  secret: string,
  { now, from }: { now: Instant; from: CalledFrom },
): Promise<boolean> {
  return untilUncontested(CHANGING, async () => {
    const read = await readLink(tables, PURPOSE, secret, now);
    if (read.status !== 'good' || !read.user || read.link.address === undefined) return false;
    const { user: before } = read;
    const { address } = read.link;
    const proof = { at: now, means: 'link', address };
    const verified = { ...before.verified, email: proof };
    const moved = { ...before, email: address, verified, updatedAt: now };
    const after = { ...moved, names: loginNamesOf(moved) };
    const who = { kind: 'user', subject: before.id, username: before.username } as const;
    const told = traceOf({ trail: trailOf(trail, who, from) }, { before, after });
    const spent = spendLink(tables, read, now);
    const saved = await saveUser(tables.directory, { before, after }, [...spent, ...told]);
    return refuseUnsaved(saved, after) ?? true;
  });
}
