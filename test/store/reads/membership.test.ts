/** A subject's domain and roles, read by item or by name: the same, whatever this instance knew before. */
import { beforeEach, describe, expect, inject, test } from 'vitest';
import type { Table } from '../../../lib/aws/table.ts';
import {
  nameContent,
  spreadContent,
  unnameContent,
} from '../../../lib/manage/deployment/name-content.ts';
import { editRole } from '../../../lib/manage/roles/edit.ts';
import { createDomain } from '../../../lib/store/directory/domains.ts';
import { REGISTRY, saveRegistry } from '../../../lib/store/directory/resources.ts';
import { saveRoles } from '../../../lib/store/directory/save-roles.ts';
import { manifestKey } from '../../../lib/store/named/manifest.ts';
import { busiestShare } from '../../../lib/store/reads/busiest.ts';
import { readMembership } from '../../../lib/store/reads/membership.ts';
import { freshTables, localClient } from '../../support/running/tables.ts';

const ACL = { cdr: ['r' as const] };
const role = (name: string, parents: string[] = []) => ({ name, number: 0, parents, acl: ACL });
const MEMBER = { domain: 'a.com', roles: ['second', 'gone', 'first'] };

let directory: Table;
/** Of another instance, which remembers nothing of ours. */
let others: Table;
beforeEach(async () => {
  ({ directory } = await freshTables());
  others = { ...directory, client: localClient(inject('dynamodb')) };
  await createDomain(others, { name: 'a.com', disabled: false, generation: 7 });
  await saveRegistry(others, { version: 0, patterns: {} }, { cdr: [] });
  await editRole(others, role('first'));
  await editRole(others, role('second', ['first']));
  await editRole(others, role('third'));
});
const found = async (member = MEMBER) => {
  const { domain, roles } = await readMembership(directory, member);
  return [domain?.generation, roles.map(({ name }) => name)];
};
const FOUND = [7, ['second', 'first']];

describe('a subject has its domain, and its roles that there are, in their order,', () => {
  test('whatever has been named or spread since they were read last', async () => {
    expect(await found()).toEqual(FOUND);
    for (const change of [
      () => nameContent(others, { buckets: 2, shards: 3 }),
      () => spreadContent(others, { buckets: 1, shards: 1 }),
      () => spreadContent(others, { buckets: 4, shards: 4 }),
      () => unnameContent(others),
      () => nameContent(others, { buckets: 1, shards: 2 }),
    ]) {
      await change();
      for (let times = 0; times < 3; times++) expect(await found()).toEqual(FOUND);
    }
  });

  test.each(['by item', 'by name'])('with all that they permit, read %s', async (how) => {
    if (how === 'by name') await nameContent(others);
    const { domain, roles } = await readMembership(directory, MEMBER);
    expect(domain).toMatchObject({ name: 'a.com', disabled: false });
    expect(roles).toEqual([
      { name: 'second', number: 0, effective: ACL, ancestors: ['first'] },
      { name: 'first', number: 0, effective: ACL, ancestors: [] },
    ]);
  });

  test('and nothing of what is not there', async () => {
    expect(await found({ domain: 'gone.com', roles: ['gone'] })).toEqual([undefined, []]);
    expect(await found({ domain: 'a.com', roles: [] })).toEqual([7, []]);
    await nameContent(others);
    expect(await found({ domain: 'gone.com', roles: ['gone'] })).toEqual([undefined, []]);
    expect(await found({ domain: 'a.com', roles: [] })).toEqual([7, []]);
  });

  test.each(['by item', 'by name'])('of which fifty are read %s', async (how) => {
    const names = Array.from({ length: 51 }, (_, at) => `role-${String(at).padStart(2, '0')}`);
    const heirs = names.map((name) => ({ ...role(name), effective: ACL, ancestors: [] }));
    const { directory: own } = await freshTables();
    await saveRoles(own, { version: 0, names, retired: [], heirs });
    await saveRegistry(own, { version: 0, patterns: {} }, {});
    if (how === 'by name') await nameContent(own);
    const { roles } = await readMembership(own, { domain: 'a.com', roles: names });
    expect(roles.map(({ name }) => name)).toEqual(names.slice(0, 50));
  });
});

test('of all reads one item takes most: the registry, or its part of the manifests', async () => {
  const shareOf = (key: { pk: string; sk: string }) => busiestShare(directory)(key);
  const OTHER = { pk: 'user-1', sk: 'subject' };
  expect([shareOf(REGISTRY), shareOf(manifestKey(0, 0)), shareOf(OTHER)]).toEqual([1, 1, 0]);
  await nameContent(others, { buckets: 2, shards: 4 });
  // It learns of a spread as it reads.
  await found();
  await found();
  expect([shareOf(manifestKey(1, 3)), shareOf(OTHER)]).toEqual([1 / 4, 0]);
});
