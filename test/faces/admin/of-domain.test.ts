/** Sessions and API keys of a whole domain. Real functions, real store; nothing patched. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendJson } from '../../support/actors/accounts.ts';
import { addClient, tokenOf } from '../../support/actors/clients.ts';
import { makeDomain, makeRole, makeUser } from '../../support/actors/roles.ts';
import { type Admin, all, type Caller, startAdmin } from '../../support/running/admin.ts';
import { advance, START } from '../../support/running/service.ts';

const NOW = START.getTime() / 1000;
let service: Admin;
let root: Caller;
let near: Caller;
let self: Caller;
let annId: string;

beforeAll(async () => {
  service = await startAdmin();
  await makeDomain(service, 'near.com');
  await makeRole(service, { name: 'reader', acl: { cdr: ['r'], book: ['r', 'u'] } });
  await makeRole(service, {
    name: 'selfish',
    acl: { 'admin/sessions': ['ro'], 'admin/keys': ['ro'] },
  });
  root = await service.by('100@mydomain.com');
  await makeUser(service, 'boss@near.com', ['admin'], 'near.com');
  annId = (await makeUser(service, 'ann@near.com', ['reader'], 'near.com')).id;
  await makeUser(service, 'self@near.com', ['selfish'], 'near.com');
  near = await service.by('boss@near.com');
  self = await service.by('self@near.com');
});
afterAll(() => service.stop());

type Row = Record<string, unknown>;
const sessions = (query = '', who = near, limit = 100): Promise<Row[]> =>
  all(service, who, `/sessions?domain=near.com${query}`, limit);
const keys = (who = near, limit = 100): Promise<Row[]> =>
  all(service, who, '/keys?domain=near.com', limit);
const counted = (rows: Row[], name: string) =>
  Object.fromEntries(
    [...Map.groupBy(rows, (row) => String(row[name]))].map(([value, some]) => [value, some.length]),
  );

describe('the sessions of a domain', () => {
  const password = 'correct horse battery';
  beforeAll(async () => {
    const body = { password };
    const sent = { body, headers: { 'if-match': '*' } };
    expect((await service.admin(root, `PATCH /users/${annId}`, sent)).status).toBe(200);
    const user = { username: 'ann@near.com', password };
    await service.login(user.username, password);
    await service.login(user.username, password);
    expect((await service.send('POST /user/auth', sendJson(user))).status).toBe(200);
    await tokenOf(service, await addClient(service, { domain: 'near.com' }));
  });

  test('are those of its users and clients, by whichever door, and of nobody else', async () => {
    const rows = await sessions();
    expect(counted(rows, 'username')).toMatchObject({
      'boss@near.com': 1,
      'self@near.com': 1,
      'ann@near.com': 3,
    });
    expect(counted(rows, 'kind')).toEqual({ webitel: 4, appmixer: 1, client_credentials: 1 });
    expect(await sessions('', root)).toHaveLength(rows.length);
    const others = await all(service, near, '/sessions?domain=mydomain.com');
    expect(others).toEqual([]);
  });

  test.each([1, 2, 3, 5])(
    'come in pages of %d, each once, the last to expire first',
    async (limit) => {
      const [whole, rows] = [await sessions(), await sessions('', near, limit)];
      expect(rows.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
      const ends = rows.map(({ expiresAt }) => Number(expiresAt));
      expect(ends).toEqual(ends.toSorted((left, right) => right - left));
    },
  );

  test('are narrowed by kind, client and address, also in small pages', async () => {
    expect(await sessions('&kind=appmixer')).toHaveLength(1);
    expect(await sessions('&kind=webitel', near, 1)).toHaveLength(4);
    expect(await sessions('&client=webitel&kind=appmixer')).toEqual([]);
    expect(await sessions('&address=192.0.2.1', near, 2)).toHaveLength(6);
    expect(await sessions('&address=198.51.100.7')).toEqual([]);
    const own = `/sessions?subject=${annId}`;
    expect(await all(service, near, `${own}&kind=webitel`)).toHaveLength(2);
    expect(await all(service, near, `${own}&address=198.51.100.7`)).toEqual([]);
  });

  test('are read without a Scan', async () => {
    const from = service.dynamodb.requests.length;
    await sessions('&kind=appmixer');
    const actions = service.dynamodb.requests.slice(from).map(({ action }) => action);
    expect(actions).not.toContain('Scan');
    expect(actions.filter((action) => action === 'Query')).toHaveLength(4);
  });

  test('one that has ended is not among them, nor is any of who was signed out', async () => {
    const [gone] = await sessions('&kind=appmixer');
    expect((await service.admin(root, `DELETE /sessions/${gone?.['id']}`)).status).toBe(204);
    expect(await sessions('&kind=appmixer')).toEqual([]);
    expect((await service.admin(root, `DELETE /sessions?subject=${annId}`)).status).toBe(204);
    expect(counted(await sessions(), 'username')).not.toHaveProperty('ann@near.com');
  });

  test('are not for whoever may only see what is its own', async () => {
    const refused = await service.admin(self, 'GET /sessions?domain=near.com');
    expect([refused.status, refused.body['rule']]).toEqual([403, 'own-only']);
  });

  test('cannot stand beside those of a subject', async () => {
    const call = `GET /sessions?domain=near.com&subject=${annId}`;
    const refused = await service.admin(near, call);
    expect([refused.status, refused.body['rule']]).toEqual([400, 'subject-beside-domain']);
  });
});

describe('the keys of a domain', () => {
  const make = async (name: string, body: object, who = near) => {
    const made = await service.admin(who, 'POST /keys', { body: { name, ...body } });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body;
  };
  beforeAll(async () => {
    await make(
      'late',
      { owner: annId, acl: { cdr: ['r'], book: ['r'] }, expiresAt: NOW + 900 },
      root,
    );
    await make('soon', { owner: annId, roles: ['reader'], expiresAt: NOW + 600 }, root);
    await make('never', { owner: 'domain#near.com', roles: ['reader'], expiresAt: null }, root);
    await make('elsewhere', { acl: { cdr: ['r'] } }, root);
  });

  test('are those of its users, clients and its own, the first to expire first', async () => {
    const rows = await keys();
    expect(rows.map(({ name, ownerName }) => [name, ownerName])).toEqual([
      ['soon', 'ann@near.com'],
      ['late', 'ann@near.com'],
      ['never', 'near.com'],
    ]);
    expect((await keys(root, 1)).map(({ name }) => name)).toEqual(['soon', 'late', 'never']);
    expect(await all(service, near, '/keys?domain=mydomain.com')).toEqual([]);
  });

  test('say what their owner’s roles leave of them at this moment', async () => {
    const left = async () =>
      Object.fromEntries((await keys()).map((key) => [key['name'], key['left']]));
    expect(await left()).toMatchObject({
      soon: { cdr: ['r'], book: ['r', 'u'] },
      late: { cdr: ['r'], book: ['r'] },
    });
    const sent = { body: { acl: { book: null } }, headers: { 'if-match': '*' } };
    expect((await service.admin(root, 'PATCH /roles/reader', sent)).status).toBe(200);
    expect(await left()).toMatchObject({ soon: { cdr: ['r'] }, late: { cdr: ['r'] } });
    const [soon] = await keys();
    const shown = await service.admin(near, `GET /keys/${soon?.['id']}`);
    expect(shown.body).toMatchObject({ left: { cdr: ['r'] }, ownerName: 'ann@near.com' });
  });

  test('are without one that is deleted, and say nothing is left of one that is off', async () => {
    const [soon, late] = await keys();
    const off = { body: { disabled: true }, headers: { 'if-match': '*' } };
    expect((await service.admin(root, `PATCH /keys/${late?.['id']}`, off)).status).toBe(200);
    expect((await keys())[1]).not.toHaveProperty('left');
    expect((await service.admin(root, `DELETE /keys/${soon?.['id']}`)).status).toBe(204);
    expect((await keys()).map(({ name }) => name)).toEqual(['late', 'never']);
  });

  test('are without one that has expired', async () => {
    advance(901);
    expect((await keys(root)).map(({ name }) => name)).toEqual(['never']);
  });

  test.each(['owner=x', 'createdBy=x'])('cannot stand beside %s', async (other) => {
    const refused = await service.admin(near, `GET /keys?domain=near.com&${other}`);
    expect([refused.status, refused.body['rule']]).toEqual([400, 'creator-beside-owner']);
  });

  test('are not for whoever may only see what is its own', async () => {
    expect((await service.admin(self, 'GET /keys?domain=near.com')).status).toBe(403);
  });
});
