/** DynamoDB fails at the wire: login and logout say so (503), lose nothing, and recover. */
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { addUser } from '../support/actors/people.ts';
import {
  broken,
  denied,
  type Fault,
  type Request,
  throttled,
  unprocessed,
} from '../support/running/proxy.ts';
import {
  type Answer,
  type Credential,
  type Service,
  startService,
} from '../support/running/service.ts';

type Inject = (request: Request) => Fault | undefined;

let service: Service;
let user: { id: string; username: string };
let session: Credential;
beforeAll(async () => {
  service = await startService();
  user = await addUser(service);
  session = await service.login(user.username);
});
afterAll(() => service.stop());
afterEach(() => service.dynamodb.heal());

const call = () => service.call(session, 'GET /cdr');
const login = (): Promise<Answer> =>
  service.postLogin({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: user.username, password: 'secret' }),
  });
const sessionCount = async () => {
  const { client, name: TableName } = service.tables.sessions;
  const query = new QueryCommand({
    TableName,
    KeyConditionExpression: 'pk = :user',
    ExpressionAttributeValues: { ':user': { S: user.id } },
  });
  return (await client.send(query)).Count;
};
/** Only requests of that kind fail. */
const only =
  (action: string, fault: Fault): Inject =>
  (request) =>
    request.action === action ? fault : undefined;
/** The request arrives and is done; its answer is lost. */
const lostOnce = (action: string): Inject => {
  let lost = false;
  return (request) => {
    if (lost || request.action !== action) return undefined;
    lost = true;
    return () => {
      throw new Error('lost');
    };
  };
};

const UNAVAILABLE = {
  status: 503,
  headers: { 'retry-after': '2', 'cache-control': 'no-store' },
  body: { status: 'error', info: 'The service is temporarily unavailable. Try again.' },
};
const SERVER_ERROR = {
  status: 500,
  body: { status: 'error', info: 'The server could not answer.' },
};

describe('login answers 503 with Retry-After, leaves no session, and recovers', () => {
  test.each<[string, Inject]>([
    ['throttled', () => throttled],
    ['a fault of DynamoDB', () => broken],
    ['a cut connection', () => 'cut'],
    [
      'roles left unprocessed, always',
      (request) => (request.action === 'BatchGetItem' ? unprocessed(request) : undefined),
    ],
    ['cut off at the write', ({ action }) => (action.includes('Get') ? undefined : 'cut')],
  ])('%s', async (_case, inject) => {
    const before = await sessionCount();
    service.dynamodb.inject(inject);
    expect(await login()).toMatchObject(UNAVAILABLE);
    service.dynamodb.heal();
    expect(await sessionCount()).toBe(before);
    expect((await login()).status).toBe(200);
  });

  test('without permission it is our fault (500), and trying again would not help', async () => {
    service.dynamodb.inject(() => denied);
    const answer = await login();
    expect(answer).toMatchObject(SERVER_ERROR);
    expect(answer.headers).not.toHaveProperty('retry-after');
  });

  test('while one throttle alone goes unnoticed', async () => {
    let first = true;
    service.dynamodb.inject(() => {
      const fault = first ? throttled : undefined;
      first = false;
      return fault;
    });
    expect((await login()).status).toBe(200);
  });

  test('a trail that cannot be written keeps nobody out: what is lost is a line and a count', async () => {
    const lines: string[] = [];
    const spy = vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(line));
    service.dynamodb.inject(only('TransactWriteItems', broken));
    const { status, body } = await login();
    const opened = { token: String(body['token']), key: String(body['key']) };
    const ended = await service.logout(opened);
    service.dynamodb.heal();
    spy.mockRestore();
    expect([status, ended.status]).toEqual([200, 200]);
    expect((await service.call(opened, 'GET /cdr')).status).toBe(401);
    const lost = lines.map((line) => JSON.parse(line)).filter(({ TrailLost }) => TrailLost === 1);
    expect(lost.map((one) => one.function)).toEqual(['sign-in', 'sign-out']);
    // An alarm names one set of dimensions: that of no dimension is of both.
    const sets = lost.map(({ _aws }) => _aws.CloudWatchMetrics[0].Dimensions);
    expect(sets).toEqual([[[]], [[]]]);
  });

  test('as does the lost answer to the write: the session is there', async () => {
    service.dynamodb.inject(lostOnce('TransactWriteItems'));
    const { status, body } = await login();
    expect(status).toBe(200);
    const opened = { token: String(body['token']), key: String(body['key']) };
    expect((await service.call(opened, 'GET /cdr')).status).toBe(200);
  });
});

describe('logout', () => {
  test.each<[string, Inject]>([
    ['a fault of DynamoDB', () => broken],
    ['a cut connection', () => 'cut'],
  ])('%s is 503: the session is neither lost nor said to be', async (_case, inject) => {
    const own = await service.login(user.username);
    service.dynamodb.inject(inject);
    expect(await service.logout(own)).toMatchObject(UNAVAILABLE);
    service.dynamodb.heal();
    expect((await service.call(own, 'GET /cdr')).status).toBe(200);
    expect((await service.logout(own)).status).toBe(200);
  });

  test('whose answer is lost has ended the session all the same', async () => {
    const own = await service.login(user.username);
    service.dynamodb.inject(lostOnce('TransactWriteItems'));
    await service.logout(own);
    service.dynamodb.heal();
    expect((await service.call(own, 'GET /cdr')).status).toBe(401);
  });
});

test('DynamoDB that never answers is cut off before API Gateway would (10 s)', async () => {
  const own = await service.login(user.username);
  service.dynamodb.inject(() => 'hang');
  const [called, loggedIn, loggedOut] = await Promise.all([call(), login(), service.logout(own)]);
  expect(called).toEqual({ status: 500 });
  expect(loggedIn).toMatchObject(UNAVAILABLE);
  expect(loggedOut).toMatchObject(UNAVAILABLE);
  service.dynamodb.heal();
  expect([(await call()).status, (await login()).status]).toEqual([200, 200]);
});
