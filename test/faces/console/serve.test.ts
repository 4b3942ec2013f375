/** The console's files over HTTP: encodings, caches, policy. Real endpoint, files of our own. */
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import type { Context } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import type { Files } from '../../../lib/faces/console/files.ts';
import { leadingRoutes } from '../../../lib/faces/console/lead.ts';
import { consoleRoutes } from '../../../lib/faces/console/serve.ts';
import { endpoints } from '../../../lib/http/endpoint.ts';
import { CONSOLE_SCOPES } from '../../../lib/manage/clients/own-client.ts';
import { request } from '../../support/calls/events.ts';

const INDEX = '<!doctype html><meta name="latchkey" content="__SETTINGS__"><p>console</p>';
const SCRIPT = 'console.log("latchkey".repeat(3));';
const file = (type: string, text: string) => ({
  type,
  br: brotliCompressSync(text).toString('base64'),
  gzip: gzipSync(text).toString('base64'),
});
const FILES: Files = {
  '/index.html': file('text/html; charset=utf-8', INDEX),
  '/assets/main-a1b2c3d4.js': file('text/javascript; charset=utf-8', SCRIPT),
};
const PLACE = { issuer: 'https://auth.example.com', stage: 'prod "1" <b>', stageColour: 'red' };
const handler = endpoints({ ...consoleRoutes(FILES, PLACE), ...leadingRoutes('') });

const CONTEXT = {} as Context;

async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const route = path === '/' ? `${method} /` : `${method} /{path+}`;
  const event = request(route, { headers, path, parameters: { path: path.slice(1) } });
  const answer = await handler(event, CONTEXT);
  const content = Buffer.from(answer.body, answer.isBase64Encoded ? 'base64' : 'utf8');
  return { status: answer.statusCode, headers: answer.headers, content };
}
const textOf = ({ headers, content }: Awaited<ReturnType<typeof get>>): string => {
  if (headers['content-encoding'] === 'br') return brotliDecompressSync(content).toString();
  return (headers['content-encoding'] === 'gzip' ? gunzipSync(content) : content).toString();
};

describe('a file with a hash in its name', () => {
  test.each([
    ['br, gzip', 'br'],
    ['gzip, deflate, br;q=0.5', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['deflate', undefined],
    ['', undefined],
  ])('for %j comes as %j (RFC 9110 §12.5.3)', async (accepted, coding) => {
    const answer = await get('/assets/main-a1b2c3d4.js', { 'accept-encoding': accepted });
    expect(answer.headers['content-encoding']).toBe(coding);
    expect(answer.headers['vary']).toBe('Accept-Encoding');
    expect(textOf(answer)).toBe(SCRIPT);
  });

  test('is kept for good (RFC 8246), and is of the type that it is', async () => {
    const { headers } = await get('/assets/main-a1b2c3d4.js');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('has a tag an encoding, and is not sent again to who has it (RFC 9110 §13.1.2)', async () => {
    const [br, gzip] = await Promise.all(
      ['br', 'gzip'].map((coding) =>
        get('/assets/main-a1b2c3d4.js', { 'accept-encoding': coding }),
      ),
    );
    expect(br?.headers['etag']).not.toBe(gzip?.headers['etag']);
    const known = { 'accept-encoding': 'br', 'if-none-match': br?.headers['etag'] ?? '' };
    const again = await get('/assets/main-a1b2c3d4.js', known);
    expect([again.status, again.content.length]).toEqual([304, 0]);
    const other = await get('/assets/main-a1b2c3d4.js', { ...known, 'accept-encoding': 'gzip' });
    expect(other.status).toBe(200);
  });

  test.each(['/assets/other.js', '/assets/', '/assets/../index.html', '/assets/__proto__'])(
    'that is not there is a 404, never the index: %s',
    async (path) => expect((await get(path)).status).toBe(404),
  );
});

describe('the index', () => {
  test.each(['/', '/users', '/users/abc/def', '/signed-in', '/index.html', '/__proto__'])(
    'is at %s, and asked for again each time',
    async (path) => {
      const answer = await get(path, { 'accept-encoding': 'br' });
      expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-cache']);
      expect(textOf(answer)).toContain('<p>console</p>');
    },
  );

  test('is told of the service, in an attribute that no name of a stage breaks out of', async () => {
    const text = textOf(await get('/'));
    expect(text.match(/</g)).toHaveLength(4);
    const [, content = ''] = /content="([^"]*)"/.exec(text) ?? [];
    const plain = content
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&amp;', '&');
    const { client, ...rest } = JSON.parse(plain);
    expect(rest).toEqual({ issuer: PLACE.issuer, stage: PLACE.stage, colour: 'red' });
    expect(client).toEqual({ id: 'latchkey-console', scope: CONSOLE_SCOPES.join(' ') });
  });

  test('lets nothing run but its own files, and nobody frame or hold it', async () => {
    const { headers } = await get('/');
    const policy = headers['content-security-policy'] ?? '';
    const directives = policy.split('; ');
    expect(directives).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        'connect-src https://auth.example.com',
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ]),
    );
    // A logo that is part of a brand is shown beside its field; an image runs nothing.
    expect(policy).toContain("img-src 'self' data:;");
    expect(String(policy).replace("img-src 'self' data:", '')).not.toMatch(/unsafe|\*|data:/);
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'strict-transport-security': 'max-age=63072000',
      'referrer-policy': 'no-referrer',
    });
  });

  test('answers HEAD without its content (RFC 9110 §9.3.2)', async () => {
    const answer = await get('/', { 'accept-encoding': 'br' }, 'HEAD');
    expect([answer.status, answer.content.length]).toEqual([200, 0]);
  });

  test('that was not built is a 404', async () => {
    const empty = endpoints(consoleRoutes({}, PLACE));
    const { statusCode } = await empty(request('GET /'), CONTEXT);
    expect(statusCode).toBe(404);
  });
});

describe('from the issuer', () => {
  const routes = leadingRoutes('https://console.example.com');
  const led = endpoints(routes);

  test.each([
    ['/console', '/'],
    ['/portal', '/portal'],
    ['/api', '/portal'],
  ])('%s leads to %s of the console', async (path, place) => {
    const { statusCode, headers } = await led(request(`GET ${path}`), CONTEXT);
    expect([statusCode, headers['location']]).toEqual([303, `https://console.example.com${place}`]);
  });

  test('nothing leads to a console that a stage leaves out', async () => {
    const { statusCode } = await handler(request('GET /console'), CONTEXT);
    expect(statusCode).toBe(404);
  });
});
