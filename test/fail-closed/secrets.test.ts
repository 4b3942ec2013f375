/** Secrets Manager down, at a cold start and while warm; and key sets that cannot be used. */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { decodeProtectedHeader } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { get, put } from '../../lib/aws/table.ts';
import { broken, denied, type Fault } from '../support/running/proxy.ts';
import {
  type Answer,
  advance,
  coldStart,
  type Service,
  startService,
} from '../support/running/service.ts';

const KEYS = { pk: 'keys', sk: 'keys' };
const UNAVAILABLE = { status: 503, headers: { 'retry-after': '2' }, body: { status: 'error' } };
const THROTTLED: Fault = { status: 400, body: { __type: 'ThrottlingException' } };

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());
afterEach(() => {
  service.secrets.heal();
  service.dynamodb.heal();
});

type Instance = Awaited<ReturnType<typeof coldStart>>;
const login = (instance: Pick<Instance, 'postLogin'>): Promise<Answer> =>
  instance.postLogin({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: '200@mydomain.com', password: 'secret' }),
  });
const sessionCount = async () => {
  const { client, name: TableName } = service.tables.sessions;
  return (await client.send(new ScanCommand({ TableName }))).Count;
};

describe('at a cold start', () => {
  test.each<[string, Fault, number]>([
    ['down', broken, 503],
    ['throttled', THROTTLED, 503],
    ['out of reach', 'cut', 503],
    ['closed to us', denied, 500],
  ])('%s: no login, no session left behind; then it recovers', async (_case, fault, status) => {
    const instance = await coldStart();
    const before = await sessionCount();
    service.secrets.inject(() => fault);
    const answer = await login(instance);
    expect(answer).toMatchObject(status === 503 ? UNAVAILABLE : { status });
    expect(await sessionCount()).toBe(before);
    service.secrets.heal();
    expect((await login(instance)).status).toBe(200);
  });

  test('without a version that is current: 503', async () => {
    const instance = await coldStart();
    service.secrets.inject(() => ({ status: 400, body: { __type: 'ResourceNotFoundException' } }));
    expect(await login(instance)).toMatchObject(UNAVAILABLE);
  });

  test.each<[string, string, number]>([
    ['an empty set, before the first rotation', '{"keys":[]}', 503],
    ['no key set', '{"password":"x"}', 500],
    ['no JSON', 'PEM where JSON should be', 500],
  ])('with %s in the secret', async (_case, SecretString, status) => {
    const instance = await coldStart();
    const before = await sessionCount();
    service.secrets.inject(() => (answer) => ({ ...answer, SecretString }));
    expect((await login(instance)).status).toBe(status);
    expect(await sessionCount()).toBe(before);
    service.secrets.heal();
    expect((await login(instance)).status).toBe(200);
  });

  test('neither the authorizer nor logout nor discovery asks for it', async () => {
    const session = await service.login('200@mydomain.com');
    const instance = await coldStart();
    service.secrets.inject(() => broken);
    service.secrets.requests.length = 0;
    expect((await instance.call(session, 'GET /cdr')).status).toBe(200);
    expect((await instance.get('/.well-known/jwks.json')).status).toBe(200);
    expect((await instance.logout(session)).status).toBe(200);
    expect(service.secrets.requests).toEqual([]);
  });
});

describe('while warm', () => {
  let warm: Instance;
  beforeEach(async () => {
    warm = await coldStart();
    await login(warm);
  });

  test('a login asks for the keys once in five minutes', async () => {
    service.secrets.requests.length = 0;
    advance(300);
    await login(warm);
    expect(service.secrets.requests).toHaveLength(0);
    advance(1);
    await Promise.all([login(warm), login(warm), login(warm)]);
    expect(service.secrets.requests).toHaveLength(1);
  });

  test('down for less than an hour: logins go on with the keys held, and do not hammer it', async () => {
    const { kid } = decodeProtectedHeader(String((await login(warm)).body['token']));
    service.secrets.inject(() => broken);
    advance(3600);
    const { status, body } = await login(warm);
    expect([status, decodeProtectedHeader(String(body['token'])).kid]).toEqual([200, kid]);
    service.secrets.requests.length = 0;
    expect((await login(warm)).status).toBe(200);
    expect(service.secrets.requests).toEqual([]);
  });

  test('down for longer: 503, until it is back', async () => {
    service.secrets.inject(() => broken);
    advance(3601);
    expect(await login(warm)).toMatchObject(UNAVAILABLE);
    service.secrets.heal();
    expect((await login(warm)).status).toBe(200);
  });
});

describe('the published keys', () => {
  /** As GetItem answers, and as BatchGetItem does, by which a verdict reads them with other things. */
  const withoutKeys = (answer: object) => {
    const { Responses: tables = {} } = answer as { Responses?: Record<string, Answered[]> };
    const others = Object.entries(tables).map(([table, items]) => [
      table,
      items.filter(({ pk }) => pk?.S !== 'keys'),
    ]);
    return { Responses: Object.fromEntries(others) };
  };
  type Answered = { pk?: { S?: string } };

  test('missing: no token is valid (401), and no document is made up', async () => {
    const session = await service.login('200@mydomain.com');
    const instance = await coldStart();
    service.dynamodb.inject(({ body }) =>
      JSON.stringify(body).includes('"keys"') ? withoutKeys : undefined,
    );
    expect((await instance.call(session, 'GET /cdr')).status).toBe(401);
    expect((await instance.get('/.well-known/jwks.json')).body).toEqual({ keys: [] });
  });

  test('malformed: a fault (500), never an Allow', async () => {
    const session = await service.login('200@mydomain.com');
    const item = await get(service.tables.directory, KEYS);
    await put(service.tables.directory, { ...item, keys: [{ kid: 'x' }] });
    const instance = await coldStart();
    expect(await instance.call(session, 'GET /cdr')).toEqual({ status: 500 });
    expect((await instance.get('/.well-known/jwks.json')).status).toBe(500);
    await put(service.tables.directory, item ?? {});
    expect((await instance.call(session, 'GET /cdr')).status).toBe(200);
  });
});
