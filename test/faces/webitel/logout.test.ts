/** POST /logout: after its 200 the pair is dead, everywhere and at once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sent } from '../../support/calls/events.ts';
import {
  both,
  type Credential,
  coldStart,
  patiently,
  type Service,
  startService,
} from '../../support/running/service.ts';

const OK = { status: 200, body: { status: 'OK', info: 'Successful logout.' } };
const BAD_CALLER = { status: 401, body: { status: 'error', info: 'Bad caller' } };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const login = () => service.login('200@mydomain.com');
const logins = (count: number) => Promise.all(Array.from({ length: count }, login));
const alive = async (session: Credential) => (await service.call(session, 'GET /cdr')).status;

/** Wrong values for the half that must not count. */
const WRONG = { token: 'not.a.token', key: 'not-a-key' };
const form = ({ token, key }: Credential) => `access_token=${token}&x_key=${key}`;
const json = ({ token, key }: Credential) => JSON.stringify({ access_token: token, x_key: key });

describe('both halves', () => {
  test.each<[string, (session: Credential) => Sent]>([
    ['in the headers', (it) => ({ headers: both(it) })],
    [
      'in headers as documented',
      (it) => ({ headers: { 'X-Access-Token': it.token, 'X-Key': it.key } }),
    ],
    [
      'in headers of odd case',
      (it) => ({ headers: { 'x-AcCeSs-ToKeN': it.token, 'X-KEY': it.key } }),
    ],
    ['in a form', (it) => ({ headers: FORM, body: form(it) })],
    [
      'in a form, base64 as API Gateway sends it',
      (it) => ({ headers: FORM, body: form(it), base64: true }),
    ],
    ['in JSON', (it) => ({ headers: JSON_TYPE, body: json(it) })],
    ['in the query', (it) => ({ query: form(it) })],
    [
      'in the query, with an empty body of type JSON',
      (it) => ({ headers: JSON_TYPE, body: '', query: form(it) }),
    ],
    [
      'split over header and query',
      (it) => ({ headers: { 'x-key': it.key }, query: `access_token=${it.token}` }),
    ],
    [
      'in the headers, and others in the body and query',
      (it) => ({ headers: { ...both(it), ...FORM }, body: form(WRONG), query: form(WRONG) }),
    ],
    [
      'in the body, and others in the query',
      (it) => ({ headers: FORM, body: form(it), query: form(WRONG) }),
    ],
    [
      'in the headers, with a body that is not JSON',
      (it) => ({ headers: { ...both(it), ...JSON_TYPE }, body: '{' }),
    ],
  ])('%s end the session', async (_case, sent) => {
    const session = await login();
    expect(await service.postLogout(sent(session))).toMatchObject(OK);
    expect(await alive(session)).toBe(401);
  });
});

