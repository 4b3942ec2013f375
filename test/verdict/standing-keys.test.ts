/** API keys and domain tokens at the verdict: never beyond their owner, and at rest once it was switched. */
import { beforeEach, describe, expect, test } from 'vitest';
import { deleteIf, get, put } from '../../lib/aws/table.ts';
import type { Tables } from '../../lib/aws/tables.ts';
import { registerResources } from '../../lib/manage/resources/registry.ts';
import { editRole } from '../../lib/manage/roles/edit.ts';
import { createDomain, domainKey, domainSubject } from '../../lib/store/directory/domains.ts';
import type { Acl } from '../../lib/store/directory/roles.ts';
import { subjectKey } from '../../lib/store/directory/subjects.ts';
import { saveUser } from '../../lib/store/directory/users.ts';
import type { Standing } from '../../lib/store/sessions/sessions.ts';
import { saveStanding } from '../../lib/store/sessions/standing.ts';
import { instant } from '../../lib/time.ts';
import { judge } from '../../lib/verdict/judge.ts';
import { hashSecret } from '../../lib/verdict/secret.ts';
import { assignRoles, userItem } from '../support/actors/people.ts';
import { setDisabled } from '../support/actors/switch.ts';
import { freshTables } from '../support/running/tables.ts';

const NOW = 1_000_000;
const DOMAIN = 'mydomain.com';
const TOKENS = domainSubject(DOMAIN);
const SECRET = 'x'.repeat(43);
let tables: Tables;

beforeEach(async () => {
  tables = await freshTables();
  const { directory } = tables;
  await createDomain(directory, { name: DOMAIN, disabled: false, generation: 7 });
  await registerResources(directory, { cdr: [], book: [] });
  const role = (name: string, acl: Acl, parents: string[] = []) =>
    editRole(directory, { name, number: 0, parents, acl });
  await role('reader', { cdr: ['r'] });
  await role('editor', { cdr: ['u'] }, ['reader']);
  await role('librarian', { book: ['r'] });
  const user = { names: ['u'], roles: ['editor'], domain: DOMAIN, generation: 3 };
  await saveUser(directory, { after: userItem({ id: 'user-1', ...user }) });
});

const add = (subject: string, key: string, more: Partial<Standing>) =>
  saveStanding(tables.sessions, {
    name: { subject, key },
    standing: {
      kind: 'api-key',
      client: 'api-key',
      issuedAt: instant(NOW),
      disabled: false,
      secrets: [{ hash: hashSecret(SECRET) }],
      name: 'a machine',
      createdBy: 'root',
      version: 1,
      ...more,
    },
  });
async function at(
  subject: string,
  call: string,
  { secret = SECRET as string | null, key = 'key-1', now = NOW } = {},
) {
  const [method = '', path = ''] = call.split(' ');
  const hints = { domain: DOMAIN, roles: [] };
  const claim = { name: { subject, key }, hints, secret: secret ?? undefined };
  return (await judge(tables, claim, { method, path }, instant(now))).status;
}
const powers = async (subject: string) =>
  Promise.all(['GET /cdr', 'PUT /cdr', 'GET /book'].map((call) => at(subject, call)));
const rolesOf = async (subject: string) => {
  const hints = { domain: DOMAIN, roles: [] };
  const claim = { name: { subject, key: 'key-1' }, hints, secret: SECRET };
  const verdict = await judge(tables, claim, { method: 'GET', path: '/cdr' }, instant(NOW));
  return 'caller' in verdict ? verdict.caller.roles : undefined;
};
const [YES, NO, DEAD] = ['allowed', 'forbidden', 'unauthenticated'];

