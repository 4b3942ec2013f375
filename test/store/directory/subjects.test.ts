/** Users and the names they sign in with: one name, one user, however many ask at once. */

import { afterAll, describe, expect, inject, test } from 'vitest';
import { transact } from '../../../lib/aws/transaction.ts';
import { registerUser } from '../../../lib/manage/users/register.ts';
import { createDomain, domainSubject } from '../../../lib/store/directory/domains.ts';
import { findUserId } from '../../../lib/store/directory/login-owners.ts';
import { replacePasswordHash } from '../../../lib/store/directory/password-hash.ts';
import { readSubject, readSubjectItems } from '../../../lib/store/directory/subjects.ts';
import { countUsers, forgetCount } from '../../../lib/store/directory/user-count.ts';
import { readRoots, readUser, saveUser, type User } from '../../../lib/store/directory/users.ts';
import { epochMilliseconds } from '../../../lib/time.ts';
import { assignRoles, userItem } from '../../support/actors/people.ts';
import { startProxy } from '../../support/running/proxy.ts';
import { freshTables } from '../../support/running/tables.ts';

const proxy = await startProxy(inject('dynamodb'));
const { directory } = await freshTables(proxy.endpoint);
afterAll(() => proxy.stop());

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
    password: 'nine dry otters in a canoe',
    roles: ['user'],
    domain: 'mydomain.com',
  };

  test('whose e-mail is the user name claims it once', async () => {
    const registered = await registerUser(directory, registration, epochMilliseconds(1000));
    if (registered.status !== 'ok') throw new Error(registered.status);
    expect(await readUser(directory, registered.user.id)).toMatchObject({
      username: 'Zoe@MyDomain.com',
      names: ['zoe@mydomain.com'],
      createdAt: 1,
    });
    expect(
      await registerUser(directory, { ...registration, username: 'zoe2' }, epochMilliseconds(1000)),
    ).toEqual({
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
    const refused = registerUser(
      directory,
      { ...registration, username: 'new', ...change },
      epochMilliseconds(1000),
    );
    await expect(refused).rejects.toMatchObject({
      said: { code: 'invalid_request', field },
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

describe('the number of users', () => {
  const member = (id: string, domain: string) => ({ ...user(id, [id]), domain });
  const counts = () =>
    Promise.all(['left', 'right'].map((domain) => countUsers(directory, domain)));

  test('is exact after 64 creations, 32 moves and 64 deletions that race, each twice', async () => {
    const users = range(64).map((at) => member(`count-${at.toString(16)}`, 'left'));
    const twice = <T>(write: () => Promise<T>) => [write(), write()];
    await Promise.all(users.flatMap((after) => twice(() => saveUser(directory, { after }))));
    expect(await counts()).toEqual([64, 0]);

    const moved = users.slice(0, 32).map((before) => ({
      before,
      after: { ...before, domain: 'right', version: 2 },
    }));
    await Promise.all(moved.flatMap((change) => twice(() => saveUser(directory, change))));
    expect(await counts()).toEqual([32, 32]);

    const others = range(16).map((at) => member(`late-${at.toString(16)}`, 'right'));
    const left = [...moved.map(({ after }) => after).slice(0, 20), ...users.slice(32, 44)];
    await Promise.all([
      ...left.flatMap((before) => twice(() => saveUser(directory, { before }))),
      ...others.map((after) => saveUser(directory, { after })),
    ]);
    expect(await counts()).toEqual([20, 28]);
    expect(await countUsers(directory)).toBeGreaterThanOrEqual(48);
  });

  test('does not change with a creation that was refused, nor with a new name', async () => {
    const first = member('sole-1', 'quiet');
    await create(first);
    await create({ ...member('sole-2', 'quiet'), names: ['sole-1'] });
    await saveUser(directory, { before: first, after: { ...first, names: ['sole-3'] } });
    expect(await countUsers(directory, 'quiet')).toBe(1);
  });

  test('counts once what was written although its answer was lost', async () => {
    let lost = false;
    proxy.inject(() => {
      if (lost) return undefined;
      lost = true;
      return 'lose';
    });
    await create(member('lost-1', 'unsure'));
    proxy.heal();
    expect(lost).toBe(true);
    expect(await countUsers(directory, 'unsure')).toBe(1);
  });

  test('of one domain is not that of another whose name begins with it', async () => {
    await create(member('near-1', 'near'));
    await create(member('near-2', 'near.example'));
    expect(await countUsers(directory, 'near')).toBe(1);
  });

  test('is forgotten for the digits that count nobody', async () => {
    const [gone, stays] = [member('away-1', 'ending'), member('away-2', 'ending')];
    for (const one of [gone, stays]) await create(one);
    await saveUser(directory, { before: gone });
    await forgetCount(directory, 'ending');
    expect(await countUsers(directory, 'ending')).toBe(1);
    await saveUser(directory, { before: stays });
    expect(await countUsers(directory, 'ending')).toBe(0);
  });
});

test('of many subjects those that are there are read, in the order asked for', async () => {
  for (const id of ['many-1', 'many-2']) await create(user(id, [id]));
  const items = await readSubjectItems(directory, ['many-2', 'nobody', 'many-1']);
  expect(items.map(({ id }) => id)).toEqual(['many-2', 'many-1']);
});

test('a domain is a subject of its own, which holds no role', async () => {
  const name = 'new.example';
  await createDomain(directory, { name, disabled: false, generation: 7 });
  expect(await readSubject(directory, domainSubject(name))).toEqual({
    ...{ kind: 'domain', id: 'domain#new.example', username: name, domain: name, roles: [] },
    ...{ disabled: false, generation: 7 },
  });
});

describe('who holds root', () => {
  const rootOf = (id: string, more: Partial<User> = {}): User => ({
    ...user(id, [id]),
    roles: ['root'],
    ...more,
  });

  test('is listed as long as they are enabled, and the last one stays', async () => {
    const { directory: own } = await freshTables();
    const save = async (change: { before?: User; after?: User }) =>
      (await saveUser(own, change)).status;
    const ids = async () => (await readRoots(own)).ids;
    const [one, two] = [rootOf('one'), rootOf('two')];
    expect(await ids()).toEqual([]);
    expect([await save({ after: one }), await ids()]).toEqual(['ok', ['one']]);
    expect(await save({ before: one })).toBe('last_root');
    const { unchanged } = await readRoots(own);
    expect([await save({ after: two }), await ids()]).toEqual(['ok', ['one', 'two']]);
    expect(await transact([unchanged])).toEqual([true]);
    expect(await transact([(await readRoots(own)).unchanged])).toEqual([false]);
    const disabled = { ...one, disabled: true };
    expect(await save({ before: one, after: disabled })).toBe('ok');
    expect(await ids()).toEqual(['two']);
    expect(await save({ before: two, after: { ...two, roles: ['user'] } })).toBe('last_root');
  });

  test('is of a domain that is switched on', async () => {
    const { directory: own } = await freshTables();
    await createDomain(own, { name: 'off.example', disabled: true, generation: 1 });
    const off = { domain: 'off.example' };
    expect(await saveUser(own, { after: rootOf('one', off) })).toEqual({
      status: 'disabled_domain',
    });
    expect(await saveUser(own, { after: rootOf('two', { ...off, disabled: true }) })).toEqual({
      status: 'ok',
    });
    expect((await readRoots(own)).ids).toEqual([]);
  });
});
