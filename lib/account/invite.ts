/**
 * Inviting: an administrator makes a user without a password, who gets a mail and chooses one. Until then
 * nobody signs in as that user. It is for domains whose setting takes invitations, and leaves an event each
 * time; the mail comes after that, so where it could not be ordered the invitation is sent again.
 *
 * Errors: those of makeUser; `invalid_request` for an address to which no mail can be sent; `conflict` where the domain takes no invitations, the deployment sends no mail, or the
 *         user has a password already or no address; `not_found`, `insufficient_scope`,
 *         `temporarily_unavailable`.
 *
 * @module
 */

import { requireHeld } from '../authority/grant.ts';
import type { Administrator } from '../authority/reach.ts';
import type { Tables } from '../aws/tables.ts';
import { transact } from '../aws/transaction.ts';
import { refuse, refuseField } from '../errors.ts';
import { userInvited } from '../events/kinds/user.ts';
import type { Trail } from '../events/trail.ts';
import { makeUser } from '../manage/users/by-administrator.ts';
import { findUser } from '../manage/users/lifecycle.ts';
import type { Registration } from '../manage/users/register.ts';
import { policyOf } from '../store/directory/domain-policy.ts';
import { readDomain } from '../store/directory/domains.ts';
import type { User } from '../store/directory/users.ts';
import type { EpochMilliseconds } from '../time.ts';
import { mailable } from './mail-address.ts';
import { type MailServices, noMailSent, orderMail } from './mail-order.ts';

export type InviteServices = MailServices & { tables: Tables };
export type Invited = Omit<Registration, 'password'>;

/** @param now - Epoch milliseconds. */
export async function inviteUser(
  services: InviteServices,
  administrator: Administrator,
  registration: Invited,
  { now, trail }: { now: EpochMilliseconds; trail: Trail },
): Promise<User> {
  requireAddress(registration);
  const { directory } = services.tables;
  await requireInviting(services, registration.domain);
  // Whichever link or code they come by, they come by their mail: nobody has to activate them once more.
  const activated = registration.activated ?? true;
  const wanted = { ...registration, activated, password: undefined };
  const user = await makeUser(directory, administrator, wanted, { now, trail });
  await send(services, user, trail);
  return user;
}

/** Again, to whoever has not answered. */
export async function inviteAgain(
  services: InviteServices,
  administrator: Administrator,
  id: string,
  trail: Trail,
): Promise<void> {
  const { directory } = services.tables;
  const user = await findUser(directory, administrator, id);
  await requireHeld(directory, administrator.caller, user);
  if (user.passwordHash !== undefined)
    throw refuse('conflict', 'invitation-accepted', 'The user has a password already.');
  if (user.disabled) throw refuse('conflict', 'user-disabled', 'The user is disabled.');
  requireAddress(user);
  await requireInviting(services, user.domain);
  await send(services, user, trail);
}

async function send(services: InviteServices, user: User, trail: Trail): Promise<void> {
  await transact(trail(userInvited(user)));
  const { id: subject, generation } = user;
  await orderMail(services, { kind: 'link', purpose: 'invitation', subject, generation });
}

async function requireInviting({ tables, queue }: InviteServices, name: string): Promise<void> {
  const domain = await readDomain(tables.directory, name);
  // One that is not there, or out of reach, is refused by whoever makes the user.
  if (domain && policyOf(domain).signUp === 'closed')
    throw refuse(
      'conflict',
      'invitations-closed',
      'The domain takes no invitations: its setting signUp must be invite or open.',
    );
  if (!queue) throw noMailSent();
}

/** What is good enough to be known by is not always one that a mail can be sent to. */
function requireAddress({ email }: Pick<User, 'email'>): void {
  if (email === undefined)
    throw refuseField('email', 'address-missing', 'is needed to invite somebody', 'conflict');
  if (!mailable(email))
    throw refuseField('email', 'address-malformed', 'must be an e-mail address');
}
