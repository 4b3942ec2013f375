/**
 * What is told of addresses to which no mail was sent any more: an address by its hash alone, and whose it is.
 *
 * @module
 */
import * as v from 'valibot';
import { InstantItem } from '../../aws/item.ts';
import type { User } from '../../store/directory/users.ts';
import { DEPLOYMENT } from '../../store/events/event.ts';
import { addressHash, type Undeliverable, WHY_UNDELIVERABLE } from '../../store/sessions/mail.ts';
import type { Happened } from './happened.ts';

/** Why nothing was sent, and since when. */
export const Resumed = v.strictObject({ why: v.picklist(WHY_UNDELIVERABLE), since: InstantItem });

type At = { address: string; user: Pick<User, 'id' | 'domain'> | undefined };

export const mailResumed = ({ address, user }: At, { why, at }: Undeliverable): Happened[] => [
  {
    type: 'mail.resumed',
    domain: user?.domain ?? DEPLOYMENT,
    subject: user ? `user/${user.id}` : 'deployment',
    target: addressHash(address),
    detail: { why, since: at },
  },
];
