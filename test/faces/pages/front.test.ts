/** P1: whoever lands outside of all flows: a page for people, JSON for programs. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../../lib/config.ts';
import { coldStart, ISSUER, type Service, startService } from '../../support/running/service.ts';

/** As Chromium, Firefox and Safari send it. */
const BROWSERS = [
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
  'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
];
const PROGRAMS = [
  '*/*',
  'application/json',
  'application/json, text/plain, */*',
  'application/*',
  'text/html;q=0, */*',
  'image/avif,image/webp,*/*',
  '',
  ';;;q=',
];
const CONTACT = 'mailto:security@example.com';

let service: Service;
beforeAll(async () => {
  service = await startService({ SECURITY_CONTACT: CONTACT });
});
afterAll(() => service.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  service.send(`GET ${path}`, { headers });
const inBrowser = (path: string, more: Record<string, string> = {}) =>
  get(path, { accept: BROWSERS[0] ?? '', ...more });

describe('P1: a person finds a page', () => {
  test.each([['/', 'This is where you sign in']])('at %s', async (path, heading) => {
    const { status, headers, text } = await inBrowser(path);
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain(`<h1>${heading}</h1>`);
    expect(text).toContain('<html lang="en">');
    expect(text).not.toContain('<script');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; .*form-action 'none'/);
  });

  test.each([
    ['/', 'Tady se přihlašuje'],
    ['/nowhere', 'Nic tu není'],
  ])('in Czech at %s', async (path, heading) => {
    const { headers, text } = await inBrowser(path, { 'accept-language': 'cs-CZ,cs;q=0.9' });
    expect(headers['content-language']).toBe('cs');
    expect(text).toContain('<html lang="cs">');
    expect(text).toContain(`<h1>${heading}</h1>`);
  });
});

describe('P1: what is not there is a 404', () => {
  test.each(BROWSERS)('as a page with the number of the request, for %s', async (accept) => {
    const { status, headers, text } = await get('/nowhere', { accept });
    expect([status, headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect(text).toContain('<h1>There is nothing here</h1>');
    expect(text).toContain('<dd id="request-id" lang="zxx">request-1</dd>');
    expect(text).toContain('href="/"');
  });

  test.each(PROGRAMS)('as JSON, for %j', async (accept) => {
    const { status, headers, body } = await get('/nowhere', { accept });
    expect([status, headers['content-type']]).toEqual([404, 'application/json']);
    expect(body).toEqual({ error: 'not_found', error_description: 'There is nothing here.' });
  });

  test('as JSON, for who says nothing', async () => {
    expect((await get('/nowhere')).body).toHaveProperty('error', 'not_found');
  });

  test.each([
    'POST /nowhere',
    'GET /oauth',
    'GET /.well-known/nothing',
    // A Well-Known URL for Changing Passwords: by this one is seen whether other answers can be trusted.
    'GET /.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200',
  ])('%s', async (call) => expect((await service.send(call)).status).toBe(404));

  test.each(['/<script>alert(1)</script>', '/%3Cb%3E', '/a"onload="b'])(
    'and %s is not repeated',
    async (path) => {
      const { status, text } = await inBrowser(path);
      expect(status).toBe(404);
      expect(text).not.toMatch(/alert|onload=|%3Cb/);
    },
  );
});

describe('P1: what is there for other methods', () => {
  test.each([
    ['GET /login', 'POST'],
    ['POST /', 'GET, HEAD'],
    ['DELETE /oauth/login', 'GET, HEAD, POST'],
  ])('%s is a 405 with Allow, as a page and as JSON', async (call, allow) => {
    const page = await service.send(call, { headers: { accept: BROWSERS[0] ?? '' } });
    expect([page.status, page.headers['allow']]).toEqual([405, allow]);
    expect(page.text).toContain('<h1>There is nothing here</h1>');
    const json = await service.send(call);
    expect([json.status, json.headers['allow']]).toEqual([405, allow]);
    expect(json.body).toHaveProperty('error', 'method_not_allowed');
  });

  test('and in another spelling leads there, a person too', async () => {
    const { status, headers } = await inBrowser('/Account/Password/');
    expect([status, headers['location']]).toEqual([308, '/account/password']);
  });
});

test('P1: change-password leads to where that is told (A Well-Known URL for Changing Passwords §2)', async () => {
  const { status, headers } = await inBrowser('/.well-known/change-password');
  expect([status, headers['location']]).toEqual([303, `${ISSUER}/account/password`]);
});

test('P1: no search engine has any business here (RFC 9309)', async () => {
  const { status, headers, text } = await get('/robots.txt');
  expect([status, headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
  expect(text).toBe('User-agent: *\nDisallow: /\n');
});

test('P1: answers that are no page have an icon, too', async () => {
  const { status, headers, text } = await get('/favicon.ico');
  expect([status, headers['content-type']]).toEqual([200, 'image/svg+xml']);
  expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
  expect(text).not.toContain('script');
});

describe('P1: security.txt', () => {
  test('names the contact, itself, and until when that holds (RFC 9116 §2.5)', async () => {
    const { status, headers, text } = await get('/.well-known/security.txt');
    expect([status, headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    const fields = new Map(
      text
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/: (.*)/) as [string, string]),
    );
    expect(fields.get('Contact')).toBe(CONTACT);
    expect(fields.get('Canonical')).toBe(`${ISSUER}/.well-known/security.txt`);
    const expires = fields.get('Expires') ?? '';
    expect(expires).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const ahead = Date.parse(expires) - Date.now();
    expect(ahead).toBeGreaterThan(86_400_000);
    expect(ahead).toBeLessThan(365 * 86_400_000);
  });

  test('is not there where nobody is named', async () => {
    delete process.env['SECURITY_CONTACT'];
    const { send } = await coldStart();
    expect((await send('GET /.well-known/security.txt')).status).toBe(404);
  });

  test.each(['security@example.com', 'http://example.com', 'mailto:a\nContact: tel:1', 'mailto:'])(
    'a contact has to be a URI that a person may be told: %j',
    (contact) =>
      expect(() => readConfig({ SECURITY_CONTACT: contact }, ['securityContact'])).toThrow(
        'SECURITY_CONTACT must be a URI',
      ),
  );
});
