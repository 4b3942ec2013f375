/** Live changes: what an administrator does acts on the very next call, through the authorizer. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deleteIf, get, type Key, put, type Table } from '../../lib/aws/table.ts';
import { editRole } from '../../lib/manage/roles/edit.ts';
import {
  createDomain,
  deleteDomain,
  domainKey,
  raiseDomain,
  readDomain,
} from '../../lib/store/directory/domains.ts';
import { firstGeneration, raiseGeneration } from '../../lib/store/directory/revocation.ts';
import type { Acl } from '../../lib/store/directory/roles.ts';
import { readAllRoles } from '../../lib/store/directory/roles.ts';
import { saveRoles } from '../../lib/store/directory/save-roles.ts';
import { subjectKey } from '../../lib/store/directory/subjects.ts';
import { sessionKey } from '../../lib/store/sessions/sessions.ts';
import { epochMilliseconds } from '../../lib/time.ts';
import { addUser, assignRoles } from '../support/actors/people.ts';
import { setDisabled } from '../support/actors/switch.ts';
import {
  advance,
  type Credential,
  coldStart,
  type Service,
  startService,
} from '../support/running/service.ts';

const DOMAIN = 'live.example.com';

let service: Service;
let directory: Table;
let user: { id: string; username: string };
let session: Credential;
beforeAll(async () => {
  service = await startService();
  directory = service.tables.directory;
  const generation = firstGeneration(epochMilliseconds(Date.now()));
  await createDomain(directory, { name: DOMAIN, disabled: false, generation });
});
afterAll(() => service.stop());

const role = (name: string, acl: Acl, parents: string[] = []) =>
  editRole(directory, { name, number: -1, parents, acl });
const call = async (what = 'GET /cdr', who = session) => (await service.call(who, what)).status;
const remove = (table: Table, key: Key) =>
  deleteIf(table, key, { expression: 'attribute_exists(pk)' });

beforeEach(async () => {
  await role('base', { cdr: ['r'] });
  await role('heir', { book: ['r'] }, ['base']);
  user = await addUser(service, { roles: ['heir'], domain: DOMAIN });
  session = await service.login(user.username);
  expect(await call()).toBe(200);
});

describe('roles', () => {
  test('a letter taken from the role is refused, and given back is allowed', async () => {
    expect(await call('GET /book')).toBe(200);
    await role('heir', {}, ['base']);
    expect(await call('GET /book')).toBe(403);
    await role('heir', { book: ['*'] }, ['base']);
    expect(await call('DELETE /book')).toBe(200);
  });

  test('a letter taken from the parent is refused, and given back is allowed', async () => {
    await role('base', {});
    expect(await call()).toBe(403);
    await role('base', { cdr: ['ro'] });
    expect((await service.call(session, 'GET /cdr')).context).toMatchObject({ own: 'true' });
  });

  test('a parent taken away takes its letters along', async () => {
    await role('heir', { book: ['r'] });
    expect([await call('GET /cdr'), await call('GET /book')]).toEqual([403, 200]);
  });

  test('a role removed permits nothing', async () => {
    const { roles, ...list } = await readAllRoles(directory);
    const names = roles.map(({ name }) => name).filter((name) => name !== 'heir');
    expect(await saveRoles(directory, { ...list, names, removed: ['heir'] })).toBe(true);
    expect(await call()).toBe(403);
  });

  test.each<[string, string[], number, number]>([
    ['another one', ['user'], 200, 200],
    ['none', [], 403, 403],
    ['one that does not exist', ['ghost'], 403, 403],
    ['the same one twice', ['base', 'base'], 200, 403],
  ])('%s assigned counts at once', async (_case, roles, cdr, book) => {
    await assignRoles(directory, user.id, roles);
    expect([await call('GET /cdr'), await call('GET /book')]).toEqual([cdr, book]);
  });

  test('one of two roles taken away counts, even if the other is then named twice', async () => {
    await assignRoles(directory, user.id, ['base', 'heir']);
    const two = await service.login(user.username);
    expect(await call('GET /book', two)).toBe(200);
    await assignRoles(directory, user.id, ['base', 'base']);
    expect(await call('GET /book', two)).toBe(403);
  });
});

describe('users', () => {
  test('A6: disabled: refused; enabled again: refused still, and a new session is allowed', async () => {
    await setDisabled(directory, subjectKey(user.id), true);
    expect(await call()).toBe(401);
    await setDisabled(directory, subjectKey(user.id), false);
    expect(await call()).toBe(401);
    expect(await call('GET /cdr', await service.login(user.username))).toBe(200);
  });

  test('generation raised: all sessions of that user end, new ones do not, others’ neither', async () => {
    const [second, other] = [
      await service.login(user.username),
      await service.login('200@mydomain.com'),
    ];
    await raiseGeneration(directory, subjectKey(user.id));
    expect([await call(), await call('GET /cdr', second)]).toEqual([401, 401]);
    expect(await call('GET /cdr', other)).toBe(200);
    expect(await call('GET /cdr', await service.login(user.username))).toBe(200);
  });

  test('deleted: refused, and a user made again under the same id does not revive it', async () => {
    const item = await get(directory, subjectKey(user.id));
    await remove(directory, subjectKey(user.id));
    expect(await call()).toBe(401);
    advance(1);
    await put(directory, { ...item, generation: firstGeneration(epochMilliseconds(Date.now())) });
    expect(await call()).toBe(401);
  });

  test('moved to another domain: the session is of the old one, and ends', async () => {
    const item = await get(directory, subjectKey(user.id));
    await createDomain(directory, { name: 'else.example.com', disabled: false, generation: 1 });
    await put(directory, { ...item, domain: 'else.example.com' });
    expect(await call()).toBe(401);
  });
});

describe('domains', () => {
  const domain = domainKey(DOMAIN);

  test('A6: disabled: refused; enabled again: refused still, and a new session is allowed', async () => {
    await setDisabled(directory, domain, true);
    expect(await call()).toBe(401);
    await setDisabled(directory, domain, false);
    expect(await call()).toBe(401);
    expect(await call('GET /cdr', await service.login(user.username))).toBe(200);
  });

  test('generation raised: every session of the domain ends, other domains go on', async () => {
    const other = await service.login('200@mydomain.com');
    await raiseDomain(directory, DOMAIN);
    expect([await call(), await call('GET /cdr', other)]).toEqual([401, 200]);
  });

  test('deleted: refused, and one made again under the same name does not revive it', async () => {
    const stored = await readDomain(directory, DOMAIN);
    expect(stored && (await deleteDomain(directory, stored))).toBe(true);
    expect(await call()).toBe(401);
    advance(1);
    const generation = firstGeneration(epochMilliseconds(Date.now()));
    await createDomain(directory, { name: DOMAIN, disabled: false, generation });
    expect(await call()).toBe(401);
  });
});

describe('sessions', () => {
  test('logged out: refused, by other instances too', async () => {
    const elsewhere = await coldStart();
    await service.logout(session);
    expect([await call(), (await elsewhere.call(session, 'GET /cdr')).status]).toEqual([401, 401]);
  });

  test('past their expiry: refused, though the item is still there', async () => {
    const { sessions } = service.tables;
    const key = sessionKey({ subject: user.id, key: session.key });
    const item = await get(sessions, key);
    await put(sessions, { ...item, expiresAt: Math.floor(Date.now() / 1000) + 10 });
    advance(9);
    expect(await call()).toBe(200);
    advance(1);
    expect(await call()).toBe(401);
    expect((await service.logout(session)).status).toBe(401);
    expect(await get(sessions, key)).toBeDefined();
  });

  test.each([
    ['user', () => raiseGeneration(directory, subjectKey(user.id))],
    ['domain', () => raiseDomain(directory, DOMAIN)],
  ])(
    'opened by a login that raced the end of the %s’s sessions: refused',
    async (_case, signOut) => {
      service.dynamodb.inject(async ({ action }) => {
        if (action === 'TransactWriteItems') await signOut();
        return undefined;
      });
      const raced = await service.login(user.username);
      service.dynamodb.heal();
      expect(await call('GET /cdr', raced)).toBe(401);
    },
  );
});
