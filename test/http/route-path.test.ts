/** Our own functions behind a stage, a mapping key or a base path: what they do and say is the same. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prefixOf, routePath } from '../../lib/http/route-path.ts';
import { type Front, request, type Sent } from '../support/calls/events.ts';
import { type Admin, startAdmin } from '../support/running/admin.ts';
import { formOf } from '../support/web/browser.ts';

const ISSUER = 'https://example.com/auth';
const CONSOLE = 'https://console.example.com';
const domainName = 'example.com';
const FRONTS: [string, Front][] = [
  ['the default stage', {}],
  ['a named stage', { stage: 'dev', prefix: '/dev' }],
  ['a mapping key', { prefix: '/auth', domainName }],
  ['a mapping key with a slash', { stage: 'dev', prefix: '/auth/v1', domainName }],
  ['a mapping key and a stage', { stage: 'dev', prefix: '/auth/dev', domainName }],
  ['a mapping key that is called like a path of ours', { prefix: '/users', domainName }],
];

let service: Admin;
let authorization: string;
beforeAll(async () => {
  service = await startAdmin({ ISSUER, AUDIENCE: ISSUER, ALLOWED_ORIGINS: CONSOLE });
  const { token } = await service.login('100@mydomain.com');
  authorization = `Bearer ${token}`;
});
afterAll(() => service.stop());

test.each([
  ['GET /openapi.json', undefined, '/openapi.json'],
  ['GET /users/{id}', { id: '7' }, '/users/7'],
  ['GET /users/{id}/delete-status/{ticket}', { id: '7', ticket: 't' }, '/users/7/delete-status/t'],
  ['OPTIONS /{proxy+}', { proxy: 'users/count' }, '/users/count'],
  ['GET /{id}', { id: '{id}$&' }, '/{id}$&'],
])('F10: %s with %j is the path %s', (routeKey, parameters, path) =>
  expect(routePath(request(routeKey, { ...(parameters && { parameters }) }))).toBe(path),
);
test('F10: of a call that no route takes it is what was sent, without the stage', () => {
  const pathFor = (sent: Sent) => routePath(request('$default', sent));
  expect(pathFor({ path: '/Login' })).toBe('/Login');
  expect(pathFor({ path: '/Login', front: { stage: 'dev', prefix: '/dev' } })).toBe('/Login');
  expect(pathFor({ path: '/developers', front: { stage: 'dev' } })).toBe('/developers');
  const below = (path: string) => routePath(request('$default', { path }), '/auth');
  expect(['/auth/Login', '/Login', '/authors', '/auth'].map(below)).toEqual([
    '/Login',
    '/Login',
    '/authors',
    '/auth',
  ]);
});
test('F10: what stands in front is what is left of the raw path', () => {
  expect(prefixOf('/dev/users', '/users')).toBe('/dev');
  expect(prefixOf('/users', '/users')).toBe('');
  expect(prefixOf('/other', '/users')).toBe('');
});

describe.each(FRONTS)('F10: behind %s', (_, front) => {
  const send = (call: string, sent: Sent = {}) => service.send(call, { ...sent, front });
  const origin = (value = CONSOLE) => ({ headers: { origin: value } });
  const shared = ({ headers }: { headers: Record<string, string> }) =>
    headers['access-control-allow-origin'];

  test.each(['/login', '/users/count', '/admin/api/users', '/api/v2/acl/roles'])(
    'a preflight for %s is answered as its path says',
    async (path) => {
      const answer = await send(`OPTIONS ${path}`, origin());
      expect([answer.status, shared(answer)]).toEqual([204, CONSOLE]);
      expect(shared(await send(`OPTIONS ${path}`, origin('https://evil.example.com')))).toBe(
        undefined,
      );
    },
  );
  test.each(['/oauth/authorize', '/auth', '/dev', '/session/end'])(
    'a preflight for %s, which no page may call, is not found',
    async (path) => expect((await send(`OPTIONS ${path}`, origin())).status).toBe(404),
  );
  test('answers have the CORS headers of their path, refusals too', async () => {
    const bad = await send('POST /login', { ...origin(), body: '{' });
    expect([bad.status, shared(bad)]).toEqual([400, CONSOLE]);
    expect(shared(await send('GET /.well-known/jwks.json'))).toBe('*');
    expect(shared(await send('GET /oauth/login', origin()))).toBe(undefined);
  });

  test('the admin API finds its places, and says where it made something', async () => {
    const headers = { headers: { authorization } };
    const list = await service.admin(headers, 'GET /roles', { front });
    expect(list.status).toBe(200);
    const name = `role-${Math.random().toString(36).slice(2)}`;
    const made = await service.admin(headers, 'POST /roles', { body: { name }, front });
    expect([made.status, made.headers['location']]).toEqual([
      201,
      `${front.prefix ?? ''}/admin/api/roles/${name}`,
    ]);
    const shown = await service.admin(headers, `GET /roles/${name}`, { front });
    expect(shown.body).toMatchObject({ name });
    expect((await service.admin(headers, 'GET /nowhere', { front })).status).toBe(403);
  });

  test('what no route takes is told its method, or its spelling, where the issuer says what is in front', async () => {
    const wrong = await send('GET /oauth/token');
    const spelt = await send('POST /Login/Connect/Token/');
    if (!isToldBase) {
      expect([wrong.status, spelt.status]).toEqual([404, 404]);
      return;
    }
    expect([wrong.status, wrong.headers['allow']]).toEqual([405, 'POST']);
    expect([spelt.status, spelt.headers['location']]).toEqual([
      308,
      `${front.prefix ?? ''}/login/connect/token`,
    ]);
  });

  const isToldBase = ['', '/dev', '/auth'].includes(front.prefix ?? '');
  describe.runIf(isToldBase)('F4: what no route takes is readable as its path is', () => {
    const OTHER = 'https://evil.example.com';
    test.each([
      [405, 'GET /oauth/token', '*', '*'],
      [405, 'PUT /oauth/userinfo', '*', '*'],
      [308, 'POST /oauth/Revoke/', '*', '*'],
      [308, 'GET /OpenAPI.json', '*', '*'],
      [405, 'GET /login', CONSOLE, undefined],
      [308, 'GET /users/count/', CONSOLE, undefined],
      [308, 'POST /Login', CONSOLE, undefined],
      [404, 'GET /users/a/b/c', CONSOLE, undefined],
      [405, 'PUT /oauth/login', undefined, undefined],
      [308, 'GET /oauth/authorize/', undefined, undefined],
      [404, 'GET /nowhere', undefined, undefined],
    ])('%i %s', async (status, call, listed, other) => {
      const answers = [await send(call, origin()), await send(call, origin(OTHER))];
      expect(answers.map((answer) => [answer.status, shared(answer)])).toEqual([
        [status, listed],
        [status, other],
      ]);
    });
  });

  test('what is asked of a caller is the same', async () => {
    const headers = { authorization };
    expect((await send('GET /users/count', { headers })).status).toBe(200);
    expect((await send('GET /users/count')).status).toBe(401);
  });

  test('a page of ours leads to the login below the issuer, and the login knows it again', async () => {
    const headers = { accept: 'text/html' };
    const led = await send('GET /api/v2/whoami', { headers });
    expect(led.status).toBe(303);
    expect(led.headers['location']).toBe(`${ISSUER}/oauth/login?return_to=%2Fapi%2Fv2%2Fwhoami`);
    const page = await send('GET /oauth/login?return_to=%2Fapi%2Fv2%2Fwhoami', { headers });
    expect(page.status).toBe(200);
    expect(formOf(page).action).toMatch(/^(\/auth)?\/oauth\/login|^https:\/\/example\.com\/auth\//);
    for (const cookie of page.cookies) expect(cookie).toContain('; Path=/;');
  });

  test('RFC 8414 §3.1: the metadata is where an issuer with a path has it, and of no other', async () => {
    const { status, body } = await send('GET /.well-known/oauth-authorization-server/auth');
    expect([status, body['issuer']]).toEqual([200, ISSUER]);
    for (const other of ['other', 'auth/', 'auth/x', 'AUTH', '%2Fauth', 'auth%00'])
      expect(
        (await send(`GET /.well-known/oauth-authorization-server/${other}`)).status,
        other,
      ).toBe(404);
  });

  test('the metadata has the issuer and its path, whatever is called', async () => {
    const { body } = await send('GET /.well-known/openid-configuration');
    expect(body).toMatchObject({ issuer: ISSUER, token_endpoint: `${ISSUER}/oauth/token` });
  });
});
