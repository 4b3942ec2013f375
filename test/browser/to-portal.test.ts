/** Where a browser goes that opens a method of the API without a token, and who is not sent anywhere. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMANDS } from '../../lib/guard/demands.ts';
import { type Admin, startAdmin } from '../support/running/admin.ts';

const CONSOLE = 'https://console.example.com';
let service: Admin;
beforeAll(async () => {
  service = await startAdmin({ CONSOLE_URL: CONSOLE });
});
afterAll(() => service.stop());

const BROWSER = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'sec-fetch-site': 'none',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
};
const OTHERS = { ...BROWSER, 'sec-fetch-site': 'cross-site' };

/** Each GET that has something for a token alone. */
const GUARDED = Object.entries(DEMANDS)
  .filter(
    ([route, { none, cookie }]) => /^GET /.test(route) && none === cookie && none === 'refused',
  )
  .map(([route]) => route.replace(/\{\w+\+?\}/g, 'some'));

async function ask(call: string, headers: Record<string, string> = BROWSER) {
  const isAdmin = call.includes('/admin/api/') && !/\/me\b/.test(call);
  const [method = '', target = ''] = call.split(' ');
  if (!isAdmin) return service.send(call, { headers });
  const [path = '', query = ''] = target.split('?');
  return service.handled(method, { path, query, headers });
}

const ledTo = (location: unknown): [origin: string, path: string, call: string | null] => {
  const { origin, pathname, searchParams } = new URL(String(location));
  return [origin, pathname, searchParams.get('call')];
};

describe('a person in a browser', () => {
  test('there are such methods, of every face', () =>
    expect(GUARDED).toEqual(
      expect.arrayContaining([
        'GET /users',
        'GET /admin/api/some',
        'GET /api/v2/acl/roles',
        'GET /api/v1/helpdesk/api_key',
        'GET /oauth/userinfo',
      ]),
    ));

  test.each(GUARDED)('is led from %s to that method in the portal', async (call) => {
    for (const headers of [BROWSER, OTHERS]) {
      const { status, headers: answered } = await ask(call, headers);
      expect(status).toBe(303);
      expect(ledTo(answered['location'])).toEqual([CONSOLE, '/portal', call.slice('GET '.length)]);
      expect(answered['cache-control']).toBe('no-store');
    }
  });

  test('takes the query along, and cannot be led elsewhere by it', async () => {
    const query = 'limit=2&call=https://evil.example/&login=a%26b%23c';
    const { headers } = await ask(`GET /admin/api/users?${query}`);
    const [origin, path, call] = ledTo(headers['location']);
    expect([origin, path]).toEqual([CONSOLE, '/portal']);
    const sent = new URL(String(call), 'https://issuer.example');
    expect([...sent.searchParams]).toEqual([...new URLSearchParams(query)]);
  });

  test('keeps the slashes that a name has, and is told of no other place by any', async () => {
    const { headers } = await ask('GET /admin/api/resources/cdr?%23');
    expect(ledTo(headers['location'])[2]).toMatch(/^\/admin\/api\/resources\/cdr\?/);
    const odd = await service.handled('GET', { path: '/admin/api/users/a?b#c', headers: BROWSER });
    expect(ledTo(odd.headers['location'])[2]).toBe('/admin/api/users/a%3Fb%23c');
  });
});

describe('is answered as ever', () => {
  test.each<[string, Record<string, string>]>([
    ['a program that takes anything', { accept: '*/*' }],
    ['a program that takes JSON', { accept: 'application/json' }],
    ['a script of a page', { ...BROWSER, 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    ['a frame', { ...BROWSER, 'sec-fetch-dest': 'iframe' }],
    ['whoever shows a token', { ...BROWSER, authorization: 'Bearer x' }],
    ['whoever shows a broken one', { ...BROWSER, authorization: 'Bearer' }],
    ['whoever shows an API key', { ...BROWSER, 'x-api-key': 'x' }],
  ])('%s: 401', async (_case, headers) => {
    for (const call of ['GET /admin/api/users', 'GET /users', 'GET /api/v2/acl/roles']) {
      const { status, headers: answered } = await ask(call, headers);
      expect([call, status]).toEqual([call, 401]);
      expect(answered).not.toHaveProperty('location');
    }
  });

  test('a token in the query, so that it is in no other address', async () => {
    const { status, headers } = await ask('GET /api/v1/helpdesk/api_key?token=secret');
    expect(status).toBeGreaterThanOrEqual(400);
    expect(headers).not.toHaveProperty('location');
  });

  test.each(['POST', 'PATCH', 'PUT', 'DELETE'])('%s, of a browser too', async (method) => {
    const { status, headers } = await service.handled(method, {
      path: '/admin/api/users',
      headers: BROWSER,
    });
    expect(status).toBe(401);
    expect(headers).not.toHaveProperty('location');
  });

  test('a page of our own, which takes the sign-in of the browser itself', async () => {
    const { headers } = await ask('GET /user');
    expect(String(headers['location'])).toContain('/oauth/login?return_to=%2Fuser');
  });
});
