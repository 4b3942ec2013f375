/**
 * What a change asks of the database: everything is read in the attempt that writes, and what was written
 * is the answer. So it costs few requests, and loses nothing that somebody else wrote meanwhile.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { editRole } from '../../../lib/manage/roles/edit.ts';
import { readDomain, saveDomain } from '../../../lib/store/directory/domains.ts';
import { findUserId } from '../../../lib/store/directory/login-owners.ts';
import { readRegistry, saveRegistry } from '../../../lib/store/directory/resources.ts';
import { readRoots } from '../../../lib/store/directory/users.ts';
import { makeDomain, makeRole } from '../../support/actors/roles.ts';
import { type Admin, type Caller, startAdmin } from '../../support/running/admin.ts';
import { actionsDuring } from '../../support/running/proxy.ts';

let service: Admin;
let root: Caller;

beforeAll(async () => {
  service = await startAdmin();
  root = await service.by('100@mydomain.com');
  await makeRole(service, { name: 'clerk', acl: { cdr: ['r'] } });
  await makeDomain(service, 'far.com');
  await addPatterns(['/ledger']);
  // The function has the public keys then.
  await service.admin(root, 'GET /roles/clerk');
});
afterEach(() => service.dynamodb.heal());
afterAll(() => service.stop());

const directory = () => service.tables.directory;
const change = (place: string, body: object, etag = '*') =>
  service.admin(root, `PATCH ${place}`, { body, headers: { 'if-match': etag } });

async function addPatterns(ledger: string[]): Promise<void> {
  const read = await readRegistry(directory());
  await saveRegistry(directory(), read, { ...read.patterns, ledger });
}

/** Somebody else writes between the read and the write of the first attempt. */
function meanwhile(other: () => Promise<unknown>): void {
  let isFirst = true;
  service.dynamodb.inject(async ({ action }) => {
    if (action !== 'TransactWriteItems' || !isFirst) return undefined;
    isFirst = false;
    await other();
    return undefined;
  });
}

/** Of each call: that of its verdict. */
const JUDGED = ['BatchGetItem'];
/** What is listed, the first manifest and the others. */
const LISTED = ['GetItem', 'GetItem', 'BatchGetItem'];

describe('a change, its verdict apart, costs', () => {
  test.each<[string, string, object, string[]]>([
    // The list of roles and the registry, each with the manifests, and what of content is new to the
    // instance; the new content of the role, and the end of the old.
    [
      'of a role ten',
      '/roles/clerk',
      { acl: { cdr: ['u'] } },
      [...LISTED, ...LISTED, 'BatchGetItem', 'PutItem', 'UpdateItem'],
    ],
    // And its brand, for the answer.
    ['of a domain three', '/domains/far.com', {}, ['GetItem', 'BatchGetItem']],
    // And its title, which no verdict reads and so is an item of its own.
    ['of a resource five', '/resources/ledger', {}, [...LISTED, 'GetItem']],
    ['of the settings two', '/settings', {}, ['GetItem']],
  ])('%s requests', async (_case, place, body, reads) => {
    const sent = await actionsDuring(service.dynamodb, async () =>
      expect((await change(place, body)).status).toBe(200),
    );
    expect(sent.sort()).toEqual([...JUDGED, ...reads, 'TransactWriteItems'].sort());
  });

  test('and its ETag is that of what is there', async () => {
    for (const place of ['/roles/clerk', '/domains/far.com', '/resources/ledger']) {
      const changed = await change(place, {});
      const read = await service.admin(root, `GET ${place}`);
      expect([changed.etag, changed.body]).toEqual([read.etag, read.body]);
    }
  });

  test('of a new role eleven requests', async () => {
    const body = { name: 'usher', parents: ['clerk'], acl: { book: ['r'] } };
    const sent = await actionsDuring(service.dynamodb, async () =>
      expect((await service.admin(root, 'POST /roles', { body })).status).toBe(201),
    );
    // And who still holds a role of that name: subjects, keys of domains, a setting.
    const holders = ['Query', 'Query', 'GetItem'];
    const reads = [...LISTED, ...LISTED];
    const writes = ['PutItem', 'TransactWriteItems'];
    expect(sent.sort()).toEqual([...JUDGED, ...reads, ...holders, ...writes].sort());
  });
});

describe('what somebody else writes meanwhile', () => {
  test('stays, where a change of a role says nothing of it', async () => {
    const edit = { name: 'clerk', number: -1, parents: [] };
    await editRole(directory(), { ...edit, acl: { cdr: ['r'] } });
    meanwhile(() => editRole(directory(), { ...edit, acl: { cdr: ['r'], book: ['d'] } }));
    const changed = await change('/roles/clerk', { acl: { cdr: ['u'] } });
    expect(changed).toMatchObject({ status: 200, body: { acl: { cdr: ['u'], book: ['d'] } } });
  });

  test('stays, where a change of a domain says nothing of it', async () => {
    meanwhile(async () => {
      const before = await readDomain(directory(), 'far.com');
      if (before) await saveDomain(directory(), before, { ...before, disabled: true });
    });
    expect((await change('/domains/far.com', {})).body).toMatchObject({ disabled: true });
    expect(await readDomain(directory(), 'far.com')).toMatchObject({ disabled: true });
  });

  test('stays, where a change of a resource says nothing of it', async () => {
    meanwhile(() => addPatterns(['/ledgers/{id}']));
    const changed = await change('/resources/ledger', {});
    expect(changed.body).toMatchObject({ patterns: ['/ledgers/{id}'] });
  });

  test.each<[string, () => Promise<unknown>, object]>([
    [
      '/roles/clerk',
      () => editRole(directory(), { name: 'clerk', number: -1, parents: [], acl: { cdr: ['c'] } }),
      { acl: { cdr: ['d'] } },
    ],
    ['/resources/ledger', () => addPatterns(['/books']), { patterns: ['/mine'] }],
  ])('is not overwritten by whoever has not seen it: %s (412)', async (place, other, body) => {
    const { etag } = await service.admin(root, `GET ${place}`);
    meanwhile(other);
    expect((await change(place, body, etag)).status).toBe(412);
  });

  test('decides: a domain that is switched off while a root is made in it has none (409)', async () => {
    await makeDomain(service, 'closing.com');
    meanwhile(async () => {
      const before = await readDomain(directory(), 'closing.com');
      const { unchanged } = await readRoots(directory());
      if (before) await saveDomain(directory(), before, { ...before, disabled: true }, [unchanged]);
    });
    const user = { username: 'late@closing.com', password: 'secret', domain: 'closing.com' };
    const made = await service.admin(root, 'POST /users', { body: { ...user, roles: ['root'] } });
    expect(made).toMatchObject({ status: 409, body: { errors: [{ field: 'roles' }] } });
    expect(await findUserId(directory(), user.username)).toBeUndefined();
  });
});
