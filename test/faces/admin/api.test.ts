/** What all collections of the admin API share: routes, cursors, who may call. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeDomain, makeUser } from '../../support/actors/roles.ts';
import { request } from '../../support/calls/events.ts';
import { type Admin, type Caller, startAdmin } from '../../support/running/admin.ts';
import { broken } from '../../support/running/proxy.ts';
import { answerOf, type Handler, START } from '../../support/running/service.ts';

const ORIGIN = 'https://console.example.com';
let service: Admin;
let root: Caller;
let admin: Caller;

beforeAll(async () => {
  service = await startAdmin({ ALLOWED_ORIGINS: ORIGIN });
  await makeDomain(service, 'far.com');
  root = await service.by('100@mydomain.com');
  admin = await service.by('demoadmin');
  for (const name of ['a', 'b', 'c']) await makeUser(service, name, ['user']);
});
afterAll(() => service.stop());

const cursorOf = async (who = root, place = '/users?limit=1') => {
  const { body } = await service.admin(who, `GET ${place}`);
  return encodeURIComponent(String(body['next']));
};

describe('a cursor', () => {
  test('leads on, also in pages of another size', async () => {
    const cursor = await cursorOf();
    const { status, body } = await service.admin(root, `GET /users?limit=2&cursor=${cursor}`);
    expect([status, (body['items'] as unknown[]).length]).toEqual([200, 2]);
  });

  test('is for the caller alone who got it', async () => {
    const cursor = await cursorOf();
    const { status, body } = await service.admin(admin, `GET /users?cursor=${cursor}`);
    expect([status, body['errors']]).toEqual([
      400,
      [{ field: 'cursor', detail: 'is not valid here' }],
    ]);
  });

  test('holds over the sessions of its caller', async () => {
    const again = await service.by('100@mydomain.com');
    const cursor = await cursorOf();
    expect((await service.admin(again, `GET /users?cursor=${cursor}`)).status).toBe(200);
  });

  test.each([
    ['of another collection', '/roles?limit=1'],
    ['with another filter', '/users?limit=1&domain=mydomain.com'],
  ])('%s is refused', async (_case, place) => {
    const cursor = await cursorOf(root, place);
    expect((await service.admin(root, `GET /users?cursor=${cursor}`)).status).toBe(400);
  });

  test('that was tampered with is refused', async () => {
    const cursor = decodeURIComponent(await cursorOf());
    const [format, text = '', seal = ''] = cursor.split('.');
    const position = JSON.parse(Buffer.from(text, 'base64url').toString());
    const forged = { ...position, list: 'user#far.com' };
    const other = Buffer.from(JSON.stringify(forged)).toString('base64url');
    for (const bad of [
      '',
      'x',
      `0.${text}.${seal}`,
      `${format}.${other}.${seal}`,
      `${format}.${text}.${seal.slice(1)}A`,
      `${format}.${text}`,
      `${cursor}.${seal}`,
    ]) {
      const call = `GET /users?cursor=${encodeURIComponent(bad)}`;
      const { status } = await service.admin(root, call);
      // An empty parameter counts as omitted (RFC 6749 §3.1).
      expect([bad, status]).toEqual([bad, 400]);
    }
  });
});

test.each(['limit=0', 'limit=101', 'limit=x', 'limit=-1', 'limit=1&limit=2', 'offset=1'])(
  'a page with %s is refused',
  async (query) => {
    expect((await service.admin(root, `GET /users?${query}`)).status).toBe(400);
  },
);

describe('routes', () => {
  test.each([
    'GET /users/a/b',
    'GET /users/a/b/c',
    'POST /clients/a/b',
    'GET /settings/a',
    'GET /audit/a',
    'GET /users/',
  ])('%s is not there', async (call) => {
    const { status, body } = await service.admin(root, call, { body: {} });
    expect([status, body['code']]).toEqual([404, 'not_found']);
  });

  test.each([
    ['PUT /users/a', 'GET, HEAD, PATCH, DELETE'],
    ['PATCH /users', 'GET, HEAD, POST'],
    ['DELETE /users', 'GET, HEAD, POST'],
    ['POST /audit', 'GET, HEAD'],
    ['GET /clients/a/secret', 'POST'],
    ['PUT /resources/a/b', 'GET, HEAD, PATCH, DELETE'],
  ])('%s is answered with what can be used instead', async (call, allow) => {
    const { status, headers, body } = await service.admin(root, call, { body: {} });
    expect([status, headers['allow']]).toEqual([405, allow]);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body['code']).toBe('method_not_allowed');
  });

  test.each(['GET /nothing', 'GET /', 'GET /users/../keys', 'GET /users%2f..%2fkeys'])(
    '%s is covered by no resource',
    async (call) => {
      expect((await service.admin(root, call)).status).toBe(403);
    },
  );
});

describe('who calls', () => {
  test('is judged here: what an event says of an authorizer in front counts for nothing', async () => {
    const { handler } = await import('../../../functions/admin.ts');
    const event = request('GET /admin/api/{proxy+}', { path: '/admin/api/users' });
    const lambda = { subject: 'x', key: 'y', domain: 'mydomain.com', roles: 'root' };
    Object.assign(event.requestContext, { authorizer: { lambda } });
    expect((await answerOf(handler as Handler, event)).statusCode).toBe(401);
  });

  test('by an API key is judged by its secret, and its use is noted', async () => {
    const body = { name: 'mine', acl: { 'admin/users': ['r'] } };
    const { body: made } = await service.admin(root, 'POST /keys', { body });
    const byKey = { headers: { 'x-api-key': String(made['key']) } };
    expect((await service.admin(byKey, 'GET /users')).status).toBe(200);
    expect((await service.admin(byKey, 'GET /clients')).status).toBe(403);
    const { body: shown } = await service.admin(root, `GET /keys/${made['id']}`);
    expect(shown['lastUsed']).toBe(START.getTime() / 1000);
    const wrong = { headers: { 'x-api-key': `${made['key']}`.replace(/.$/, '!') } };
    expect((await service.admin(wrong, 'GET /users')).status).toBe(401);
  });
});

describe('F5: a page of a configured origin', () => {
  const dead = { authorization: 'Bearer dead' };
  const cases: [string, () => Promise<Record<string, string>>, number, string][] = [
    ['without a credential', async () => ({}), 401, 'Bearer realm="latchkey"'],
    ['with a dead one', async () => dead, 401, 'Bearer realm="latchkey", error="invalid_token"'],
    [
      'that may not do this',
      async () => (await service.by('200@mydomain.com')).headers,
      403,
      'Bearer realm="latchkey", error="insufficient_scope"',
    ],
  ];
  test.each(['GET /users', 'POST /users', 'DELETE /clients/x', 'PUT /roles/x', 'GET /nothing'])(
    'learns of %s why it was refused',
    async (call) => {
      for (const [, headersOf, status, challenge] of cases) {
        const headers = { ...(await headersOf()), origin: ORIGIN };
        const answer = await service.admin({ headers }, call, { body: {} });
        expect(answer.status).toBe(status);
        expect(answer.headers).toMatchObject({
          'access-control-allow-origin': ORIGIN,
          'access-control-expose-headers': expect.stringContaining('WWW-Authenticate'),
          'www-authenticate': challenge,
          'content-type': 'application/problem+json',
        });
        expect(answer.body['status']).toBe(status);
      }
    },
  );
});

test('a database that fails is a 503 that says when to come back, and no half answer', async () => {
  service.dynamodb.inject(({ action }) => (action === 'Query' ? broken : undefined));
  const { status, headers, body } = await service.admin(root, 'GET /users?domain=mydomain.com');
  service.dynamodb.heal();
  expect([status, headers['retry-after'], body['code']]).toEqual([
    503,
    '2',
    'temporarily_unavailable',
  ]);
});