describe('a key of a user', () => {
  test.each<[string, Partial<Standing>, string[]]>([
    ['without roles has those of its owner', {}, [YES, YES, NO]],
    ['has the role that it was given', { roles: ['reader'] }, [YES, NO, NO]],
    ['has no role that its owner has not', { roles: ['librarian'] }, [NO, NO, NO]],
    ['has no role at all where none was left', { roles: [] }, [NO, NO, NO]],
    ['has no role that is gone', { roles: ['ghost'] }, [NO, NO, NO]],
    ['has the letters that it was given', { acl: { cdr: ['r'] } }, [YES, NO, NO]],
    ['has no letter that its owner has not', { acl: { book: ['*'] } }, [NO, NO, NO]],
  ])('%s', async (_case, more, wanted) => {
    await add('user-1', 'key-1', more);
    expect(await powers('user-1')).toEqual(wanted);
  });

  test.each<[string, Partial<Standing>, string[]]>([
    ['those of its owner', {}, ['editor']],
    ['one of its own that the owner inherits', { roles: ['reader'] }, ['reader']],
    ['none that its owner has not', { roles: ['librarian', 'reader'] }, ['reader']],
    ['none that is gone', { roles: ['ghost'] }, []],
    ['none beside letters', { acl: { cdr: ['r'] } }, []],
  ])('names as its roles %s', async (_case, more, roles) => {
    await add('user-1', 'key-1', more);
    expect(await rolesOf('user-1')).toEqual(roles);
  });

  test.each<[string, Partial<Standing>]>([
    ['a role', { roles: ['reader'] }],
    ['letters', { acl: { cdr: ['r'] } }],
  ])('loses what its owner loses: %s', async (_case, more) => {
    await add('user-1', 'key-1', more);
    await assignRoles(tables.directory, 'user-1', ['librarian']);
    expect(await powers('user-1')).toEqual([NO, NO, NO]);
  });

  test('is proven by its secret alone, and a session without one by none', async () => {
    await add('user-1', 'key-1', {});
    await add('user-1', 'bare', { secrets: undefined });
    expect(await at('user-1', 'GET /cdr', { secret: null })).toBe(DEAD);
    expect(await at('user-1', 'GET /cdr', { secret: `${SECRET} ` })).toBe(DEAD);
    expect(await at('user-1', 'GET /cdr', { secret: '' })).toBe(DEAD);
    expect(await at('user-1', 'GET /cdr', { key: 'bare' })).toBe(DEAD);
    expect(await at('user-1', 'GET /cdr', { key: 'bare', secret: null })).toBe(YES);
  });

  test('has two secrets while they overlap', async () => {
    const secrets = [
      { hash: hashSecret('new') },
      { hash: hashSecret('old'), until: instant(NOW + 5) },
    ];
    await add('user-1', 'key-1', { secrets });
    const works = (secret: string, now: number) => at('user-1', 'GET /cdr', { secret, now });
    expect([await works('new', NOW + 5), await works('old', NOW + 4)]).toEqual([YES, YES]);
    expect(await works('old', NOW + 5)).toBe(DEAD);
  });

  test('works without an end, or until it', async () => {
    await add('user-1', 'key-1', { expiresAt: instant(NOW + 60) });
    await add('user-1', 'endless', {});
    expect(await at('user-1', 'GET /cdr', { now: NOW + 59 })).toBe(YES);
    expect(await at('user-1', 'GET /cdr', { now: NOW + 60 })).toBe(DEAD);
    expect(await at('user-1', 'GET /cdr', { now: NOW + 1e9, key: 'endless' })).toBe(YES);
  });
});

describe('a key rests', () => {
  beforeEach(() => add('user-1', 'key-1', {}));

  test('while it is switched off', async () => {
    await add('user-1', 'off', { disabled: true });
    expect(await at('user-1', 'GET /cdr', { key: 'off' })).toBe(DEAD);
  });

  test.each([
    ['owner', subjectKey('user-1')],
    ['domain', domainKey(DOMAIN)],
  ])('once its %s was switched off, also when it is back', async (_which, key) => {
    expect(await at('user-1', 'GET /cdr')).toBe(YES);
    await setDisabled(tables.directory, key, true);
    expect(await at('user-1', 'GET /cdr')).toBe(DEAD);
    await setDisabled(tables.directory, key, false);
    expect(await at('user-1', 'GET /cdr')).toBe(DEAD);
  });

  test.each([
    ['owner', subjectKey('user-1')],
    ['domain', domainKey(DOMAIN)],
  ])('while its %s is disabled, however often that was switched', async (_which, key) => {
    const item = await get(tables.directory, key);
    await put(tables.directory, { ...key, ...item, disabled: true });
    expect(await at('user-1', 'GET /cdr')).toBe(DEAD);
  });

  test.each([
    ['owner', subjectKey('user-1')],
    ['domain', domainKey(DOMAIN)],
  ])('for good once its %s is gone', async (_which, key) => {
    await deleteIf(tables.directory, key, { expression: 'attribute_exists(pk)' });
    expect(await at('user-1', 'GET /cdr')).toBe(DEAD);
  });
});

describe('a token of a domain, which holds no roles itself', () => {
  test.each<[string, Partial<Standing>, string[]]>([
    ['has the role that it was given', { roles: ['editor'] }, [YES, YES, NO]],
    ['has the letters that it was given', { acl: { book: ['r'] } }, [NO, NO, YES]],
    ['may do nothing without either', {}, [NO, NO, NO]],
  ])('%s', async (_case, more, wanted) => {
    await add(TOKENS, 'key-1', { kind: 'domain-token', ...more });
    expect(await powers(TOKENS)).toEqual(wanted);
  });
});
