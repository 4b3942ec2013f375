/** The verdict on the real tables: each thing that it depends on, taken away on its own. */

import { beforeEach, describe, expect, test } from 'vitest';
import { deleteIf, get, type Key, put } from '../../lib/aws/table.ts';
import type { Tables } from '../../lib/aws/tables.ts';
import { registerResources } from '../../lib/manage/resources/registry.ts';
import { editRole } from '../../lib/manage/roles/edit.ts';
import { createDomain, domainKey, raiseDomain } from '../../lib/store/directory/domains.ts';
import { raiseGeneration } from '../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../lib/store/directory/subjects.ts';
import { saveUser } from '../../lib/store/directory/users.ts';
import { childKey, endSession, saveSession } from '../../lib/store/sessions/sessions.ts';
import { instant } from '../../lib/time.ts';
import { judge } from '../../lib/verdict/judge.ts';
import { assignRoles, userItem } from '../support/actors/people.ts';
import { setDisabled } from '../support/actors/switch.ts';
import { freshTables } from '../support/running/tables.ts';

const NOW = 1_000_000;
const NAME = { subject: 'user-1', key: 'key-1' };
const HINTS = { domain: 'mydomain.com', roles: ['reader', 'writer'] };
const READ = { method: 'GET', path: '/cdr/7' };
const WRITE = { method: 'PUT', path: '/cdr/7' };

const SESSION = {
  kind: 'webitel',
  client: 'webitel',
  issuedAt: instant(NOW),
  expiresAt: instant(NOW + 60),
  subjectGeneration: 3,
  domainGeneration: 7,
  ip: '192.0.2.1',
};

let tables: Tables;
beforeEach(async () => {
  tables = await freshTables();
  const { directory, sessions } = tables;
  await createDomain(directory, { name: 'mydomain.com', disabled: false, generation: 7 });
  await createDomain(directory, { name: 'other.com', disabled: false, generation: 7 });
  await registerResources(directory, { cdr: [], book: [] });
  await editRole(directory, { name: 'reader', number: 0, parents: [], acl: { cdr: ['ro'] } });
  await editRole(directory, { name: 'writer', number: 0, parents: [], acl: { cdr: ['u'] } });
  const { roles, domain } = HINTS;
  const after = userItem({ id: NAME.subject, names: ['u'], roles, domain, generation: 3 });
  expect(await saveUser(directory, { after })).toEqual({ status: 'ok' });
  await saveSession(sessions, NAME, SESSION);
});
const remove = (key: Key) =>
  deleteIf(tables.directory, key, { expression: 'attribute_exists(pk)' });
const verdict = (call = READ, hints = HINTS, now = NOW, name = NAME) =>
  judge(tables, { name, hints }, call, instant(now));
const status = async (...given: Parameters<typeof verdict>) => (await verdict(...given)).status;

describe('a call', () => {
  test('is allowed with the letter that its method and path need, and only for own objects', async () => {
    const allowed = await verdict();
    expect(allowed).toMatchObject({
      status: 'allowed',
      caller: { key: 'key-1', session: { client: 'webitel' } },
      permission: { resource: 'cdr', action: 'r', own: true },
    });
    expect(allowed).not.toHaveProperty('caller.session.scope');
    expect(await verdict(WRITE)).toMatchObject({ permission: { action: 'u', own: false } });
  });

  test('is by a session as narrow as its token, where that says a scope', async () => {
    const claim = { name: NAME, hints: HINTS, scope: 'cdr:r' };
    expect(await judge(tables, claim, READ, instant(NOW))).toMatchObject({
      caller: { session: { client: 'webitel', scope: 'cdr:r' } },
    });
  });

  test.each([
    ['a letter that no role holds', { method: 'DELETE', path: '/cdr/7' }, 'letter-not-held'],
    ['a resource that no role names', { method: 'GET', path: '/book' }, 'letter-not-held'],
    ['a path of no resource', { method: 'GET', path: '/other' }, 'path-of-no-resource'],
    ['a path that is a trick', { method: 'GET', path: '/cdr/../book' }, 'path-of-no-resource'],
    ['a method without letter', { method: 'OPTIONS', path: '/cdr' }, 'method-without-letter'],
  ])('is forbidden for %s, and says by which rule', async (_case, call, rule) =>
    expect(await verdict(call)).toMatchObject({ status: 'forbidden', refusal: { rule } }),
  );

  test.each<[string, () => Promise<unknown>]>([
    ['the session was ended', () => endSession(tables.sessions, NAME, instant(NOW))],
    ['the user is disabled', () => setDisabled(tables.directory, subjectKey('user-1'), true)],
    [
      'the domain is disabled',
      () => setDisabled(tables.directory, domainKey('mydomain.com'), true),
    ],
    ['the user was signed out', () => raiseGeneration(tables.directory, subjectKey('user-1'))],
    ['the domain was signed out', () => raiseDomain(tables.directory, 'mydomain.com')],
  ])('is not authenticated once %s', async (_case, revoke) => {
    expect(await status()).toBe('allowed');
    await revoke();
    expect(await status()).toBe('unauthenticated');
  });

  test.each([
    ['user', subjectKey('user-1')],
    ['domain', domainKey('mydomain.com')],
  ])(
    'is not authenticated while the %s is disabled, whatever its generation',
    async (_kind, key) => {
      const item = await get(tables.directory, key);
      await put(tables.directory, { ...key, ...item, disabled: true });
      expect(await status()).toBe('unauthenticated');
      await put(tables.directory, { ...key, ...item });
      expect(await status()).toBe('allowed');
    },
  );

  test('is not authenticated once the domain or the user is gone', async () => {
    await remove(domainKey('mydomain.com'));
    expect(await status()).toBe('unauthenticated');
    await createDomain(tables.directory, { name: 'mydomain.com', disabled: false, generation: 7 });
    await remove(subjectKey('user-1'));
    expect(await status()).toBe('unauthenticated');
  });

  test('is not authenticated from the second on in which its session expires', async () => {
    expect(await status(READ, HINTS, NOW + 59)).toBe('allowed');
    expect(await status(READ, HINTS, NOW + 60)).toBe('unauthenticated');
  });

  test.each([
    ['of another subject', { subject: 'user-2', key: 'key-1' }],
    ['of another key', { subject: 'user-1', key: 'key-2' }],
    ['that is the item of a subject', { subject: 'user-1', key: '' }],
  ])('is not authenticated by the name of a session %s', async (_case, name) => {
    expect(await status(READ, HINTS, NOW, name)).toBe('unauthenticated');
  });
});

