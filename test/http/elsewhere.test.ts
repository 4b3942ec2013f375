/**
 * HEAD wherever there is GET, and what is said to a call that no route takes. Real handlers; what the
 * gateway adds to it is in test/dev/gateway-http-routing.test.ts.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT, readRoutes } from '../support/calls/routes.ts';
import { bearer, type Service, startService } from '../support/running/service.ts';
import { openBrowser } from '../support/web/browser.ts';
import { addWebClient, requestOf } from '../support/web/sign-in.ts';

const CONSOLE = 'https://console.example.com';
const ROUTES = readRoutes().filter(({ route }) => ![DEFAULT, 'OPTIONS /{proxy+}'].includes(route));
const pathOf = (route: string) => route.split(' ')[1] ?? '';
const pathsBy = (method: string) =>
  ROUTES.map(({ route }) => route)
    .filter((route) => route.startsWith(`${method} `))
    .map(pathOf);
/** With something in the places of its names. */
const filled = (path: string) =>
  path.replace(/\{\w+\+\}/, 'users').replace(/\{\w+\}/g, '0123456789abcdef01234567');

let service: Service;
let root: Record<string, string>;
beforeAll(async () => {
  service = await startService({ ALLOWED_ORIGINS: CONSOLE });
  await addWebClient(service, { id: 'elsewhere', consent: 'never' });
  root = bearer(await service.login('100@mydomain.com'));
});
afterAll(() => service.stop());

describe('HEAD makes nothing (RFC 9110 §9.2.1)', () => {
  /** What was written on the wire, whatever its outcome. */
  const writes = () =>
    service.dynamodb.requests.filter(({ action }) => !/^(Get|BatchGet|Query|Scan)/.test(action));

  // Before anything else has made what there is to make.
  test.each(pathsBy('HEAD'))('%s', async (path) => {
    const browser = openBrowser(service);
    const query = `?${new URLSearchParams(requestOf('elsewhere'))}`;
    await browser.login(await browser.go(`GET /oauth/authorize${query}`));
    for (const headers of [root, { ...root, accept: 'text/html' }, {}]) {
      service.dynamodb.requests.length = 0;
      await browser.go(`HEAD ${filled(path)}${path.startsWith('/oauth/a') ? query : ''}`, {
        headers,
      });
      expect(writes()).toEqual([]);
    }
  });

  test('where a GET would make the application’s key it is 404, and 200 once it is there', async () => {
    const path = '/api/v1/helpdesk/api_key';
    const status = async (method: string) =>
      (await service.send(`${method} ${path}`, { headers: root })).status;
    expect(await status('HEAD')).toBe(404);
    expect(await status('GET')).toBe(200);
    expect(await status('HEAD')).toBe(200);
  });

  test('where a GET would lead away with a code it leads nowhere', async () => {
    const browser = openBrowser(service);
    const query = new URLSearchParams(requestOf('elsewhere'));
    await browser.login(await browser.go(`GET /oauth/authorize?${query}`));
    const head = await browser.go(`HEAD /oauth/authorize?${query}`);
    expect([head.status, head.headers['location']]).toEqual([200, undefined]);
    const get = await browser.go(`GET /oauth/authorize?${query}`);
    expect([get.status, get.headers['location']]).toEqual([303, expect.stringContaining('code=')]);
  });
});

describe('S3: HEAD is GET without its content (RFC 9110 §9.3.2)', () => {
  test.each(pathsBy('GET'))('%s', async (path) => {
    expect(pathsBy('HEAD')).toContain(path);
    for (const headers of [{}, root, { ...root, accept: 'text/html' }]) {
      const sent = { headers: { origin: CONSOLE, ...headers } };
      const [get, head] = [
        await service.send(`GET ${filled(path)}`, sent),
        await service.send(`HEAD ${filled(path)}`, sent),
      ];
      expect(head.status).toBe(get.status);
      expect(head.text).toBe('');
      expect(Object.keys(head.headers).sort()).toEqual(Object.keys(get.headers).sort());
      expect(head.headers['content-type']).toBe(get.headers['content-type']);
    }
  });

  test('of the sign-in page it sets the cookie, and is no sign-in', async () => {
    const browser = openBrowser(service);
    const query = new URLSearchParams(requestOf('elsewhere'));
    expect((await browser.go(`HEAD /oauth/authorize?${query}`)).status).toBe(200);
    expect(browser.jar.size).toBe(1);
  });

  test('and there is none where there is no GET', () =>
    expect(pathsBy('HEAD').sort()).toEqual(pathsBy('GET').sort()));
});

