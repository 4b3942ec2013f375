/**
 * Attacks that once went further, whole, as they were tried: who holds letters for own objects only, or a
 * key with few letters, or a token that was narrowed, goes from door to door. Real functions, real store.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findUserId } from '../../lib/store/directory/login-owners.ts';
import type { Acl } from '../../lib/store/directory/roles.ts';
import { sendJson } from '../support/actors/accounts.ts';
import { agree, openBrowser, refreshWith, tokensOf, webClient } from '../support/actors/grants.ts';
import { addUser } from '../support/actors/people.ts';
import { makeRole } from '../support/actors/roles.ts';
import { httpCall } from '../support/calls/events.ts';
import { type Admin, startAdmin } from '../support/running/admin.ts';
import { outcome } from '../support/running/service.ts';

type Headers = Record<string, string>;

const RESOURCES = [
  ...['acl/roles', 'domain', 'users', 'helpdesk/api_key', 'cdr/files', 'admin/audit'],
  ...['admin/users', 'admin/clients', 'admin/keys', 'admin/domain-tokens', 'admin/roles'],
  ...['admin/resources', 'admin/domains', 'admin/settings', 'admin/sessions', 'admin/statistics'],
  'admin/signing-keys',
];

let service: Admin;
let root: Headers;
let own: Headers;
let key: Headers;
/** In the place of a name in a path or a body. */
const ids: Record<string, string> = {};

const filled = (text: string) => text.replace(/<(\w+)>/g, (_, name: string) => ids[name] ?? '');

async function send(who: Headers, call: string, body?: unknown): Promise<number> {
  const [method = '', path = ''] = filled(call).split(' ');
  const headers = { ...who, 'if-match': '*' };
  const json: unknown = body === undefined ? undefined : JSON.parse(filled(JSON.stringify(body)));
  if (path.startsWith('/admin/api'))
    return (await service.admin({ headers }, `${method} ${path.slice(10)}`, { body: json })).status;
  const sent = json === undefined ? {} : sendJson(json, '');
  const all = { ...sent, headers: { ...sent.headers, ...headers } };
  return (await service.send(`${method} ${path}`, all)).status;
}

beforeAll(async () => {
  service = await startAdmin();
  root = (await service.by('100@mydomain.com')).headers;
  const letters: Acl[string] = ['co', 'ro', 'uo', 'do'];
  await makeRole(service, {
    name: 'ownall',
    acl: Object.fromEntries(RESOURCES.map((name) => [name, letters])),
  });
  await makeRole(service, { name: 'selfcare', acl: {} });
  const me = await addUser(service, { roles: ['ownall'] });
  own = (await service.by(me.username)).headers;
  const { directory } = service.tables;
  ids['me'] = me.id;
  ids['other'] = (await findUserId(directory, '200@mydomain.com')) ?? '';
  ids['root'] = (await findUserId(directory, '100@mydomain.com')) ?? '';
  const acl = {
    'admin/keys': ['c', 'r'],
    'admin/users': ['u', 'r'],
    'admin/clients': ['c', 'u', 'r'],
  };
  const body = { name: 'narrow', acl };
  const made = await service.admin({ headers: root }, 'POST /keys', { body });
  key = { 'x-api-key': String(made.body['key']) };
});
afterAll(() => service.stop());

const EXPIRE = Date.parse('2026-01-02T00:00:00Z');
const LONG = 'a password that is long enough';

