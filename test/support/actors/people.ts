/** Users of a test's own, so that what is done to them disturbs no other test. */

import { inject } from 'vitest';
import type { Table } from '../../../lib/aws/table.ts';
import { newUser, type Registration } from '../../../lib/manage/users/register.ts';
import { hashPassword } from '../../../lib/sign-in/password.ts';
import { readUser, saveUser, type User } from '../../../lib/store/directory/users.ts';
import { epochMilliseconds, instant } from '../../../lib/time.ts';
import type { Service } from '../running/service.ts';

let count = 0;

/** @returns Its id and name; the password is `secret` unless told otherwise. */
export async function addUser(
  { tables }: Pick<Service, 'tables'>,
  given: Partial<Registration> = {},
): Promise<{ id: string; username: string }> {
  count += 1;
  const username = given.username ?? `${1000 + count}@mydomain.com`;
  const { id } = await saveNew(tables.directory, { ...given, username });
  return { id, username };
}

/** As registerUser does it, but the password `secret` was hashed at the run's beginning. */
export async function saveNew(
  directory: Table,
  { password = 'secret', ...given }: Partial<Registration> & { username: string },
): Promise<User> {
  const defaults = { roles: ['user'], domain: 'mydomain.com' };
  const passwordHash =
    password === 'secret' ? inject('beginning').hash : await hashPassword(password);
  const user = {
    ...newUser({ ...defaults, ...given }, epochMilliseconds(Date.now())),
    passwordHash,
  };
  const { status } = await saveUser(directory, { after: user });
  if (status === 'conflict') return saveNew(directory, { password, ...given });
  if (status !== 'ok') throw new Error(`${given.username}: ${status}`);
  return user;
}

/** A user as stored, for tests of the store that care for little of it. */
export const userItem = (user: Pick<User, 'id' | 'names'> & Partial<User>): User => ({
  kind: 'user',
  username: user.names[0] ?? '',
  roles: ['user'],
  domain: 'mydomain.com',
  disabled: false,
  generation: 1,
  activated: false,
  profile: {},
  createdAt: instant(0),
  updatedAt: instant(0),
  version: 1,
  ...user,
});

/** As an operator would, past all rules. @returns Whether there is such a user. */
export async function assignRoles(directory: Table, id: string, roles: string[]): Promise<boolean> {
  const before = await readUser(directory, id);
  if (!before) return false;
  const { status } = await saveUser(directory, { before, after: { ...before, roles } });
  if (status === 'conflict') return assignRoles(directory, id, roles);
  if (status !== 'ok') throw new Error(status);
  return true;
}

/** As storage alone could: no rule is asked, no session ends. @param passwordHash - None for no password. */
export async function storePassword(
  directory: Table,
  id: string,
  passwordHash: string | undefined,
): Promise<void> {
  const before = await readUser(directory, id);
  if (!before) throw new Error(`there is no ${id}`);
  const { status } = await saveUser(directory, { before, after: { ...before, passwordHash } });
  if (status !== 'ok') throw new Error(status);
}
