/**
 * Another password by a link: of somebody who has forgotten theirs, was invited, or has to change it. The
 * link is spent in the transaction that sets the password and ends every session, so of two at once one
 * passes, and a password that is refused spends nothing. Whoever had the link from a mail has shown that
 * the address is theirs.
 *
 * Errors: `invalid_request` for a password that can be none; a link that is not good is an answer.
 *
 * @module
 */

import type { Tables } from '../aws/tables.ts';
import { untilUncontested } from '../aws/until-uncontested.ts';
import { type CalledFrom, type TrailServices, trailOf, type Who } from '../events/trail.ts';
import { CHANGING, traceOf } from '../manage/users/lifecycle.ts';
import { requireGoodPassword } from '../manage/users/password-rule.ts';
import { refuseUnsaved } from '../manage/users/refusals.ts';
import { hashPassword } from '../sign-in/password.ts';
import { saveUser, type User } from '../store/directory/users.ts';
import type { Instant } from '../time.ts';
import { requireAnother } from './another-password.ts';
import { type Link, type Purpose, readLink, spendLink } from './links.ts';
import { keepLanguage } from './own-language.ts';

export type LinkServices = {
  tables: Tables;
  trail: TrailServices;
  /** Epoch seconds. */
  now: () => Instant;
};
const CHOOSING = ['reset-password', 'invitation', 'must-change'] as const satisfies Purpose[];
export type Choosing = (typeof CHOOSING)[number];
export type Chosen = { status: 'done'; user: User; returnTo: string | undefined } | Over;
type Over = { status: 'over' };

type Choice = {
  purpose: Choosing;
  secret: string;
  password: string;
  /** As whoever sent it calls it. */
  field?: 'password' | 'newPassword';
  /** In which the page is. */
  locale?: string | undefined;
  from: CalledFrom;
};

export async function choosePassword(
  { tables, trail, now }: LinkServices,
  { purpose, secret, password, field = 'newPassword', locale, from }: Choice,
): Promise<Chosen> {
  let passwordHash: string | undefined;
  return untilUncontested<Chosen>(CHANGING, async () => {
    const at = now();
    const read = await readLink(tables, purpose, secret, at);
    if (read.status !== 'good' || !read.user) return { status: 'over' };
    const { user: before, link } = read;
    const owner = { ...before, client: link.client };
    await requireGoodPassword(tables.directory, password, owner, field);
    await requireAnother(before, password, field);
    passwordHash ??= await hashPassword(password);
    const after = changed(before, { purpose, means: meansOf(link), passwordHash, locale, now: at });
    const traced = traceOf({ trail: trailOf(trail, holderOf(before), from) }, { before, after });
    const also = [...spendLink(tables, read, at), ...traced];
    const contested = refuseUnsaved(
      await saveUser(tables.directory, { before, after }, also),
      after,
    );
    return contested ?? { status: 'done', user: after, returnTo: link.returnTo };
  });
}

/** Whoever has the link stands for the user. */
export const holderOf = ({ id, username }: Pick<User, 'id' | 'username'>): Who => ({
  kind: 'user',
  subject: id,
  username,
});

/** A mail led there, or whoever was led there by a page had a code from one. */
const meansOf = ({ purpose, means }: Link): string | undefined =>
  purpose === 'must-change' ? means : purpose;

type Chose = Pick<Choice, 'purpose' | 'locale'> & {
  means: string | undefined;
  passwordHash: string;
  now: Instant;
};

function changed(before: User, { purpose, means, passwordHash, locale, now }: Chose): User {
  const { mustChangePassword: _, ...kept } = before;
  const profile = keepLanguage(before.profile, locale);
  const generation = before.generation + 1;
  const after = { ...kept, passwordHash, generation, profile, updatedAt: now };
  if (means === undefined || before.email === undefined) return after;
  const email = { at: now, means, address: before.email };
  const proven = { ...after, verified: { ...before.verified, email } };
  return purpose === 'invitation' ? { ...proven, activated: true } : proven;
}