describe('with letters for own objects on everything', () => {
  test.each<[string, unknown?]>([
    ['POST /admin/api/roles', { name: 'mine', acl: { 'cdr/files': ['ro'] } }],
    ['PATCH /admin/api/roles/user', { acl: { 'cdr/files': [] } }],
    ['DELETE /admin/api/roles/selfcare'],
    ['POST /api/v2/acl/roles', { roles: 'mine2', parents: '', allows: {} }],
    ['DELETE /api/v2/acl/roles/selfcare'],
    ['GET /admin/api/settings'],
    ['PATCH /admin/api/settings', { maxKeyLifetime: 60 }],
    ['GET /api/v1/helpdesk/api_key'],
    ['POST /api/v1/helpdesk/api_key', {}],
    ['POST /api/v2/domains/mydomain.com/settings/token', { expire: EXPIRE, role: 'ownall' }],
    ['POST /admin/api/users', { username: 'x1', password: LONG }],
    ['POST /admin/api/clients', { id: 'mine-c', name: 'x' }],
    ['POST /admin/api/keys', { name: 'mine', acl: { 'cdr/files': ['r'] } }],
    ['PUT /users/<me>', { scope: ['ownall', 'user'] }],
    ['PUT /users/<me>', { scope: [] }],
    ['PATCH /admin/api/users/<me>', { password: LONG }],
  ])('A5, A11: %s %j is refused (403)', async (call, body) =>
    expect(await send(own, call, body)).toBe(403),
  );

  test.each<[string, unknown?]>([
    ['GET /admin/api/users/<other>'],
    ['POST /admin/api/keys', { owner: '<other>', name: 'x', acl: { 'cdr/files': ['ro'] } }],
    [
      'POST /admin/api/keys',
      { owner: 'domain#mydomain.com', name: 'x', acl: { 'cdr/files': ['ro'] } },
    ],
    ['DELETE /admin/api/sessions?subject=<other>'],
    ['DELETE /admin/api/sessions?domain=mydomain.com'],
    ['GET /admin/api/keys?owner=<other>'],
  ])('A5: %s %j finds nothing (404)', async (call, body) =>
    expect(await send(own, call, body)).toBe(404),
  );

  test('A5: lists show what is one’s own, and nothing is gone', async () => {
    const listed = async (place: string) =>
      (await service.admin({ headers: own }, `GET ${place}`)).body['items'] as { id?: string }[];
    expect((await listed('/users')).map(({ id }) => id)).toEqual([ids['me']]);
    for (const place of ['/clients', '/domain-tokens', '/keys'])
      expect(await listed(place)).toEqual([]);
    expect(await send(root, 'GET /admin/api/roles/selfcare')).toBe(200);
    expect(await send(root, 'GET /admin/api/users/<other>')).toBe(200);
  });
});

describe('with a key of root that has few letters', () => {
  test.each<[string, unknown?]>([
    ['POST /admin/api/keys', { name: 'y', roles: ['root'] }],
    ['POST /admin/api/keys', { name: 'y' }],
    ['POST /admin/api/keys', { name: 'y', acl: { cdr: ['r'] } }],
    // What is grave is a person's, whatever a key may give on.
    ['POST /admin/api/keys', { name: 'y', acl: { 'admin/keys': ['c'] } }],
    ['PATCH /admin/api/users/<root>', { password: LONG }],
    ['PATCH /admin/api/users/<other>', { password: LONG }],
    [
      'POST /admin/api/clients',
      { id: 'cc1', name: 'x', roles: [], redirectUris: ['https://evil.test/'], consent: 'never' },
    ],
    ['POST /user/change-password', { oldPassword: 'secret', newPassword: LONG }],
    ['GET /user'],
    ['GET /api/v1/authenticate/user'],
  ])('A2, A12: %s %j is refused (403)', async (call, body) =>
    expect(await send(key, call, body)).toBe(403),
  );

  test('what it may, it does', async () =>
    expect(await send(key, 'GET /admin/api/users/<other>')).toBe(200));
});

describe('with a token that was narrowed at refresh', () => {
  const ADMINISTERS = 'admin/roles:r admin/roles:u admin/roles:c admin/keys:c';
  let narrow: Headers;
  beforeAll(async () => {
    const client = await webClient(service, { scopes: `${ADMINISTERS} book:d`.split(' ') });
    const browser = await openBrowser(service, ids['root']);
    const agreed = await agree(service, { client, browser, scope: `${ADMINISTERS} book:d` });
    const { refresh } = await tokensOf(service, agreed);
    const refreshed = await refreshWith(service, agreed.client, refresh, { scope: ADMINISTERS });
    narrow = { authorization: `Bearer ${refreshed.body['access_token']}` };
  });

  test.each<[string, unknown]>([
    ['POST /admin/api/roles', { name: 'attack', acl: { book: ['d'] } }],
    ['POST /admin/api/keys', { name: 'k', acl: { book: ['d'] } }],
    ['POST /admin/api/keys', { name: 'k', roles: ['root'] }],
  ])('A2: %s %j is refused (403)', async (call, body) =>
    expect(await send(narrow, call, body)).toBe(403),
  );

  test('A2: nor is a book deleted by it', async () => {
    const judged = await outcome(() => service.authorizer(httpCall('DELETE /book/1', narrow)));
    expect(judged.status).toBe(403);
  });
});
