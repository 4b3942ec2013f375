/** What the issuer knows of the console: its client, its origin, and which pages no script gets. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UNTRACKED } from '../../../lib/events/trail.ts';
import { CONSOLE_CLIENT, CONSOLE_SCOPES } from '../../../lib/manage/clients/own-client.ts';
import { registerConsole } from '../../../lib/manage/deployment/register-console.ts';
import { readClient } from '../../../lib/store/directory/clients.ts';
import { epochMilliseconds } from '../../../lib/time.ts';
import { type Admin, type Caller, startAdmin } from '../../support/running/admin.ts';
import { openBrowser, pageOf } from '../../support/web/browser.ts';

const URL_OF_CONSOLE = 'https://console.example.com';
let service: Admin;
let root: Caller;
beforeAll(async () => {
  service = await startAdmin({
    ALLOWED_ORIGINS: 'https://app.example.com',
    CONSOLE_URL: URL_OF_CONSOLE,
  });
  root = await service.by('100@mydomain.com');
});
afterAll(() => service.stop());

const register = (url = URL_OF_CONSOLE) =>
  registerConsole(
    service.tables.directory,
    { url, domain: 'mydomain.com' },
    { now: epochMilliseconds(Date.now()), trail: UNTRACKED },
  );

describe('the client of the console', () => {
  test('cannot be made by anybody before it is there', async () => {
    const body = { id: CONSOLE_CLIENT, name: 'Mine', redirectUris: ['https://evil.example/'] };
    const made = await service.admin(root, 'POST /clients', { body });
    expect([made.status, made.body['rule']]).toEqual([409, 'client-id-reserved']);
    expect(await readClient(service.tables.directory, CONSOLE_CLIENT)).toBeUndefined();
  });

  test('is public, with PKCE, for users of every domain, and asks for what it needs', async () => {
    await register();
    const { body } = await service.admin(root, `GET /clients/${CONSOLE_CLIENT}`);
    expect(body).toMatchObject({
      authentication: 'none',
      pkce: 'required',
      consent: 'never',
      domains: ['*'],
      grants: ['authorization_code'],
      scopes: CONSOLE_SCOPES,
      redirectUris: [`${URL_OF_CONSOLE}/signed-in`],
      allowedOrigins: [URL_OF_CONSOLE],
      secrets: [],
    });
  });

  test('is not deleted, by root neither', async () => {
    await register();
    const gone = await service.admin(root, `DELETE /clients/${CONSOLE_CLIENT}`);
    expect([gone.status, gone.body['rule']]).toEqual([403, 'own-client']);
    expect(await readClient(service.tables.directory, CONSOLE_CLIENT)).toBeDefined();
  });

  test('gets another URL when it is registered again, and stays disabled if it was', async () => {
    const before = await register();
    const path = `/clients/${CONSOLE_CLIENT}`;
    const change = { body: { disabled: true }, headers: { 'if-match': '*' } };
    expect((await service.admin(root, `PATCH ${path}`, change)).status).toBe(200);
    await register('https://admin.example.com');
    const after = await readClient(service.tables.directory, CONSOLE_CLIENT);
    expect(after).toMatchObject({
      disabled: true,
      createdAt: before.createdAt,
      redirectUris: ['https://admin.example.com/signed-in'],
    });
  });
});

describe('a page of the console', () => {
  const from = (origin: string) => service.send('GET /admin/api/me', { headers: { origin } });

  test.each([URL_OF_CONSOLE, 'https://app.example.com'])('at %s reads answers', async (origin) => {
    const { headers } = await from(origin);
    expect(headers['access-control-allow-origin']).toBe(origin);
    expect(headers['access-control-expose-headers']).toContain('Apigw-Requestid');
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  test.each(['https://console.example.com.evil.example', 'https://evil.example', 'null'])(
    'not so one at %s',
    async (origin) => {
      expect((await from(origin)).headers).not.toHaveProperty('access-control-allow-origin');
    },
  );

  test('may ask first (Fetch Standard §3.3.2)', async () => {
    const headers = { origin: URL_OF_CONSOLE, 'access-control-request-method': 'PATCH' };
    const answer = await service.send('OPTIONS /admin/api/users/x', { headers });
    expect(answer.headers['access-control-allow-origin']).toBe(URL_OF_CONSOLE);
  });
});

describe('a page on which people sign in is not for a script', () => {
  const says = (site: string, mode: string, dest: string) => ({
    'sec-fetch-site': site,
    'sec-fetch-mode': mode,
    'sec-fetch-dest': dest,
  });

  test.each([
    ['a fetch of the same site', says('same-site', 'cors', 'empty')],
    ['a fetch of our own origin', says('same-origin', 'cors', 'empty')],
    ['a frame', says('cross-site', 'navigate', 'iframe')],
    ['an object', says('same-site', 'navigate', 'object')],
    ['an image', says('cross-site', 'no-cors', 'image')],
  ])('nor in %s (Fetch Metadata §2)', async (_case, headers) => {
    const browser = openBrowser(service, headers);
    for (const call of [
      'GET /oauth/login?return_to=/user',
      'GET /oauth/authorize',
      'GET /session/end',
    ]) {
      const answer = await browser.go(call);
      expect([call, answer.status, answer.cookies]).toEqual([call, 400, []]);
      expect(answer.text).not.toContain('<form');
    }
    expect((await browser.go('POST /oauth/login')).status).toBe(400);
    expect((await browser.go('POST /oauth/consent')).status).toBe(400);
  });

  test.each([
    ['a person goes there', says('none', 'navigate', 'document')],
    ['from another site', says('cross-site', 'navigate', 'document')],
    ['a program that says a part', { 'sec-fetch-mode': 'cors' }],
  ])('but where %s', async (_case, headers) => {
    const answer = await openBrowser(service, headers).go('GET /oauth/login?return_to=/user');
    expect([answer.status, pageOf(answer)]).toEqual([200, 'login']);
  });
});
