/** The Webitel dialect's domain tokens. Real handlers, real store, real keys; nothing patched. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DOMAIN, makeDomain, makeRole, makeUser } from '../../support/actors/roles.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import { httpCall } from '../../support/calls/events.ts';
import {
  advance,
  both,
  type Credential,
  outcome,
  type Service,
  startService,
} from '../../support/running/service.ts';

const PATH = `/api/v2/domains/${DOMAIN}/settings/token`;
const DAY = 86_400_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let service: Service;
let root: Credential;
let keeper: Credential;
let user: Credential;
let selfish: Credential;

beforeAll(async () => {
  service = await startService({ MAX_TOKEN_LIFETIME: '2678400' });
  await makeRole(service, { name: 'reader', acl: { cdr: ['r'] } });
  const acl = { domain: ['*' as const], book: ['r' as const] };
  await makeRole(service, { name: 'keeper', parents: ['reader'], acl });
  await makeUser(service, 'keeper@mydomain.com', ['keeper']);
  const own = { domain: ['co' as const, 'ro' as const, 'uo' as const, 'do' as const] };
  await makeRole(service, { name: 'selfish', parents: ['reader'], acl: own });
  await makeUser(service, 'selfish@mydomain.com', ['selfish']);
  await makeDomain(service, 'other.com');
  root = await service.login('100@mydomain.com');
  keeper = await service.login('keeper@mydomain.com');
  user = await service.login('200@mydomain.com');
  selfish = await service.login('selfish@mydomain.com');
});
afterAll(() => service.stop());

const send = (who: Credential | undefined, call: string, body?: unknown) =>
  service.send(call, {
    headers: { ...(who && both(who)), 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const inDays = (days: number): number => Date.now() + days * DAY;
const error = (info: unknown) => ({ status: 'error', info });

async function issue(role: string, who = root, expire = inDays(7)) {
  const { status, body } = await send(who, `POST ${PATH}`, { expire, role });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body['info'] as { token: string; data: { uuid: string } & Record<string, unknown> };
}
const call = (token: string, to = 'GET /cdr', headers: Record<string, string> = {}) =>
  outcome(() => service.authorizer(httpCall(to, { 'x-access-token': token, ...headers })));

describe('refuses', () => {
  test.each<[string, unknown]>([
    ['no date', { role: 'user' }],
    ['a date in the past', { role: 'user', expire: 1 }],
    ['this very moment', { role: 'user', expire: new Date('2026-01-01T00:00:00Z').getTime() }],
    ['a date that is text', { role: 'user', expire: '1999999999999' }],
    ['a fraction', { role: 'user', expire: 1_999_999_999_999.5 }],
    ['seconds in place of milliseconds', { role: 'user', expire: 1_800_000_000 }],
    ['a date beyond the life of signing keys', { role: 'user', expire: 1_999_999_999_999 }],
    ['a date beyond all numbers', { role: 'user', expire: 1e300 }],
    ['no date and no role', {}],
  ])('%s: Bad expire date.', async (_case, body) => {
    expect(await send(root, `POST ${PATH}`, body)).toMatchObject({
      status: 400,
      body: error('Bad expire date.'),
    });
  });

  test.each<[string, unknown]>([
    ['no role', undefined],
    ['an empty role', ''],
    ['a role that is no text', ['user']],
    ['a role that does not exist', 'ghost'],
    ['a very long role', 'r'.repeat(5000)],
  ])('%s: Bad role name.', async (_case, role) => {
    expect(await send(root, `POST ${PATH}`, { expire: inDays(1), role })).toMatchObject({
      status: 400,
      body: error('Bad role name.'),
    });
  });

  test('a blank domain: Domain is required.', async () => {
    const body = { expire: inDays(1), role: 'user' };
    expect(await send(root, 'POST /api/v2/domains/%20/settings/token', body)).toMatchObject({
      status: 400,
      body: error('Domain is required.'),
    });
  });

  test('a domain that does not exist', async () => {
    const body = { expire: inDays(1), role: 'user' };
    const answer = await send(root, 'POST /api/v2/domains/ghost.com/settings/token', body);
    expect(answer).toMatchObject({ status: 404, body: error('Domain not found') });
  });

  const calls: [string, unknown][] = [
    ['POST', { expire: 1_767_300_000_000, role: 'reader' }],
    ['GET', undefined],
    ['PATCH', { state: true }],
    ['DELETE', undefined],
  ];
  const at = (path: string, method: string) =>
    `${method} ${path}${/PATCH|DELETE/.test(method) ? '/some-uuid' : ''}`;

  test.each(calls)('%s without a session', async (method, body) => {
    expect((await send(undefined, at(PATH, method), body)).status).toBe(401);
  });

  test.each(calls)('%s by a user without the letter on `domain`', async (method, body) => {
    expect(await send(user, at(PATH, method), body)).toMatchObject({
      status: 403,
      body: error('Permission denied!'),
    });
  });

  test.each(calls)('%s by the administrator of another domain', async (method, body) => {
    const other = PATH.replace(DOMAIN, 'other.com');
    expect(await send(keeper, at(other, method), body)).toMatchObject({
      status: 403,
      body: error('Permission denied!'),
    });
  });

  test.each(calls)('%s by a user whose letters are for own objects only', async (method, body) => {
    expect(await send(selfish, at(PATH, method), body)).toMatchObject({
      status: 403,
      body: error('Permission denied!'),
    });
  });

  test('what root made, to whom owns nothing of the domain: it stays', async () => {
    const { data, token } = await issue('reader');
    expect((await send(selfish, `DELETE ${PATH}/${data.uuid}`)).status).toBe(403);
    const off = await send(selfish, `PATCH ${PATH}/${data.uuid}`, { state: false });
    expect(off.status).toBe(403);
    expect((await call(token)).status).toBe(200);
  });

  test.each(['root', 'admin', 'user'])('a role that the caller does not hold: %s', async (role) => {
    const answer = await send(keeper, `POST ${PATH}`, { expire: inDays(1), role });
    expect(answer).toMatchObject({ status: 403, body: error('Permission denied!') });
  });

  test.each([
    ['PATCH', { state: true }],
    ['DELETE', undefined],
  ])('%s of a token that does not exist', async (method, body) => {
    const answer = await send(root, `${method} ${PATH}/no-such-token`, body);
    expect(answer).toMatchObject({ status: 404, body: error('Not found token') });
  });

  test('a state that is no boolean', async () => {
    const { data } = await issue('reader');
    const answer = await send(root, `PATCH ${PATH}/${data.uuid}`, { state: 'false' });
    expect(answer).toMatchObject({ status: 400, body: error('Bad state token.') });
  });
});

describe('a domain token', () => {
  test('is issued with every documented field', async () => {
    const expire = inDays(7);
    const { data, token } = await issue('reader', keeper, expire);
    expect(data).toEqual({
      uuid: expect.stringMatching(UUID),
      expire,
      roleName: 'reader',
      createdBy: 'keeper@mydomain.com',
      createdOn: Date.now(),
      enabled: true,
    });
    const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(payload).toMatchObject({
      id: data.uuid,
      d: DOMAIN,
      t: 'domain',
      v: 2,
      sub: `domain#${DOMAIN}`,
      sid: data.uuid,
      exp: expire / 1000,
    });
  });

  test('may live as long as any token, to the second', async () => {
    const longest = Date.now() + 2_678_400_000;
    expect((await issue('reader', root, longest)).data['expire']).toBe(longest);
    const body = { expire: longest + 1000, role: 'reader' };
    expect((await send(root, `POST ${PATH}`, body)).body).toEqual(error('Bad expire date.'));
  });

  test('is sent alone, and has the letters of its role', async () => {
    const { token, data } = await issue('reader');
    expect(await call(token)).toMatchObject({
      status: 200,
      context: { subject: `domain#${DOMAIN}`, key: data.uuid, domain: DOMAIN, roles: 'reader' },
    });
    expect((await call(token, 'POST /cdr')).status).toBe(403);
    expect((await call(token, 'GET /book')).status).toBe(403);
    const bearer = httpCall('GET /cdr', { authorization: `Bearer ${token}` });
    expect((await outcome(() => service.authorizer(bearer))).status).toBe(200);
    expect((await call(token, 'GET /cdr', { 'x-key': user.key })).status).toBe(401);
  });

  test('costs one read', async () => {
    const { token } = await issue('reader');
    service.dynamodb.requests.length = 0;
    await call(token);
    expect(service.dynamodb.requests.map(({ action }) => action)).toEqual(['BatchGetItem']);
  });

  test('cannot be logged out: only an administrator ends it', async () => {
    const { token, data } = await issue('reader');
    expect((await service.logout({ token, key: data.uuid })).status).toBe(401);
    expect((await call(token)).status).toBe(200);
  });

  test('switched off is refused at the next call, and works again when switched on', async () => {
    const { token, data } = await issue('reader');
    const off = await send(keeper, `PATCH ${PATH}/${data.uuid}`, { state: false });
    expect(off.body).toEqual({ status: 'OK', info: { ...data, enabled: false } });
    expect((await call(token)).status).toBe(401);
    await send(keeper, `PATCH ${PATH}/${data.uuid}`, { state: true });
    expect((await call(token)).status).toBe(200);
  });

  test('is not switched on by whoever does not hold its role', async () => {
    const { token, data } = await issue('root');
    expect((await send(keeper, `PATCH ${PATH}/${data.uuid}`, { state: false })).status).toBe(200);
    expect((await send(keeper, `PATCH ${PATH}/${data.uuid}`, { state: true })).status).toBe(403);
    expect((await call(token)).status).toBe(401);
  });

  test('deleted is refused at the next call, for good', async () => {
    const { token, data } = await issue('reader');
    const gone = await send(keeper, `DELETE ${PATH}/${data.uuid}`);
    expect(gone.body).toEqual({ status: 'OK', info: 'Destroyed' });
    expect((await call(token)).status).toBe(401);
    expect((await send(root, `PATCH ${PATH}/${data.uuid}`, { state: true })).status).toBe(404);
    expect((await send(root, `DELETE ${PATH}/${data.uuid}`)).status).toBe(404);
  });

  test('keeps its role from being deleted, until it expires', async () => {
    await makeRole(service, { name: 'brief', acl: { cdr: ['r'] } });
    await issue('brief', root, Date.now() + 60_000);
    expect((await send(root, 'DELETE /api/v2/acl/roles/brief')).status).toBe(409);
    advance(61);
    expect((await send(root, 'DELETE /api/v2/acl/roles/brief')).status).toBe(200);
  });

  test('of another domain is switched by nobody through this one', async () => {
    const { data, token } = await issue('reader');
    const other = PATH.replace(DOMAIN, 'other.com');
    expect((await send(root, `DELETE ${other}/${data.uuid}`)).status).toBe(404);
    expect((await call(token)).status).toBe(200);
  });

  test('with letters for own objects sees those of its domain, and of no other', async () => {
    const { token, data } = await issue('selfish');
    const list = (domain: string) =>
      service.send(`GET ${PATH.replace(DOMAIN, domain)}`, { headers: { 'x-access-token': token } });
    const { status, body } = await list(DOMAIN);
    expect([status, body['info']]).toEqual([200, expect.arrayContaining([data])]);
    expect((await list('other.com')).status).toBe(403);
  });

  test('whoami says what it is', async () => {
    const { token, data } = await issue('reader');
    const { body } = await service.send('GET /api/v2/whoami', {
      headers: { 'x-access-token': token },
    });
    expect(body).toMatchObject({
      id: `${data.uuid}@${DOMAIN}`,
      domain: DOMAIN,
      roleName: 'reader',
      acl: { cdr: ['r'] },
      expires: data['expire'],
    });
  });
});

describe('the list', () => {
  test('holds at most 40, none that has expired, and nothing of another kind', async () => {
    const domain = 'listed.com';
    await makeDomain(service, domain);
    const path = PATH.replace(DOMAIN, domain);
    expect((await send(root, `GET ${path}`)).body).toEqual({ status: 'OK', info: [] });
    const make = (expire: number) => send(root, `POST ${path}`, { expire, role: 'reader' });
    for (let made = 0; made < 45; made++)
      expect((await make(Date.now() + 30_000)).status).toBe(200);
    expect((await send(root, `GET ${path}`)).body['info']).toHaveLength(40);
    advance(31);
    const kept = await make(inDays(1));
    const { data } = kept.body['info'] as { data: object };
    expect((await send(root, `GET ${path}`)).body).toEqual({ status: 'OK', info: [data] });
  });
});

test('A6: a disabled domain rests its tokens, until it is enabled and they are switched on', async () => {
  await makeDomain(service, 'stopped.com');
  const path = PATH.replace(DOMAIN, 'stopped.com');
  const { body } = await send(root, `POST ${path}`, { expire: inDays(1), role: 'reader' });
  const { token } = body['info'] as { token: string };
  const { directory } = service.tables;
  expect((await call(token)).status).toBe(200);
  await setDisabled(directory, { pk: 'domain#stopped.com', sk: 'domain' }, true);
  expect((await call(token)).status).toBe(401);
  await setDisabled(directory, { pk: 'domain#stopped.com', sk: 'domain' }, false);
  expect((await call(token)).status).toBe(401);
  const listed = (await send(root, `GET ${path}`)).body['info'] as { uuid: string }[];
  expect(listed).toEqual([expect.objectContaining({ enabled: false })]);
  await send(root, `PATCH ${path}/${listed[0]?.uuid}`, { state: true });
  expect((await call(token)).status).toBe(200);
});
