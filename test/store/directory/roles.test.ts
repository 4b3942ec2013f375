/** Roles edited one after the other and all at once: the folded ACLs always agree with the given ones. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Table } from '../../../lib/aws/table.ts';
import { AuthError } from '../../../lib/errors.ts';
import { nameContent } from '../../../lib/manage/deployment/name-content.ts';
import { editRole, type RoleEdit } from '../../../lib/manage/roles/edit.ts';
import { createDomain } from '../../../lib/store/directory/domains.ts';
import { type Acl, readAllRoles } from '../../../lib/store/directory/roles.ts';
import { saveRoles } from '../../../lib/store/directory/save-roles.ts';
import { mergeAcls } from '../../../lib/verdict/acl.ts';
import { freshTables } from '../../support/running/tables.ts';

let directory: Table;
beforeEach(async () => {
  ({ directory } = await freshTables());
});

const role = (name: string, acl: Acl = {}, parents: string[] = []): RoleEdit => ({
  name,
  number: 0,
  parents,
  acl,
});
const edit = (given: RoleEdit) => editRole(directory, given);
/** Edits that lose five times over are told to come again, and do. */
const insist = async (given: RoleEdit): Promise<void> => {
  try {
    await edit(given);
  } catch (error) {
    if (!(error instanceof AuthError) || error.status !== 503) throw error;
    await insist(given);
  }
};
const effective = async () => {
  const { roles } = await readAllRoles(directory);
  return Object.fromEntries(roles.map((one) => [one.name, one.effective]));
};

describe('a role', () => {
  test('holds what its parents and theirs hold, and gains what they gain', async () => {
    await edit(role('guest', { book: ['r'] }));
    await edit(role('user', { cdr: ['ro'] }, ['guest']));
    await edit(role('admin', { cdr: ['r'] }, ['user']));
    expect((await effective())['admin']).toEqual({ cdr: ['r'], book: ['r'] });
    await edit(role('guest', { book: ['*'] }));
    expect((await effective())['admin']).toEqual({ cdr: ['r'], book: ['*'] });
    await edit(role('user', {}, []));
    expect(await effective()).toEqual({
      guest: { book: ['*'] },
      user: {},
      admin: { cdr: ['r'] },
    });
  });

  test('with two ways to one ancestor holds it once', async () => {
    await edit(role('top', { a: ['r'] }));
    await edit(role('left', {}, ['top']));
    await edit(role('right', {}, ['top']));
    await edit(role('bottom', {}, ['left', 'right', 'left']));
    expect((await effective())['bottom']).toEqual({ a: ['r'] });
  });

  test.each([
    ['an unknown parent', role('new', {}, ['nobody']), 'there is no such role'],
    ['itself as parent', role('new', {}, ['new']), 'cannot inherit from itself'],
    ['itself as parent, though it exists', role('a', {}, ['a']), 'cannot inherit from itself'],
    ['its child as parent', role('a', {}, ['b']), 'cannot inherit from itself'],
    ['its grandchild as parent', role('a', {}, ['c']), 'cannot inherit from itself'],
    ['a name that objects already have as parent', role('n', {}, ['constructor']), 'no such role'],
  ])('with %s is refused, and nothing changes', async (_case, given, reason) => {
    await edit(role('a', { x: ['r'] }));
    await edit(role('b', {}, ['a']));
    await edit(role('c', {}, ['b']));
    const before = await readAllRoles(directory);
    await expect(edit(given)).rejects.toMatchObject({
      said: { code: 'invalid_request' },
      message: expect.stringContaining(reason),
    });
    expect(await readAllRoles(directory)).toEqual(before);
  });
});

