/**
 * A10: what an administrator made outlives that administrator: it is found by who made it, whoever it
 * belongs to, it ends by itself, and it can be ended. Real function, real store.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findUserId } from '../../../lib/store/directory/login-owners.ts';
import type { Acl } from '../../../lib/store/directory/roles.ts';
import { sendJson } from '../../support/actors/accounts.ts';
import { makeDomain, makeRole, makeUser } from '../../support/actors/roles.ts';
import { type Admin, all, type Caller, startAdmin } from '../../support/running/admin.ts';
import { advance, START } from '../../support/running/service.ts';

const NOW = START.getTime() / 1000;
const YEAR = 31_536_000;
const DAY = 86_400;

let service: Admin;
let root: Caller;
let leaver: Caller;
let leaverId: string;

beforeAll(async () => {
  service = await startAdmin();
  await makeDomain(service, 'far.com');
  root = await service.by('100@mydomain.com');
  const acl: Acl = { 'admin/keys': ['*'], 'admin/domain-tokens': ['*'], domain: ['*'], cdr: ['*'] };
  await makeRole(service, { name: 'keeper', acl });
  leaverId = (await makeUser(service, 'leaver', ['keeper'])).id;
  await makeUser(service, 'other', ['keeper']);
  await makeUser(service, 'machine-owner', ['keeper']);
  leaver = await service.by('leaver');
});
afterAll(() => service.stop());

const idOf = async (username: string) =>
  (await findUserId(service.tables.directory, username)) ?? '';
const keyOf = async (who: Caller, body: object = {}) => {
  const made = await service.admin(who, 'POST /keys', { body: { name: 'key', ...body } });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body;
};
async function tokenBy(who: Caller, days = 7): Promise<string> {
  const [, token = ''] = String(who.headers['authorization']).split(' ');
  const body = { role: 'keeper', expire: (NOW + days * DAY) * 1000 };
  const call = 'POST /api/v2/domains/mydomain.com/settings/token';
  const made = await service.send(call, sendJson(body, token));
  expect(made.status, made.text).toBe(200);
  return String((made.body['info'] as { token: string }).token);
}
const madeBy = (who: Caller, creator: string, place = '/keys') =>
  all(service, who, `${place}?createdBy=${creator}`);
const idsOf = (items: { id?: unknown }[]) => items.map(({ id }) => id).sort();

describe('A10: keys and tokens by who made them', () => {
  let own: Record<string, unknown>;
  let others: Record<string, unknown>;
  beforeAll(async () => {
    own = await keyOf(leaver);
    others = await keyOf(leaver, { owner: await idOf('machine-owner') });
    await keyOf(root, { owner: leaverId });
    await tokenBy(leaver);
    await tokenBy(root);
  });

  test('are all of theirs, whoever they belong to, and no others', async () => {
    const keys = await madeBy(root, leaverId);
    expect(idsOf(keys)).toEqual(idsOf([own, others]));
    for (const key of keys) expect(key['createdBy']).toBe(leaverId);
    const tokens = await madeBy(root, leaverId, '/domain-tokens');
    expect(tokens).toMatchObject([{ domain: 'mydomain.com', createdBy: leaverId }]);
  });

  test('are found in pages of one', async () => {
    const keys = await all(service, root, `/keys?createdBy=${leaverId}`, 1);
    expect(idsOf(keys)).toEqual(idsOf([own, others]));
  });

  test('are found when whoever made them is gone', async () => {
    const { id } = await makeUser(service, 'gone', ['keeper']);
    const made = await keyOf(await service.by('gone'), { owner: await idOf('machine-owner') });
    await service.admin(root, `DELETE /users/${id}`);
    expect(idsOf(await madeBy(root, id))).toEqual([made['id']]);
  });

  test('are none of another domain, for an administrator of one', async () => {
    await keyOf(root, { owner: 'domain#far.com', roles: ['keeper'] });
    const roots = await idOf('100@mydomain.com');
    const owners = (await madeBy(await service.by('other'), roots)).map((one) => one['owner']);
    expect(owners).toContain(leaverId);
    expect(owners).not.toContain('domain#far.com');
    expect((await madeBy(root, roots)).map((one) => one['owner'])).toContain('domain#far.com');
  });

  test('are one’s own alone, for who may see only those', async () => {
    await makeRole(service, { name: 'self', acl: { 'admin/keys': ['ro'] } });
    await makeUser(service, 'selfish', ['self']);
    expect(await madeBy(await service.by('selfish'), leaverId)).toEqual([]);
  });

  test('end, and are found no more', async () => {
    const key = await keyOf(leaver, { owner: await idOf('machine-owner') });
    const use = { headers: { 'x-api-key': String(key['key']) } };
    expect((await service.admin(use, 'GET /keys')).status).toBe(200);
    for (const { id } of await madeBy(root, leaverId))
      expect((await service.admin(root, `DELETE /keys/${id}`)).status).toBe(204);
    for (const { id } of await madeBy(root, leaverId, '/domain-tokens'))
      expect((await service.admin(root, `DELETE /domain-tokens/${id}`)).status).toBe(204);
    expect(await madeBy(root, leaverId)).toEqual([]);
    expect(await madeBy(root, leaverId, '/domain-tokens')).toEqual([]);
    expect((await service.admin(use, 'GET /keys')).status).toBe(401);
  });

  test('what has expired is no more', async () => {
    await keyOf(leaver, { expiresAt: NOW + 60 });
    advance(60);
    expect(await madeBy(root, leaverId)).toEqual([]);
    advance(-60);
  });

  test.each(['/keys?createdBy=', '/keys?createdBy=a&owner=b', '/keys?createdBy=a&createdBy=b'])(
    'GET %s is a 400',
    async (place) => expect((await service.admin(root, `GET ${place}`)).status).toBe(400),
  );
  test.each(['createdBy=', 'createdBy=a&domain=mydomain.com'])(
    'GET /domain-tokens?%s is a 400',
    async (query) =>
      expect((await service.admin(root, `GET /domain-tokens?${query}`)).status).toBe(400),
  );
  test.each(['nobody', 'a%23b', 'x'.repeat(200), '%F0%9F%90%8E', 'created%23x'])(
    'of %s there are none',
    async (creator) => expect(await madeBy(root, creator)).toEqual([]),
  );
});

describe('A10: a key ends', () => {
  const settings = (change: object) =>
    service.admin(root, 'PATCH /settings', { body: change, headers: { 'if-match': '*' } });
  const expiryOf = async (body: object = {}) => (await keyOf(root, body))['expiresAt'];
  const statusOf = async (body: object) =>
    (await service.admin(root, 'POST /keys', { body: { name: 'key', ...body } })).status;

  test('after a year, unless something else is said', async () => {
    expect(await expiryOf()).toBe(NOW + YEAR);
    expect(await expiryOf({ expiresAt: NOW + 60 })).toBe(NOW + 60);
    expect(await expiryOf({ expiresAt: null })).toBeUndefined();
    expect((await service.admin(root, 'GET /settings')).body).toMatchObject({ keyLifetime: YEAR });
  });

  test('after what the settings say, and never later than their bound', async () => {
    expect((await settings({ keyLifetime: 30 * DAY, maxKeyLifetime: 90 * DAY })).status).toBe(200);
    expect(await expiryOf()).toBe(NOW + 30 * DAY);
    expect(await expiryOf({ expiresAt: NOW + 90 * DAY })).toBe(NOW + 90 * DAY);
    const refused = await service.admin(root, 'POST /keys', {
      body: { name: 'key', expiresAt: NOW + 90 * DAY + 1 },
    });
    expect([refused.status, refused.body['rule']]).toEqual([400, 'expiry-beyond-bound']);
    expect(refused.body['detail']).toContain(String(90 * DAY));
    expect(await statusOf({ expiresAt: null })).toBe(400);
    expect((await settings({ keyLifetime: null, maxKeyLifetime: 7 * DAY })).status).toBe(200);
    expect(await expiryOf()).toBe(NOW + 7 * DAY);
  });

  test('the bound is one of domain tokens, too', async () => {
    expect((await settings({ maxKeyLifetime: 3 * DAY })).status).toBe(200);
    await tokenBy(root, 3);
    await expect(tokenBy(root, 4)).rejects.toThrow();
  });

  test('as the settings say is root’s to say, and of a form', async () => {
    for (const bad of [0, 59, -1, 1.5, 1e12, '60', 3_155_760_001, true])
      for (const name of ['keyLifetime', 'maxKeyLifetime'])
        expect((await settings({ [name]: bad })).status, `${name} ${bad}`).toBe(400);
    const by = { body: { maxKeyLifetime: null }, headers: { 'if-match': '*' } };
    expect((await service.admin(leaver, 'PATCH /settings', by)).status).toBe(403);
    const { body } = await settings({ keyLifetime: null, maxKeyLifetime: null });
    expect(body).toMatchObject({ keyLifetime: YEAR });
    expect(body).not.toHaveProperty('maxKeyLifetime');
  });
});
