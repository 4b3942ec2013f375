/**
 * That an address is its account's, shown by the link that was sent to it.
 *
 * Errors: the store's; a link that is not good is an answer.
 *
 * @module
 */

import { untilUncontested } from '../aws/until-uncontested.ts';
import { type CalledFrom, trailOf } from '../events/trail.ts';
import { CHANGING, traceOf } from '../manage/users/lifecycle.ts';
import { refuseUnsaved } from '../manage/users/refusals.ts';
import { saveUser, type User } from '../store/directory/users.ts';
import { holderOf, type LinkServices } from './choose-password.ts';
import { readLink, spendLink } from './links.ts';

export type Verified = { status: 'done'; user: User } | { status: 'over' };

export const verifyEmail = (
  { tables, trail, now }: LinkServices,
  { secret, from }: { secret: string; from: CalledFrom },
): Promise<Verified> =>
  untilUncontested<Verified>(CHANGING, async () => {
    const at = now();
    const read = await readLink(tables, 'verify-email', secret, at);
    if (read.status !== 'good' || !read.user?.email) return { status: 'over' };
    const { user: before } = read;
    const email = { at, means: 'link', address: read.user.email };
    const after = { ...before, updatedAt: at, verified: { ...before.verified, email } };
    const traced = traceOf({ trail: trailOf(trail, holderOf(before), from) }, { before, after });
    const also = [...spendLink(tables, read, at), ...traced];
    const saved = await saveUser(tables.directory, { before, after }, also);
    return refuseUnsaved(saved, after) ?? { status: 'done', user: after };
  });
