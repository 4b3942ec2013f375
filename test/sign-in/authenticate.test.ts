/** Who signs in: every way of not being let in, and the hash that is made anew. */

import { beforeAll, describe, expect, test } from 'vitest';
import type { Table } from '../../lib/aws/table.ts';
import { registerUser } from '../../lib/manage/users/register.ts';
import { COST, hashPassword } from '../../lib/sign-in/password.ts';
import { createDomain, domainKey } from '../../lib/store/directory/domains.ts';
import { replacePasswordHash } from '../../lib/store/directory/password-hash.ts';
import { subjectKey } from '../../lib/store/directory/subjects.ts';
import { readUser } from '../../lib/store/directory/users.ts';
import { epochMilliseconds } from '../../lib/time.ts';
import { authenticate } from '../support/actors/authenticate.ts';
import { setDisabled } from '../support/actors/switch.ts';
import { freshTables } from '../support/running/tables.ts';

let directory: Table;
beforeAll(async () => {
  ({ directory } = await freshTables());
  for (const name of ['mydomain.com', 'closed.com'])
    await createDomain(directory, { name, disabled: false, passwords: 'seed', generation: 1 });
});
let count = 0;
const register = async (
  given: { username?: string; domain?: string; email?: string; password?: string } = {},
) => {
  count += 1;
  const username = given.username ?? `user-${count}`;
  const user = { password: 'secret', roles: [], domain: 'mydomain.com', ...given, username };
  const registered = await registerUser(directory, user, epochMilliseconds(1000));
  if (registered.status !== 'ok') throw new Error(registered.status);
  return { id: registered.user.id, username };
};
const status = async (username: string, password = 'secret') =>
  (await authenticate(directory, { username, password })).status;

describe('a user', () => {
  test('signs in by name or e-mail, however written', async () => {
    await register({ username: 'Zoë', email: 'Zoe@MyDomain.com' });
    const names = [
      'Zoë',
      'zoë',
      'ZOË',
      'Zoe\u0308',
      ' zoë ',
      'zoe@mydomain.com',
      'ZOE@MYDOMAIN.COM',
    ];
    for (const name of names) expect(await status(name)).toBe('ok');
  });

  test.each(['zoe', 'zoë@mydomain.com', 'zo', 'zoëë', '', ' ', 'login#zoë', 'z\u200boë'])(
    'is not known by the name %j',
    async (name) => expect(await status(name)).toBe('unknown_user'),
  );

  test('without a password, or with one that is stored nowhere, has a wrong one', async () => {
    const { username } = await register();
    for (const password of ['', 'Secret', 'secret ', 'x'.repeat(5000)])
      expect(await status(username, password)).toBe('wrong_password');
  });

  test('is not reached through a name that cannot be one, whatever others are called', async () => {
    await register({ username: '0'.repeat(24) });
    await register({ username: 'nobody' });
    for (const name of ['', '\0', 'a'.repeat(300), '\ud800'])
      expect(await status(name)).toBe('unknown_user');
  });

  test('who is disabled is told so only with the right password', async () => {
    const { id, username } = await register();
    await setDisabled(directory, subjectKey(id), true);
    expect(await status(username)).toBe('disabled');
    expect(await status(username, 'wrong')).toBe('wrong_password');
    await setDisabled(directory, subjectKey(id), false);
    expect(await status(username)).toBe('ok');
  });

  test('of a domain that is disabled or gone may not sign in', async () => {
    const { username } = await register({ domain: 'closed.com' });
    await setDisabled(directory, domainKey('closed.com'), true);
    expect(await status(username)).toBe('disabled');
    const password = 'nine dry otters in a canoe';
    const { username: left } = await register({ domain: 'gone.com', password });
    expect(await status(left, password)).toBe('disabled');
  });
});

describe('a hash cheaper than today', () => {
  const cheap = { ...COST, memory: 64 };
  const weaken = async (id: string) => {
    const user = await readUser(directory, id);
    if (!user) throw new Error('no such user');
    await replacePasswordHash(directory, user, await hashPassword('secret', cheap));
  };
  const hash = async (id: string) => (await readUser(directory, id))?.passwordHash;

  test('is made anew by the right password alone', async () => {
    const { id, username } = await register();
    await weaken(id);
    await status(username, 'wrong');
    expect(await hash(id)).toContain('m=64,');
    expect(await status(username)).toBe('ok');
    expect(await hash(id)).toContain(`m=${COST.memory},`);
    expect(await status(username)).toBe('ok');
  });

  test('is not made anew for who may not sign in', async () => {
    const { id, username } = await register();
    await weaken(id);
    await setDisabled(directory, subjectKey(id), true);
    expect(await status(username)).toBe('disabled');
    expect(await hash(id)).toContain('m=64,');
  });
});
