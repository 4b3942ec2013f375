/** Which changes make API Gateway forget, and how seldom it is asked. The SDK against loopback. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StreamRecord } from '../../lib/store/stream.ts';

const cache = (path: string): string =>
  `arn:aws:apigateway:eu-central-1::/${path}/cache/authorizers`;
const REST = cache('restapis/a1b2c3/stages/prod');
const HTTP = cache('apis/d4e5f6/stages/$default');

let server: Server;
let asked: string[] = [];
let answer = (_url: string): { status: number; type?: string } => ({ status: 204 });
const logged: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = decodeURIComponent(request.url ?? '');
    asked.push(`${request.method} ${url}`);
    const { status, type } = answer(url);
    response.writeHead(status, type ? { 'x-amzn-errortype': type } : {});
    response.end(type && JSON.stringify({ message: 'injected' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_API_GATEWAY: endpoint,
    AWS_ENDPOINT_URL_APIGATEWAYV2: endpoint,
    FLUSH_INTERVAL: '1',
  });
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  asked = [];
  answer = () => ({ status: 204 });
  logged.length = 0;
  for (const level of ['info', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((line: string) => void logged.push(line));
});
afterEach(() => void vi.restoreAllMocks());

async function coldStart(...arns: string[]) {
  vi.resetModules();
  process.env['FLUSH_APIS'] = arns.join(',');
  const { handler } = await import('../../functions/flush.ts');
  return (...records: StreamRecord[]) =>
    handler({ Records: records.map((it) => ({ eventSource: 'aws:dynamodb', ...it })) });
}
const record = (eventName: string, sk: string, more: object = {}): StreamRecord => ({
  eventSource: 'aws:dynamodb',
  eventName,
  dynamodb: { Keys: { pk: { S: 'x' }, sk: { S: sk } } },
  ...more,
});
const logout = record('REMOVE', 'session#1');
const byTtl = { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } };

describe('a record of a stream', () => {
  test.each([
    ['a logout', logout],
    ['a key switched off', record('MODIFY', 'session#lk1')],
    ['a subject disabled or signed out', record('MODIFY', 'subject')],
    ['a subject deleted', record('REMOVE', 'subject')],
    ['a domain', record('MODIFY', 'domain')],
    ['a role', record('MODIFY', 'role')],
    ['a role deleted', record('REMOVE', 'role')],
    ['the registry', record('MODIFY', 'resources')],
    ['what is in force of what all share', record('MODIFY', 'manifest')],
  ])('of %s flushes every registered cache', async (_case, changed) => {
    const flush = await coldStart(REST, HTTP);
    await flush(changed);
    expect(asked.sort()).toEqual([
      'DELETE /restapis/a1b2c3/stages/prod/cache/authorizers',
      'DELETE /v2/apis/d4e5f6/stages/$default/cache/authorizers',
    ]);
  });

  test.each([
    ['a sign-in', record('INSERT', 'session#1')],
    ['a session that the TTL tidied away', record('REMOVE', 'session#1', byTtl)],
    ['a last use', record('MODIFY', 'used')],
    ['a spent code', record('MODIFY', 'code')],
    ['the published keys', record('MODIFY', 'keys')],
    ['a failed sign-in', record('MODIFY', 'attempts')],
    ['a new user', record('INSERT', 'subject')],
    ['an unknown event', record('RENAME', 'subject')],
    ['a kind that only begins alike', record('REMOVE', 'roles')],
    ['nothing', { eventSource: 'aws:dynamodb' }],
    ['no keys', { eventSource: 'aws:dynamodb', eventName: 'REMOVE', dynamodb: {} }],
  ])('of %s flushes nothing', async (_case, changed) => {
    const flush = await coldStart(REST, HTTP);
    await flush(changed);
    expect(asked).toEqual([]);
  });
});

describe('flushes', () => {
  test('are one for each cache, however many revocations come at once', async () => {
    const flush = await coldStart(REST);
    await flush(
      ...Array.from({ length: 1000 }, (_, index) => record('REMOVE', `session#${index}`)),
    );
    expect(asked).toHaveLength(1);
  });

  test('of one cache are an interval apart, and none is left out', async () => {
    const flush = await coldStart(REST);
    await flush(logout);
    const started = performance.now();
    await flush(logout);
    expect(performance.now() - started).toBeGreaterThan(900);
    expect(asked).toHaveLength(2);
  });

  test('happen nowhere where no API is registered', async () => {
    const flush = await coldStart();
    await flush(logout);
    expect([asked, logged]).toEqual([[], []]);
  });
});

describe('a flush that fails', () => {
  test('is tried again with the records, and recovers', async () => {
    const flush = await coldStart(REST);
    answer = () => ({ status: 500, type: 'InternalFailure' });
    await expect(flush(logout)).rejects.toThrow('temporarily unavailable');
    answer = () => ({ status: 204 });
    await flush(logout);
    const faults = logged.map((line) => JSON.parse(line)).filter(({ Faults }) => Faults === 1);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ level: 'error', function: 'flush', cache: REST });
  });

  test('for one API holds up no other', async () => {
    const flush = await coldStart(REST, HTTP);
    answer = (url) =>
      url.includes('a1b2c3') ? { status: 429, type: 'TooManyRequestsException' } : { status: 204 };
    await expect(flush(logout)).rejects.toThrow('temporarily unavailable');
    expect(asked.filter((url) => url.includes('d4e5f6'))).toHaveLength(1);
  });

  test('since the API is gone is said, and not tried again', async () => {
    const flush = await coldStart(REST, HTTP);
    answer = (url) =>
      url.includes('a1b2c3') ? { status: 404, type: 'NotFoundException' } : { status: 204 };
    await flush(logout);
    expect(logged.some((line) => line.includes('NotFoundException') && line.includes(REST))).toBe(
      true,
    );
  });
});

test.each([
  'a1b2c3',
  'arn:aws:apigateway:eu-central-1::/restapis/a1b2c3/stages/prod',
  'arn:aws:apigateway:eu-central-1::/restapis/a1b2c3/stages/prod/cache/data',
  `${REST}/x`,
  `x${REST}`,
  '*',
])('%s is no authorizer cache: it does not start', async (arn) => {
  await expect(coldStart(arn)).rejects.toThrow('FLUSH_APIS');
});
