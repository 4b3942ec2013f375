/** Callers in several copies, by the admin API: who may, what is refused, and that what is revoked is revoked. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { batchGet, type Item, type Key, type Table } from '../../../lib/aws/table.ts';
import { nameContent, unnameContent } from '../../../lib/manage/deployment/name-content.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { copyKey } from '../../../lib/store/spread/copies.ts';
import { form, posted, tokenOf } from '../../support/actors/clients.ts';
import { makeRole } from '../../support/actors/roles.ts';
import { httpCall } from '../../support/calls/events.ts';
import { type Admin, all, type Caller, startAdmin } from '../../support/running/admin.ts';
import { outcome } from '../../support/running/service.ts';
import { eventsIn } from '../../support/running/trail.ts';

let service: Admin;
let root: Caller;
let admin: Caller;
beforeAll(async () => {
  service = await startAdmin();
  await makeRole(service, { name: 'reader', acl: { cdr: ['r'] } });
});
beforeEach(async () => {
  root = await service.by('100@mydomain.com');
  admin = await service.by('demoadmin');
});
afterAll(() => service.stop());

let count = 0;
async function addClient() {
  count += 1;
  const body = { id: `hot-${count}`, name: 'Hot', roles: ['reader'], scopes: ['full_access'] };
  const made = await service.admin(root, 'POST /clients', { body });
  expect(made.status).toBe(201);
  return { id: body.id, secret: String(made.body['secret']), place: `/clients/${body.id}` };
}
async function addKey(owner?: string) {
  const body = { name: 'hot', acl: { cdr: ['r'] }, ...(owner !== undefined && { owner }) };
  const made = await service.admin(root, 'POST /keys', { body });
  expect(made.status).toBe(201);
  return { text: String(made.body['key']), place: `/keys/${made.body['id']}`, etag: made.etag };
}
const change = (place: string, body: unknown, { etag = '*', who = root } = {}) =>
  service.admin(who, `PATCH ${place}`, { body, headers: { 'if-match': etag } });
/** Often enough for each of a few copies to be met. */
async function use(token: string, calls = 16): Promise<number[]> {
  const headers = { authorization: `Bearer ${token}` };
  const seen = new Set<number>();
  for (let made = 0; made < calls; made++)
    seen.add((await outcome(() => service.authorizer(httpCall('GET /cdr/7', headers)))).status);
  return [...seen];
}
async function copiesOf(table: Table, at: Key): Promise<Item[]> {
  const wanted = Array.from({ length: 66 }, (_, copy) => ({ table, key: copyKey(at, copy) }));
  return (await batchGet(wanted)).filter((item) => item !== undefined);
}
const copiesOfSession = async (client: string, token: string) => {
  const { sid } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return (await copiesOf(service.tables.sessions, { pk: client, sk: `session#${sid}` })).length;
};
const copiesOfSubject = async (id: string) =>
  (await copiesOf(service.tables.directory, subjectKey(id))).length;

describe.each(['client', 'key'] as const)('the spread of a %s', (kind) => {
  const add = async () => (kind === 'key' ? addKey() : addClient());

  test('is set, shown, listed, lowered, and part of its ETag', async () => {
    const { place } = await add();
    const read = () => service.admin(root, `GET ${place}`);
    expect((await read()).body).not.toHaveProperty('spread');
    const { etag } = await read();
    const set = await change(place, { spread: 4 }, { etag });
    expect(set).toMatchObject({ status: 200, body: { spread: 4 } });
    expect(await read()).toMatchObject({ body: { spread: 4 }, etag: set.etag });
    expect(set.etag).not.toBe(etag);
    expect(await all(service, root, kind === 'key' ? '/keys' : '/clients')).toEqual(
      expect.arrayContaining([expect.objectContaining({ spread: 4 })]),
    );
    expect(await change(place, { spread: 2 }, { etag })).toMatchObject({ status: 412 });
    const both = await change(place, { spread: 1, disabled: true });
    expect(both).toMatchObject({ status: 200, body: { disabled: true } });
    expect(both.body).not.toHaveProperty('spread');
  });

  test('stays what it is when something else is changed', async () => {
    const { place } = await add();
    await change(place, { spread: 3 });
    for (const disabled of [true, false])
      expect(await change(place, { disabled })).toMatchObject({
        status: 200,
        body: { spread: 3, disabled },
      });
  });

  test.each([0, 65, -1, 1.5, '8', null, true])(
    'is refused as %j, and nothing is changed',
    async (spread) => {
      const { place } = await add();
      const before = await service.admin(root, `GET ${place}`);
      expect(await change(place, { spread, disabled: true })).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'spread' }] },
      });
      expect((await service.admin(root, `GET ${place}`)).etag).toBe(before.etag);
    },
  );

  test('is root’s alone to say, and with it whatever else is in the change', async () => {
    const { place } = await add();
    const before = await service.admin(root, `GET ${place}`);
    for (const spread of [1, 8]) {
      const refused = await change(place, { spread, disabled: true }, { who: admin });
      expect([403, 404]).toContain(refused.status);
    }
    expect((await service.admin(root, `GET ${place}`)).etag).toBe(before.etag);
  });

  test('is told of with the change', async () => {
    const { place } = await add();
    await change(place, { spread: 5 });
    const told = (await eventsIn(service.tables.events)).filter(
      ({ type, after }) => type === `${kind}.changed` && after?.['spread'] === 5,
    );
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).not.toContain('since');
  });
});