describe('"Bad caller", and the session lives on', () => {
  let session: Credential;
  let other: Credential;
  beforeAll(async () => {
    [session, other] = (await logins(2)) as [Credential, Credential];
  });

  test.each<[string, (session: Credential, other: Credential) => Sent]>([
    ['nothing', () => ({})],
    ['only the token', ({ token }) => ({ headers: { 'x-access-token': token } })],
    ['only the key', ({ key }) => ({ headers: { 'x-key': key } })],
    ['an empty key', ({ token }) => ({ headers: { 'x-access-token': token, 'x-key': '' } })],
    ['the key of another session', ({ token }, { key }) => ({ headers: both({ token, key }) })],
    ['the token of another session', ({ key }, { token }) => ({ headers: both({ token, key }) })],
    [
      'the key in another case',
      ({ token, key }) => ({ headers: both({ token, key: key.toUpperCase() }) }),
    ],
    ['a wrong header and a right query', (it) => ({ headers: both(WRONG), query: form(it) })],
    [
      'a token cut short',
      ({ token, key }) => ({ headers: both({ token: token.slice(0, -4), key }) }),
    ],
    ['a token of 100 KB', ({ key }) => ({ headers: both({ token: 'a'.repeat(100_000), key }) })],
    [
      'a bearer token and a key',
      ({ token, key }) => ({ headers: { authorization: `Bearer ${token}`, 'x-key': key } }),
    ],
    [
      'halves that are no strings',
      () => ({ headers: JSON_TYPE, body: '{"access_token":1,"x_key":{}}' }),
    ],
    ['halves under __proto__', (it) => ({ headers: JSON_TYPE, body: `{"__proto__":${json(it)}}` })],
    [
      'a repeated half',
      ({ token, key }) => ({
        headers: JSON_TYPE,
        body: `{"access_token":"${token}","x_key":"no","x_key":"${key}"}`,
      }),
    ],
    ['malformed JSON', (it) => ({ headers: JSON_TYPE, body: json(it).slice(0, -1) })],
    ['an array', (it) => ({ headers: JSON_TYPE, body: `[${json(it)}]` })],
    ['null', () => ({ headers: JSON_TYPE, body: 'null' })],
    [
      'JSON of another type',
      (it) => ({ headers: { 'content-type': 'text/plain' }, body: json(it) }),
    ],
  ])('%s', async (_case, sent) => {
    expect(await service.postLogout(sent(session, other))).toMatchObject(BAD_CALLER);
    expect([await alive(session), await alive(other)]).toEqual([200, 200]);
  });

  test('F4: a body over 64 KB is 413 in the same shape', async () => {
    const answer = await service.postLogout({ headers: FORM, body: 'x'.repeat(65_537) });
    expect(answer).toMatchObject({
      status: 413,
      body: { status: 'error', info: 'The body is too large' },
    });
  });
});

describe('once', () => {
  test('a second logout is "Bad caller"', async () => {
    const session = await login();
    expect(await service.logout(session)).toMatchObject(OK);
    expect(await service.logout(session)).toMatchObject(BAD_CALLER);
  });

  test('of 50 logouts at once exactly one succeeds', async () => {
    const session = await login();
    const before = service.dynamodb.requests.length;
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => patiently(() => service.logout(session))),
    );
    const deletes = service.dynamodb.requests
      .slice(before)
      .filter(({ action }) => action === 'TransactWriteItems');
    const statuses = answers.map(({ status }) => status);
    const good = statuses.filter((status) => status === 200).length;
    expect(good).toBeGreaterThanOrEqual(1);
    // On a busy machine a try may be repeated, and then two of them may rightly say so.
    expect(good).toBeLessThanOrEqual(1 + deletes.length - 50);
    expect(statuses.filter((status) => status === 401)).toHaveLength(50 - good);
    expect(await alive(session)).toBe(401);
  });

  test('whose answer from the database is lost has succeeded all the same', async () => {
    const session = await login();
    // An instance of its own: the race before may have used up the SDK's retries of the other.
    const { logout } = await coldStart();
    let losses = 1;
    service.dynamodb.inject(({ action }) =>
      action === 'TransactWriteItems' && losses-- > 0 ? 'lose' : undefined,
    );
    expect(await logout(session)).toMatchObject(OK);
    service.dynamodb.heal();
    expect(await alive(session)).toBe(401);
  });

  test('the same user’s other sessions live on', async () => {
    const [first, second] = (await logins(2)) as [Credential, Credential];
    await service.logout(first);
    expect([await alive(first), await alive(second)]).toEqual([401, 200]);
  });

  test('other instances know at once', async () => {
    const session = await login();
    const elsewhere = await coldStart();
    expect((await elsewhere.call(session, 'GET /cdr')).status).toBe(200);
    await service.logout(session);
    expect((await elsewhere.call(session, 'GET /cdr')).status).toBe(401);
    expect(await elsewhere.logout(session)).toMatchObject(BAD_CALLER);
  });

  test('costs one write and no read', async () => {
    const session = await login();
    await service.logout(await login());
    service.dynamodb.requests.length = 0;
    await service.logout(session);
    expect(service.dynamodb.requests.map(({ action }) => action)).toEqual(['TransactWriteItems']);
  });
});
