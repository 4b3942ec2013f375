/** Users of a test's own, so that what is done to them disturbs no other test. */
import { type Registration, registerUser } from '../../lib/access/register-user.ts';
import type { Service } from './service.ts';

let count = 0;

/** @returns Its id and name; the password is `secret` unless told otherwise. */
export async function addUser(
  { tables }: Pick<Service, 'tables'>,
  given: Partial<Registration> = {},
): Promise<{ id: string; username: string }> {
  count += 1;
  const username = given.username ?? `${1000 + count}@mydomain.com`;
  const registered = await registerUser(
    tables.directory,
    { password: 'secret', roles: ['user'], domain: 'mydomain.com', ...given, username },
    Date.now(),
  );
  if (registered.status !== 'ok') throw new Error(`taken: ${registered.names.join(' ')}`);
  return { id: registered.id, username };
}
