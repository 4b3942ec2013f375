/** Functions of the last release beside those of this one, as while an update or a roll-back is under way. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { get } from '../../lib/aws/table.ts';
import type { Tables } from '../../lib/aws/tables.ts';
import { nameContent, unnameContent } from '../../lib/manage/deployment/name-content.ts';
import { registerResources } from '../../lib/manage/resources/registry.ts';
import { editRole } from '../../lib/manage/roles/edit.ts';
import {
  domainKey,
  raiseDomain,
  readDomain,
  saveDomain,
} from '../../lib/store/directory/domains.ts';
import { readAllRoles } from '../../lib/store/directory/roles.ts';
import { saveUser } from '../../lib/store/directory/users.ts';
import { manifestKey } from '../../lib/store/named/manifest.ts';
import { saveSession } from '../../lib/store/sessions/sessions.ts';
import { instant } from '../../lib/time.ts';
import { judge } from '../../lib/verdict/judge.ts';
import { userItem } from '../support/actors/people.ts';
import { type LastRelease, startLastRelease } from '../support/running/last-release.ts';
import { freshTables } from '../support/running/tables.ts';

const NOW = 1_000_000;
const CLAIM = {
  name: { subject: 'user-1', key: 'key-1' },
  hints: { domain: 'mydomain.com', roles: ['reader'] },
};
const CALL = { method: 'GET', path: '/cdr' };
const role = (acl: object) => ({ name: 'reader', number: 0, parents: [], acl });

let tables: Tables;
let old: LastRelease;
const ours = async () => (await judge(tables, CLAIM, CALL, instant(NOW))).status;
const theirs = async () => (await old.ask('judge', CLAIM, CALL, NOW)).done;
const both = async () => [await ours(), await theirs()];
const openSession = (key: string, domainGeneration: number, subject = CLAIM.name.subject) =>
  saveSession(
    tables.sessions,
    { subject, key },
    {
      ...{ kind: 'webitel', client: 'webitel', ip: '192.0.2.1' },
      ...{ issuedAt: instant(NOW), expiresAt: instant(NOW + 60) },
      ...{ subjectGeneration: 3, domainGeneration },
    },
  );

beforeAll(async () => {
  tables = await freshTables();
  const { directory, sessions } = tables;
  old = await startLastRelease(inject('dynamodb'), directory.name, sessions.name);
  const domain = { name: 'mydomain.com', disabled: false, generation: 7 };
  for (const [name, given] of [
    ['createDomain', domain],
    ['registerResources', { cdr: [] }],
    ['editRole', role({ cdr: ['r'] })],
  ] as const)
    expect((await old.ask(name, given)).error).toBeUndefined();
  const user = userItem({ id: 'user-1', names: ['u'], roles: ['reader'] });
  await saveUser(directory, { after: { ...user, generation: 3 } });
  await openSession('key-1', 7);
});
afterAll(() => old.stop());

describe('while nothing is named', () => {
  test('each one’s edits count for the other from the next call on', async () => {
    expect(await both()).toEqual(['allowed', 'allowed']);
    await old.ask('editRole', role({}));
    expect(await both()).toEqual(['forbidden', 'forbidden']);
    await editRole(tables.directory, { ...role({}), acl: { cdr: ['r'] } });
    expect(await both()).toEqual(['allowed', 'allowed']);
    await old.ask('registerResources', { cdr: ['/calls'] });
    expect(await both()).toEqual(['forbidden', 'forbidden']);
    await registerResources(tables.directory, { cdr: [] });
    expect(await both()).toEqual(['allowed', 'allowed']);
  });

  test('edits of both at once are all done, and none undone', async () => {
    const acls = ['a', 'b', 'c'].map((name) => ({ name, number: 0, parents: [], acl: {} }));
    await Promise.all([
      ...acls.map((edit) => editRole(tables.directory, { ...edit, name: `new-${edit.name}` })),
      (async () => {
        for (const edit of acls) expect((await old.ask('editRole', edit)).error).toBeUndefined();
      })(),
    ]);
    const names = (await readAllRoles(tables.directory)).roles.map(({ name }) => name).sort();
    expect(names).toEqual(['a', 'b', 'c', 'new-a', 'new-b', 'new-c', 'reader']);
  });
});

describe('once things are named', () => {
  beforeAll(() => nameContent(tables.directory));

  test('the last release faults, and allows nothing', async () => {
    expect(await ours()).toBe('allowed');
    const answer = await old.ask('judge', CLAIM, CALL, NOW);
    expect([answer.done, typeof answer.error]).toEqual([undefined, 'string']);
  });

  test.each([
    ['editRole', role({ cdr: ['*'] })],
    ['registerResources', { other: [] }],
  ])('it edits neither: %s fails, and changes nothing', async (name, given) => {
    const before = await get(tables.directory, manifestKey(0, 0));
    expect((await old.ask(name, given)).error).toEqual(expect.any(String));
    expect(await get(tables.directory, manifestKey(0, 0))).toEqual(before);
    expect(await ours()).toBe('allowed');
  });

  test.each([
    ['signed out', 'raiseDomain', ['mydomain.com']],
    ['signed out up to a number', 'raiseDomainTo', ['mydomain.com', 10 ** 13]],
    ['disabled', 'changeDomain', ['mydomain.com', { disabled: true }]],
    ['given another setting', 'changeDomain', ['mydomain.com', { signUp: 'open' }]],
    ['deleted', 'deleteDomain', ['mydomain.com']],
  ])('no domain is %s by it: that fails, and changes nothing', async (_what, name, given) => {
    const before = await get(tables.directory, domainKey('mydomain.com'));
    expect((await old.ask(name, ...given)).error).toEqual(expect.any(String));
    expect(await get(tables.directory, domainKey('mydomain.com'))).toEqual(before);
    expect(await ours()).toBe('allowed');
  });

  test('nor is one that was changed since, in what a verdict reads or not', async () => {
    for (const change of [{ signUp: 'open' }, { signUp: 'closed' }, { sessionAbsolute: 9000 }]) {
      const before = await readDomain(tables.directory, 'mydomain.com');
      if (!before) throw new Error('there is no such domain');
      const after = { ...before, ...change } as typeof before;
      expect(await saveDomain(tables.directory, before, after)).toBe(true);
      expect((await old.ask('raiseDomain', 'mydomain.com')).error).toEqual(expect.any(String));
    }
    expect(await ours()).toBe('allowed');
  });

  test('one that it makes is read by itself, so that what it does there counts', async () => {
    const made = { name: 'made.example', disabled: false, generation: 1 };
    expect(await old.ask('createDomain', made)).toEqual({ done: true });
    const person = { ...CLAIM, name: { subject: 'user-2', key: 'key-1' } };
    const claim = { ...person, hints: { ...CLAIM.hints, domain: made.name } };
    const user = userItem({ id: 'user-2', names: ['v'], roles: ['reader'], domain: made.name });
    await saveUser(tables.directory, { after: { ...user, generation: 3 } });
    await openSession('key-1', 1, 'user-2');
    const status = async () => (await judge(tables, claim, CALL, instant(NOW))).status;
    expect(await status()).toBe('allowed');
    expect(await old.ask('raiseDomain', made.name)).toEqual({ done: true });
    expect(await status()).toBe('unauthenticated');
  });

  test('after it was switched off again, a roll-back finds all as it is', async () => {
    await editRole(tables.directory, { ...role({}), acl: { cdr: ['r'], calls: ['r'] } });
    await unnameContent(tables.directory);
    expect(await both()).toEqual(['allowed', 'allowed']);
    await old.ask('editRole', role({}));
    expect(await both()).toEqual(['forbidden', 'forbidden']);
    await old.ask('editRole', role({ cdr: ['r'] }));
    expect(await both()).toEqual(['allowed', 'allowed']);
  });

  test('and a domain that the last release signs out is signed out for both', async () => {
    await old.ask('raiseDomain', 'mydomain.com');
    expect(await both()).toEqual(['unauthenticated', 'unauthenticated']);
    await openSession('key-2', 8);
    const again = { ...CLAIM, name: { ...CLAIM.name, key: 'key-2' } };
    expect((await judge(tables, again, CALL, instant(NOW))).status).toBe('allowed');
    await raiseDomain(tables.directory, 'mydomain.com');
    expect((await old.ask('judge', again, CALL, NOW)).done).toBe('unauthenticated');
  });
});
