/**
 * What is told of users. Never their login names in normal form, their password or its hash.
 *
 * @module
 */
import * as v from 'valibot';
import { type User, UserItem } from '../../store/directory/users.ts';
import { type Change, changesOf, type Kind } from './change.ts';
import type { Happened } from './happened.ts';

export const ShownUser = v.strictObject(
  v.partial(
    v.pick(UserItem, [
      'id',
      'username',
      'email',
      'roles',
      'domain',
      'disabled',
      'activated',
      'mustChangePassword',
      'verified',
      'profile',
      'plan',
      'vendor',
    ]),
  ).entries,
);

const USER: Kind<User> = {
  noun: 'user',
  shown: ShownUser,
  place: ({ id, domain }) => ({ domain, subject: `user/${id}`, target: id }),
  switched: { off: 'user.disabled', on: 'user.enabled' },
  secrets: { type: 'user.password-changed', members: { passwordHash: 'password' } },
};

/** Whoever holds `root` from now on is told of by an event of its own. */
export function changesOfUser(change: Change<User>): Happened[] {
  const events = changesOf(USER, change);
  const [told] = events;
  const isMade = told && isAdministrator(change.after) && !isAdministrator(change.before);
  return isMade
    ? [...events, { ...told, type: 'user.made-administrator', renewed: undefined }]
    : events;
}

const isAdministrator = (user: User | undefined): boolean =>
  user?.roles.includes('root') === true && !user.disabled;

/** Asked by mail to choose a password, for the first time or again. */
export const userInvited = ({ id, domain }: Pick<User, 'id' | 'domain'>): Happened[] => [
  { type: 'user.invited', domain, subject: `user/${id}`, target: id },
];

/** All sessions of a user have ended. */
export const userSignedOut = ({ id, domain }: Pick<User, 'id' | 'domain'>): Happened[] => [
  { type: 'user.signed-out', domain, subject: `user/${id}`, target: id },
];