describe('edits of related roles at once', () => {
  test('always leave every role folded from what its ancestors hold now', async () => {
    await edit(role('parent', { a: ['r'] }));
    await edit(role('child', { b: ['r'] }, ['parent']));
    await edit(role('grandchild', { c: ['r'] }, ['child']));
    for (const letters of [['c'], ['u'], ['d'], ['*'], []] as Acl[string][]) {
      await Promise.all([
        insist(role('parent', { a: letters })),
        insist(role('child', { b: letters }, letters.length > 0 ? ['parent'] : [])),
        insist(role('grandchild', { c: letters }, ['child'])),
      ]);
      const { roles } = await readAllRoles(directory);
      const byName = Object.fromEntries(roles.map((one) => [one.name, one]));
      const folded = (name: string): Acl[] => [
        byName[name]?.acl ?? {},
        ...(byName[name]?.parents ?? []).flatMap(folded),
      ];
      for (const { name, effective: held } of roles) expect(held).toEqual(mergeAcls(folded(name)));
    }
  });

  test('that together would close a circle do not both succeed', async () => {
    await edit(role('one'));
    await edit(role('two'));
    const answers = await Promise.allSettled([
      insist(role('one', {}, ['two'])),
      insist(role('two', {}, ['one'])),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('of ten new roles lose none of them', async () => {
    const names = Array.from({ length: 10 }, (_, at) => `role-${at}`);
    await Promise.all(names.map((name) => insist(role(name))));
    const { version, roles } = await readAllRoles(directory);
    expect(roles.map(({ name }) => name).sort()).toEqual(names);
    expect(version).toBe(10);
  });

  test('save nothing when the list has changed since it was read', async () => {
    await edit(role('a'));
    const [stale] = (await readAllRoles(directory)).roles;
    await edit(role('b'));
    const edited = { ...role('a'), effective: { x: ['*' as const] }, ancestors: [] };
    const stored = { version: 1, names: ['a'], retired: [], edited };
    expect(await saveRoles(directory, stored)).toBe(false);
    expect((await readAllRoles(directory)).roles.find(({ name }) => name === 'a')).toEqual(stale);
  });
});

describe('many roles', () => {
  test('beyond what one request reads are all read, and may still be edited', async () => {
    const roles = Array.from({ length: 250 }, (_, at) => ({
      ...role(`role-${at}`, { a: ['r'] }),
      effective: { a: ['r' as const] },
      ancestors: [],
    }));
    for (let start = 0; start < roles.length; start += 50) {
      const heirs = roles.slice(start, start + 50);
      const names = roles.slice(0, start + 50).map(({ name }) => name);
      await saveRoles(directory, { version: start / 50, names, retired: [], heirs });
    }
    expect((await readAllRoles(directory)).roles).toEqual(roles);
    await edit(role('role-0', { b: ['r'] }));
    expect((await effective())['role-0']).toEqual({ b: ['r'] });
  });

  test('that would all change at once are refused, and nothing changes', async () => {
    const heirs = Array.from({ length: 99 }, (_, at) => ({
      ...role(`heir-${at}`, {}, ['top']),
      effective: {},
      ancestors: ['top'],
    }));
    const names = ['top', ...heirs.map(({ name }) => name)];
    await edit(role('top'));
    await saveRoles(directory, { version: 1, names, retired: [], heirs });
    await expect(edit(role('top', { a: ['r'] }))).rejects.toMatchObject({
      said: { code: 'invalid_request' },
      message: 'parents: more than 98 roles would change',
    });
    expect((await effective())['top']).toEqual({});
  });
});

test('a role that permits more than can be stored of it is refused, and nothing is written', async () => {
  await createDomain(directory, { name: 'mydomain.com', disabled: false, generation: 7 });
  await nameContent(directory);
  const noise = () => Buffer.from(crypto.getRandomValues(new Uint8Array(48))).toString('base64url');
  const acl: Acl = Object.fromEntries(Array.from({ length: 9000 }, () => [noise(), ['r']]));
  const edited = { ...role('huge', acl), ancestors: [], effective: acl };
  const change = { ...(await readAllRoles(directory)), names: ['huge'], edited };
  await expect(saveRoles(directory, change)).rejects.toMatchObject({
    ...{ status: 400, message: 'acl: the roles permit more than can be stored of them' },
    said: { field: 'acl', rule: 'roles-too-large' },
  });
  expect((await readAllRoles(directory)).roles).toEqual([]);
});
