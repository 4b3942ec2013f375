/** Inputs that are longer than anything of ours: refused, and never a fault that an alarm counts. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  ARN,
  connectCall,
  fieldsCall,
  httpCall,
  httpV1Call,
  restCall,
  tokenCall,
} from '../../support/calls/events.ts';
import {
  bearer,
  both,
  type Credential,
  outcome,
  type Service,
  startService,
} from '../../support/running/service.ts';

let service: Service;
let session: Credential;
beforeAll(async () => {
  service = await startService({ API_ANSWERS: 'policies=policy' });
  session = await service.login('200@mydomain.com');
});
afterAll(() => service.stop());
afterEach(() => vi.restoreAllMocks());

const roomFor = 512 - `${ARN}/GET`.length;
const PATHS: [string, string][] = [
  ['513 bytes', `/cdr/${'a'.repeat(roomFor - 4)}`],
  ['ten thousand', `/cdr/${'a'.repeat(10_000)}`],
  ['a character cut in two at the end', `/cdr/${'a'.repeat(roomFor - 7)}\u00e9\u00e9\u00e9`],
  ['ten thousand of four bytes each', `/cdr/${'\u{1f511}'.repeat(10_000)}`],
  ['ten thousand wildcards', `/cdr/${'*'.repeat(10_000)}`],
];
const KINDS: [string, (call: string) => unknown][] = [
  ['REST, REQUEST', (call) => restCall(call, bearer(session))],
  ['REST, the pair', (call) => restCall(call, both(session))],
  ['REST, TOKEN', (call) => tokenCall(call, `Bearer ${session.token}`)],
  ['HTTP, payload 1.0', (call) => httpV1Call(call, bearer(session))],
];

describe.each(KINDS)('%s', (_kind, eventOf) => {
  const decided = async (call: string, event = eventOf(call)) => {
    const faults = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const methodArn = (event as { methodArn: string }).methodArn;
    let answer: unknown;
    const result = await outcome(async () => {
      answer = await service.authorizer(event as never);
      return answer;
    }, methodArn);
    expect(faults).not.toHaveBeenCalled();
    return { ...result, answer };
  };

  test('ARN: of 512 bytes it is judged as any other', async () => {
    const path = `/cdr/${'a'.repeat(512 - `${ARN}/GET/cdr/`.length)}`;
    const eventual = eventOf(`GET ${path}`) as { methodArn: string };
    if (Buffer.byteLength(eventual.methodArn) <= 512)
      expect((await decided(`GET ${path}`)).status).toBe(200);
  });

  test.each(PATHS)('ARN: with %s it is denied, and no fault', async (_case, path) => {
    for (const method of ['GET', 'DELETE']) {
      const { status, answer } = await decided(`${method} ${path}`);
      expect(status).toBe(403);
      const resources = JSON.stringify(answer).match(/arn:[^"]*/g) ?? [];
      expect(resources.length).toBeGreaterThan(0);
      for (const arn of resources) expect(Buffer.byteLength(arn)).toBeLessThanOrEqual(512);
    }
  });

  test.each(PATHS)('ARN: with %s and no credential it is a 401', async (_case, path) => {
    const event = eventOf(`GET ${path}`) as Record<string, unknown>;
    const anonymous = { ...event, headers: {}, multiValueHeaders: {}, authorizationToken: '' };
    expect((await decided('', anonymous)).status).toBe(401);
  });
});

describe('without a fault', () => {
  const quietly = async (event: unknown) => {
    const faults = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { status } = await service.decide(event);
    expect(faults).not.toHaveBeenCalled();
    return status;
  };
  const LONG = 'a'.repeat(100_000);

  test.each<[string, Record<string, string>]>([
    ['a token', { authorization: `Bearer ${LONG}` }],
    ['an API key', { 'x-api-key': `lk_${LONG}` }],
    ['a pair', { 'x-access-token': LONG, 'x-key': LONG }],
    ['a header that is of no interest', { 'x-other': LONG }],
  ])('a hundred thousand characters of %s are a 401', async (_case, headers) => {
    expect(await quietly(httpCall('GET /cdr', headers))).toBe(401);
    expect(await quietly(restCall('GET /cdr', headers))).toBe(401);
    expect(await quietly(connectCall(headers))).toBe(401);
  });

  test('a query of a hundred thousand characters is refused', async () => {
    for (const query of ['{'.repeat(100_000), '{cdr '.repeat(20_000), LONG, '['.repeat(100_000)]) {
      const answer = await service.authorizer(fieldsCall(query, session.token) as never);
      expect(answer).toMatchObject({ isAuthorized: false });
      const anonymous = await service.authorizer(fieldsCall(query, LONG) as never);
      expect(anonymous).toMatchObject({ isAuthorized: false });
    }
  });

  test('a path of a hundred thousand characters is judged', async () => {
    expect(await quietly(httpCall(`GET /cdr/${LONG}`, bearer(session)))).toBe(200);
    expect(await quietly(httpCall(`GET /${LONG}`, bearer(session)))).toBe(403);
  });
});