describe('S4: another method is 405, with `Allow` (RFC 9110 §15.5.6)', () => {
  const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
  const places = [...new Set(ROUTES.map(({ route }) => pathOf(route)))];
  const cases = places
    .flatMap((path) => {
      const there = METHODS.filter((method) =>
        ROUTES.some(({ route }) => route === `${method} ${path}`),
      );
      return METHODS.filter((method) => !there.includes(method)).map(
        (method) => [`${method} ${path}`, there] as const,
      );
    })
    .filter(
      ([call]) => !/^(PUT|DELETE) \/users\/count$|\/admin\/api\/(me|domain-tokens)/.test(call),
    ); // A user may be called so; `{proxy+}` takes it.
  test('of some hundred', () => expect(cases.length).toBeGreaterThan(100));

  test.each(cases)('%s', async (call, there) => {
    const sent = { headers: { ...root, origin: CONSOLE }, body: '{' };
    const answer = await service.send(filled(call), sent);
    expect(answer.status).toBe(405);
    expect((answer.headers['allow'] ?? '').split(', ').sort()).toEqual(there.toSorted());
    // The admin API's refusals are problem details.
    const name = call.includes('/admin/api/') ? 'code' : 'error';
    if (!call.startsWith('HEAD')) expect(answer.body[name]).toBe('method_not_allowed');
  });

  test('a page of a configured origin may read it', async () => {
    const { status, headers } = await service.send('GET /login', { headers: { origin: CONSOLE } });
    expect([status, headers['access-control-allow-origin']]).toEqual([405, CONSOLE]);
  });
});

describe('S4: a slash at the end and another letter case lead to the path as it is spelt (308)', () => {
  test.each([
    ['POST /login/', '/login'],
    ['POST /Login', '/login'],
    ['POST /LOGIN/', '/login'],
    ['POST /Login/Connect/Token', '/login/connect/token'],
    ['POST /login/connect/token/', '/login/connect/token'],
    ['POST /oauth/token/', '/oauth/token'],
    ['GET /.Well-Known/OpenID-Configuration', '/.well-known/openid-configuration'],
    ['GET /openapi.json/', '/openapi.json'],
    ['GET /Users/AbC', '/users/AbC'],
    ['DELETE /users/AbC/', '/users/AbC'],
    ['GET /Admin/API/users/x', '/admin/api/users/x'],
    ['HEAD /User/', '/user'],
  ])('%s: %s', async (call, location) => {
    const answer = await service.send(call, { headers: { origin: CONSOLE } });
    expect([answer.status, answer.headers['location'], answer.text]).toEqual([308, location, '']);
  });

  test('with the query that was sent', async () => {
    const { headers } = await service.send('GET /oauth/authorize/?client_id=a&state=%C3%A9+%26');
    expect(headers['location']).toBe('/oauth/authorize?client_id=a&state=%C3%A9+%26');
  });

  test.each([
    'GET //',
    'GET /login//',
    'POST //login',
    'GET /nowhere',
    'GET /oauth',
    'GET /oauth/',
    'GET /users/a/b/',
    'GET /users/%2F%2Fevil.example/',
    'GET /Users/a%0d%0aX:%20y',
    'GET //evil.example/login/',
    'GET /\\evil.example/',
    'GET /user/../login/',
    'POST /login%2f',
    'POST /l%6Fgin',
    'GET /admin/api',
    'GET /Admin/api/',
    'GET /Admin/api/a//b',
  ])('%s is not there: 404', async (call) => {
    const { status, headers, body } = await service.send(call);
    expect([status, headers['location'], body['error']]).toEqual([404, undefined, 'not_found']);
  });

  test('whatever is sent, nobody is led away', () =>
    fc.assert(
      fc.asyncProperty(fc.webPath(), fc.constantFrom('', '/', '//', '/\\'), async (path, front) => {
        const { headers } = await service.send(`PUT ${front}${path}`.replaceAll(' ', ''));
        expect(headers['location'] ?? '/x').toMatch(/^\/[\w.]/);
      }),
      { numRuns: 200 },
    ));
});

test('R1: what has no content says no type of it (204, 303, 304, 308)', async () => {
  const cases = [
    await service.send('OPTIONS /login', { headers: { origin: CONSOLE } }),
    await service.send('POST /login/'),
    await service.send('DELETE /admin/api/keys/none', { headers: root }),
    await service.send('GET /user', { headers: { accept: 'text/html' } }),
  ];
  const { headers } = await service.send('GET /openapi.json');
  const known = { 'if-none-match': headers['etag'] ?? '' };
  cases.push(await service.send('GET /openapi.json', { headers: known }));
  expect(cases.map(({ status }) => status)).toEqual([204, 308, 204, 303, 304]);
  for (const answer of cases) {
    expect(answer.text).toBe('');
    expect(answer.headers).not.toHaveProperty('content-type');
  }
});
