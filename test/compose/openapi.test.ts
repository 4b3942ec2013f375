/** GET /openapi.json: served to everybody, cacheable, and with the servers of the deployment. */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { beforeAll, describe, expect, test } from 'vitest';
import { DOCUMENT } from '../../lib/compose/document.ts';
import { request } from '../support/calls/events.ts';
import { answerOf, type Handler } from '../support/running/service.ts';

const ISSUER = 'https://auth.example.com';

let handler: Handler;
beforeAll(async () => {
  Object.assign(process.env, { ISSUER });
  ({ handler } = (await import('../../functions/openapi.ts')) as unknown as { handler: Handler });
});

const get = (headers: Record<string, string> = {}): Promise<APIGatewayProxyStructuredResultV2> =>
  answerOf(handler, request('GET /openapi.json', { headers }));

test('is the document, with the issuer as its only server, whatever the request says', async () => {
  const { statusCode, body = '' } = await get({ host: 'evil.example', 'x-forwarded-host': 'evil' });
  expect(statusCode).toBe(200);
  const { servers, ...rest } = JSON.parse(body);
  expect(servers).toEqual([{ url: ISSUER }]);
  expect(rest).toEqual(DOCUMENT);
});

test('needs neither a table nor a key', () => {
  expect(process.env['DIRECTORY_TABLE']).toBeUndefined();
  expect(process.env['SIGNING_KEYS_SECRET']).toBeUndefined();
});

test('may be cached', async () => {
  expect((await get()).headers).toMatchObject({
    'content-type': 'application/json',
    'cache-control': 'public, max-age=300',
    'x-content-type-options': 'nosniff',
  });
});

describe('If-None-Match (RFC 9110 §13.1.2)', () => {
  const etagOf = async () => String((await get()).headers?.['etag']);

  test.each<[string, (etag: string) => string]>([
    ['the tag', (etag) => etag],
    ['the tag, weak', (etag) => `W/${etag}`],
    ['the tag among others', (etag) => `"other", ${etag}`],
    ['anything', () => '*'],
  ])('with %s: 304 without a body', async (_case, sent) => {
    const etag = await etagOf();
    const answer = await get({ 'If-None-Match': sent(etag) });
    expect(answer).toMatchObject({ statusCode: 304, body: '', headers: { etag } });
  });

  test.each<[string, (etag: string) => string]>([
    ['another tag', () => '"other"'],
    ['the tag without its quotes', (etag) => etag.slice(1, -1)],
    ['nothing', () => ''],
  ])('with %s: the document', async (_case, sent) => {
    const answer = await get({ 'If-None-Match': sent(await etagOf()) });
    expect(answer.statusCode).toBe(200);
  });
});
