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
import { type Purpose, readLink, spendLink } from './links.ts';

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
  from: CalledFrom;
};

export async function choosePassword(
  { tables, trail, now }: LinkServices,
  { purpose, secret, password, field = 'newPassword', from }: Choice,
): Promise<Chosen> {
  let passwordHash: string | undefined;
  return untilUncontested<Chosen>(CHANGING, async () => {
    const at = now();
    const read = await readLink(tables, purpose, secret, at);
    if (read.status !== 'good' || !read.user) return { status: 'over' };
    const { user: before, link } = read;
    await requireGoodPassword(tables.directory, password, before, field);
    passwordHash ??= await hashPassword(password);
    const after = changed(before, { purpose, passwordHash, now: at });
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

function changed(
  before: User,
  { purpose, passwordHash, now }: { purpose: Choosing; passwordHash: string; now: Instant },
): User {
  const { mustChangePassword: _, ...kept } = before;
  const after = { ...kept, passwordHash, generation: before.generation + 1, updatedAt: now };
  if (purpose === 'must-change' || before.email === undefined) return after;
  const email = { at: now, means: purpose, address: before.email };
  const proven = { ...after, verified: { ...before.verified, email } };
  return purpose === 'invitation' ? { ...proven, activated: true } : proven;
}