test('a domain administrator does not spread what is of the own domain', async () => {
  const body = { name: 'own', acl: { cdr: ['r'] } };
  const made = await service.admin(admin, 'POST /keys', { body });
  const refused = await change(`/keys/${made.body['id']}`, { spread: 2 }, { who: admin });
  expect([made.status, refused.status]).toEqual([201, 403]);
});

test('a key in copies is refused from the next call on, switched off, renewed or deleted', async () => {
  const { id } = await addClient();
  const { place, text } = await addKey(id);
  await change(place, { spread: 3 });
  expect(await copiesOfSubject(id)).toBe(3);
  expect(await use(text)).toEqual([200]);
  await change(place, { disabled: true });
  expect(await use(text)).toEqual([401]);
  await change(place, { disabled: false });
  expect(await use(text)).toEqual([200]);
  const renewed = await service.admin(root, `POST ${place}/secret`, { body: {} });
  expect([await use(text), await use(String(renewed.body['key']))]).toEqual([[401], [200]]);
  expect(await service.admin(root, `DELETE ${place}`)).toMatchObject({ status: 204 });
  expect(await use(String(renewed.body['key']))).toEqual([401]);
  expect(await copiesOfSubject(id)).toBe(0);
});

test('the token of a client is in no copies for the sake of a key of that client', async () => {
  const client = await addClient();
  const { place } = await addKey(client.id);
  await change(place, { spread: 3 });
  expect(await copiesOfSubject(client.id)).toBe(3);
  const token = await tokenOf(service, client);
  expect([await use(token), await copiesOfSession(client.id, token)]).toEqual([[200], 0]);
});

test('the token of a client in copies is refused once it is revoked, or ended by an administrator', async () => {
  const client = await addClient();
  // Let in once, so that the next session is written ahead, as the client was seen.
  await tokenOf(service, client);
  await change(client.place, { spread: 3 });
  const tokens = [await tokenOf(service, client), await tokenOf(service, client)];
  const [first = '', second = ''] = tokens;
  for (const token of tokens) expect(await use(token)).toEqual([200]);
  const copies = (token: string) => copiesOfSession(client.id, token);
  expect([await copies(first), await copies(second)]).toEqual([3, 3]);

  const revocation = form({ ...posted(client), token: first });
  expect((await service.send('POST /oauth/revoke', revocation)).status).toBe(200);
  expect([await use(first), await use(second), await copies(first)]).toEqual([[401], [200], 0]);

  const sessions = await all(service, root, `/sessions?subject=${client.id}`);
  for (const { id } of sessions)
    expect((await service.admin(root, `DELETE /sessions/${id}`)).status).toBe(204);
  expect([await use(second), await copies(second)]).toEqual([[401], 0]);
});

test('where the memory is off a spread is a conflict, and none counts', async () => {
  const { place, text } = await addKey();
  await change(place, { spread: 3 });
  const { directory } = service.tables;
  await unnameContent(directory);
  const refused = await change(place, { spread: 4 });
  expect(refused).toMatchObject({ status: 409, body: { rule: 'spread-without-memory' } });
  expect(await use(text)).toEqual([200]);
  await change(place, { disabled: true });
  expect(await use(text)).toEqual([401]);
  expect(await change(place, { spread: 1 })).toMatchObject({ status: 200 });
  await nameContent(directory);
  expect(await use(text)).toEqual([401]);
});
