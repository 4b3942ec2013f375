/** Domain tokens made by the admin API: by a function that signs. Real functions, real store, real keys. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimsOf } from '../../support/actors/accounts.ts';
import { makeDomain, makeRole, makeUser } from '../../support/actors/roles.ts';
import { httpCall } from '../../support/calls/events.ts';
import { type Admin, all, type Caller, startAdmin } from '../../support/running/admin.ts';
import { outcome, START } from '../../support/running/service.ts';
import { eventsIn } from '../../support/running/trail.ts';

const NOW = START.getTime() / 1000;
const DAY = 86_400;
let service: Admin;
let root: Caller;
let keeper: Caller;

beforeAll(async () => {
  service = await startAdmin({ MAX_TOKEN_LIFETIME: '2678400' });
  await makeDomain(service, 'far.com');
  await makeRole(service, { name: 'reader', acl: { cdr: ['r'] } });
  await makeRole(service, {
    name: 'keeper',
    parents: ['reader'],
    acl: { 'admin/domain-tokens': ['c', 'r'] },
  });
  await makeRole(service, { name: 'own', acl: { 'admin/domain-tokens': ['co'] } });
  await makeUser(service, 'keeper', ['keeper']);
  await makeUser(service, 'own', ['own']);
  root = await service.by('100@mydomain.com');
  keeper = await service.by('keeper');
});
afterAll(() => service.stop());

const issue = (body: object, { headers }: Caller = root) =>
  service.send('POST /admin/api/domain-tokens', {
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const wanted = { role: 'reader', expiresAt: NOW + 7 * DAY };
const use = async (token: string, call = 'GET /cdr') =>
  (await outcome(() => service.authorizer(httpCall(call, { authorization: `Bearer ${token}` }))))
    .status;

describe('a domain token', () => {
  test('is made, shown this once, and good for what its role may do', async () => {
    const { status, body, headers } = await issue(wanted);
    expect(status, JSON.stringify(body)).toBe(201);
    const { token, ...shown } = body;
    expect(shown).toMatchObject({ domain: 'mydomain.com', role: 'reader', disabled: false });
    expect(headers).toMatchObject({
      location: `/admin/api/domain-tokens/${shown['id']}`,
      'cache-control': 'no-store',
    });
    expect(await use(String(token))).toBe(200);
    expect(await use(String(token), 'DELETE /cdr')).toBe(403);
    const read = await service.admin(root, `GET /domain-tokens/${shown['id']}`);
    expect([read.status, read.body]).toEqual([200, shown]);
    expect(read.etag).toBe(headers['etag']);
    const listed = await all(service, root, '/domain-tokens');
    expect(JSON.stringify(listed)).not.toContain(String(token).split('.')[2]);
  });

  test('says no more than who it is and what it may', async () => {
    const { body } = await issue({ ...wanted, domain: 'far.com' });
    const claims = claimsOf(String(body['token']));
    expect(Object.keys(claims).sort()).toEqual(
      ['aud', 'client_id', 'domain', 'exp', 'iat', 'iss', 'jti', 'roles', 'sid', 'sub'].sort(),
    );
    expect(claims).toMatchObject({ domain: 'far.com', roles: ['reader'], exp: NOW + 7 * DAY });
  });

  test('is made by an administrator of the domain alone', async () => {
    expect((await issue(wanted, keeper)).status).toBe(201);
    const refused = await issue({ ...wanted, domain: 'far.com' }, keeper);
    expect([refused.status, refused.body['rule']]).toEqual([403, 'domain-out-of-reach']);
    const own = await issue(wanted, await service.by('own'));
    expect([own.status, own.body['rule']]).toEqual([403, 'own-only']);
  });

  test('leaves an event in the same transaction', async () => {
    const { body } = await issue(wanted, keeper);
    const { sid } = claimsOf(String(body['token']));
    const told = (await eventsIn(service.tables.events)).filter(({ target }) => target === sid);
    expect(told).toMatchObject([{ type: 'domain-token.created', actor: { username: 'keeper' } }]);
    expect(JSON.stringify(told)).not.toContain(String(body['token']).split('.')[2]);
  });

  test.each<[string, object, number, string, string?]>([
    ['a role that there is not', { role: 'nothing' }, 400, 'role-unknown', 'role'],
    ['a role that the caller does not hold', { role: 'admin' }, 403, 'grant-beyond-own'],
    ['an end that is past', { expiresAt: NOW }, 400, 'token-lifetime-unusable', 'expiresAt'],
    ['an end too far', { expiresAt: NOW + 32 * DAY }, 400, 'token-lifetime-unusable', 'expiresAt'],
    ['a member that there is not', { token: 'x' }, 400, 'field-unknown', 'token'],
  ])('is refused with %s', async (_case, change, status, rule, field) => {
    const { status: was, body } = await issue({ ...wanted, ...change }, keeper);
    expect([was, body['rule']]).toEqual([status, rule]);
    if (field) expect(body['errors']).toMatchObject([{ field }]);
  });

  test('of a domain that there is not is refused', async () => {
    const { status, body } = await issue({ ...wanted, domain: 'nowhere.com' });
    expect([status, body['rule']]).toEqual([400, 'domain-unknown']);
  });

  test('is not made by the function that signs nothing, which says where methods are taken', async () => {
    const refused = await service.admin(root, 'PUT /domain-tokens', { body: {} });
    expect([refused.status, refused.headers['allow']]).toEqual([405, 'GET, HEAD, POST']);
  });

  test('is made by nobody who is not known', async () => {
    const { status, headers } = await issue(wanted, { headers: {} });
    expect([status, headers['content-type']]).toEqual([401, 'application/problem+json']);
  });
});
