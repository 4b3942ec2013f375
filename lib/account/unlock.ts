/**
 * Past a flood of guesses: whoever has the link that was sent to the account's address makes this browser one
 * that is known to be theirs (sign-in/known-device.ts). It signs nobody in, and takes nothing back of what has
 * been counted elsewhere.
 *
 * Errors: the store's; a link that is not good is an answer.
 *
 * @module
 */
import type { Tables } from '../aws/tables.ts';
import { transact } from '../aws/transaction.ts';
import { CONTESTED, untilUncontested } from '../aws/until-uncontested.ts';
import { deviceHash } from '../sign-in/known-device.ts';
import type { User } from '../store/directory/users.ts';
import { deviceWrite, readDevices } from '../store/sessions/devices.ts';
import type { Instant } from '../time.ts';
import { readLink, spendLink, userStands } from './links.ts';

type Services = { tables: Tables; now: () => Instant };
export type Unlocked = { status: 'done'; user: User } | { status: 'over' };

/** @param wanted.device - The secret that the browser is to keep. */
export const unlock = (
  { tables, now }: Services,
  { secret, device }: { secret: string; device: string },
): Promise<Unlocked> =>
  untilUncontested<Unlocked>('a device is being noted', async () => {
    const at = now();
    const read = await readLink(tables, 'unlock', secret, at);
    if (read.status !== 'good' || !read.user) return { status: 'over' };
    const { user } = read;
    const known = await readDevices(tables.sessions, user.id, at);
    const noted = { hash: deviceHash(device), generation: user.generation, at };
    const failed = await transact([
      ...spendLink(tables, read, at),
      userStands(tables, user),
      deviceWrite(tables.sessions, user.id, known, noted),
    ]);
    return failed.includes(true) ? CONTESTED : { status: 'done', user };
  });
