/** Users and the names they sign in with: one name, one user, however many ask at once. */
import { describe, expect, test } from 'vitest';
import { registerUser } from '../../lib/access/register-user.ts';
import {
  findUserId,
  readUser,
  replacePasswordHash,
  saveUser,
  type User,
} from '../../lib/store/users.ts';
import { assignRoles, userItem } from '../support/people.ts';
import { freshTables } from '../support/tables.ts';

const { directory } = await freshTables();

const user = (id: string, names: string[]): User => userItem({ id, names, passwordHash: 'hash-1' });
const create = (one: User) => saveUser(directory, { after: one });
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('a login name', () => {
  test('goes to exactly one of 20 users who want it at once; the others leave nothing', async () => {
    const users = range(20).map((at) => user(`race-${at}`, ['shared', `own-${at}`]));
    const answers = await Promise.all(users.map(create));

    const winners = users.filter((_, at) => answers[at]?.status === 'ok');
    expect(winners).toHaveLength(1);
    const [winner = users[0]] = winners;
    expect(await findUserId(directory, 'shared')).toBe(winner?.id);
    for (const [at, loser] of users.entries()) {
      if (loser === winner) continue;
      expect(answers[at]).toEqual({ status: 'taken', names: ['shared'] });
      expect(await readUser(directory, loser.id)).toBeUndefined();
      expect(await findUserId(directory, `own-${at}`)).toBeUndefined();
    }
  });

  test('that is taken is named, and so is each other one', async () => {
    await create(user('first', ['a', 'b']));
    expect(await create(user('second', ['a', 'c', 'b']))).toEqual({
      status: 'taken',
      names: ['a', 'b'],
    });
    expect(await findUserId(directory, 'c')).toBeUndefined();
  });

  test('of two who swap their names at once belongs to one of them, whole', async () => {
    const both = [user('swap-1', ['left', 'right']), user('swap-2', ['right', 'left'])];
    await Promise.all(both.map(create));
    const owners = await Promise.all(['left', 'right'].map((name) => findUserId(directory, name)));
    expect(new Set(owners).size).toBe(1);
  });

  test('and an id that exists already are refused, and nothing changes', async () => {
    await create(user('twice', ['once']));
    expect(await create(user('twice', ['other']))).toEqual({ status: 'conflict' });
    expect((await readUser(directory, 'twice'))?.names).toEqual(['once']);
    expect(await findUserId(directory, 'other')).toBeUndefined();
  });
});

describe('a user', () => {
  const registration = {
    username: 'Zoe@MyDomain.com',
    email: 'zoe@mydomain.com',
    password: 'secret',
    roles: ['user'],
    domain: 'mydomain.com',
  };

  test('whose e-mail is the user name claims it once', async () => {
    const registered = await registerUser(directory, registration, 1000);
    if (registered.status !== 'ok') throw new Error(registered.status);
    expect(await readUser(directory, registered.user.id)).toMatchObject({
      username: 'Zoe@MyDomain.com',
      names: ['zoe@mydomain.com'],
      createdAt: 1,
    });
    expect(await registerUser(directory, { ...registration, username: 'zoe2' }, 1000)).toEqual({
      status: 'taken',
      names: ['zoe@mydomain.com'],
    });
    expect(await findUserId(directory, 'zoe2')).toBeUndefined();
  });

  test.each([
    ['an empty name', { username: '' }, 'username'],
    ['a name with a control character', { username: 'a\nb' }, 'username'],
    ['an e-mail with a zero-width space', { email: 'a\u200b@b.c' }, 'email'],
    ['an empty password', { password: '' }, 'password'],
    ['a password that would be cut off', { password: 'x'.repeat(1025) }, 'password'],
  ])('with %s is refused by the name of the field', async (_case, change, field) => {
    const refused = registerUser(directory, { ...registration, username: 'new', ...change }, 1000);
    await expect(refused).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringMatching(`^${field}: `),
    });
  });

  test('keeps a password changed meanwhile when an older one is hashed anew', async () => {
    const old = user('rehash', ['rehash']);
    await create(old);
    const hashes = ['hash-2', 'hash-3', 'hash-4'];
    const written = await Promise.all(
      hashes.map((hash) => replacePasswordHash(directory, old, hash)),
    );
    const wins = hashes.filter((_, at) => written[at] !== undefined);
    expect(wins).toHaveLength(1);
    expect((await readUser(directory, 'rehash'))?.passwordHash).toBe(wins[0]);
    expect(await replacePasswordHash(directory, old, 'hash-5')).toBeUndefined();
    expect((await readUser(directory, 'rehash'))?.passwordHash).toBe(wins[0]);
  });

  test('who does not exist is given neither a hash nor roles', async () => {
    expect(await replacePasswordHash(directory, user('nobody', []), 'hash')).toBeUndefined();
    expect(await assignRoles(directory, 'nobody', ['root'])).toBe(false);
    expect(await readUser(directory, 'nobody')).toBeUndefined();
  });
});