describe('what was opened within a sign-in', () => {
  const [PARENT, CHILD] = ['browser', childKey('browser', 'grant')];
  const open = (key: string, expiresAt = NOW + 60) =>
    saveSession(
      tables.sessions,
      { subject: 'user-1', key },
      { ...SESSION, expiresAt: instant(expiresAt) },
    );
  const ofChild = () => status(READ, HINTS, NOW, { subject: 'user-1', key: CHILD });

  test('lives as long as that', async () => {
    await open(CHILD);
    expect(await ofChild()).toBe('unauthenticated');
    await open(PARENT);
    expect(await ofChild()).toBe('allowed');
    await endSession(tables.sessions, { subject: 'user-1', key: PARENT }, instant(NOW));
    expect(await ofChild()).toBe('unauthenticated');
  });

  test.each([NOW, NOW - 1])('is over with it, though it is stored still: %i', async (expiresAt) => {
    await open(CHILD);
    await open(PARENT, expiresAt);
    expect(await ofChild()).toBe('unauthenticated');
  });

  test('does not live by what another has signed in to', async () => {
    await open(CHILD);
    await saveSession(tables.sessions, { subject: 'user-2', key: PARENT }, SESSION);
    expect(await ofChild()).toBe('unauthenticated');
  });
});

describe('the hints of a token', () => {
  test.each([
    ['name a role that the user never had', { ...HINTS, roles: ['reader', 'writer', 'root'] }],
    ['name fewer roles', { ...HINTS, roles: ['reader'] }],
    ['name none', { ...HINTS, roles: [] }],
    ['name one twice', { ...HINTS, roles: ['reader', 'writer', 'reader'] }],
    ['name another domain', { ...HINTS, domain: 'other.com' }],
    ['name a domain that does not exist', { ...HINTS, domain: 'none' }],
  ])('decide nothing when they %s', async (_case, hints) => {
    await editRole(tables.directory, {
      name: 'root',
      number: 2,
      parents: [],
      acl: { cdr: ['*'], book: ['*'] },
    });
    expect(await status(READ, hints)).toBe('allowed');
    expect(await status(WRITE, hints)).toBe('allowed');
    expect(await status({ method: 'DELETE', path: '/cdr' }, hints)).toBe('forbidden');
    expect(await status({ method: 'GET', path: '/book' }, hints)).toBe('forbidden');
  });

  test.each([
    ['taken away', ['reader']],
    ['replaced by another, written twice', ['reader', 'reader']],
    ['taken away with all others', []],
  ])('do not keep a role alive that was %s', async (_case, roles) => {
    await assignRoles(tables.directory, 'user-1', roles);
    expect(await status(WRITE)).toBe('forbidden');
    expect(await status(READ)).toBe(roles.includes('reader') ? 'allowed' : 'forbidden');
  });

  test('do not delay a role that was given', async () => {
    await editRole(tables.directory, { name: 'new', number: 0, parents: [], acl: { book: ['r'] } });
    await assignRoles(tables.directory, 'user-1', ['reader', 'new']);
    expect(await status({ method: 'GET', path: '/book' })).toBe('allowed');
  });
});
