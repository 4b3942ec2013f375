/** POST /api/v1/authenticate and GET /api/v1/authenticate/user, the Faveo dialect. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import {
  addUser,
  bearerOf,
  claimsOf,
  credentialOf,
  sendJson,
} from '../../support/actors/accounts.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import { httpCall } from '../../support/calls/events.ts';
import { fixtureOf, fixturesOf, matching } from '../../support/calls/fixtures.ts';
import {
  advance,
  coldStart,
  ISSUER,
  outcome,
  type Service,
  startService,
} from '../../support/running/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const ROUTE = 'POST /api/v1/authenticate';
const documented = fixtureOf('faveo/authenticate').request.query ?? '';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const byQuery = (query: string) => service.send(`${ROUTE}?${query}`);
const byForm = (body: string, query = '') =>
  service.send(`${ROUTE}?${query}`, { headers: FORM, body });
const byJson = (body: unknown, query = '') => service.send(`${ROUTE}?${query}`, sendJson(body));
const profile = (headers: Record<string, string>) =>
  service.send('GET /api/v1/authenticate/user', { headers });
const call = (token: unknown) =>
  outcome(() => service.authorizer(httpCall('GET /cdr', bearerOf(String(token)))));

describe('the contract', () => {
  test.each(fixturesOf('faveo'))('$name', async ({ request, answer }) => {
    const { token } = (await byQuery(documented)).body;
    const headers = request.headers['Authorization'] ? bearerOf(String(token)) : {};
    const { status, body } = await service.send(request.route, {
      headers,
      query: request.query ?? '',
    });
    expect({ status, body }).toEqual({ status: answer.status, body: matching(answer.body) });
    const members = (value: unknown) => Object.keys((value ?? {}) as object);
    expect(members(body)).toEqual(members(answer.body));
    expect(members(body['user_id'])).toEqual(members(answer.body['user_id']));
  });

  test('the token has the documented claims, and lives 240 s', async () => {
    const { body } = await byQuery(documented);
    const claims = claimsOf(body['token']);
    const iat = Number(claims['iat']);
    expect(claims).toMatchObject({ iss: ISSUER, exp: iat + 240, nbf: iat });
    expect(claims).toMatchObject({ jti: expect.any(String), sub: expect.any(String) });
    expect(await call(body['token'])).toMatchObject({ status: 200 });
    advance(240);
    expect(await call(body['token'])).toEqual({ status: 401 });
  });
});

describe('the profile', () => {
  test('has what is known of the user', async () => {
    const { body } = await byQuery('username=abc@example.com&password=abc321');
    expect(body['user_id']).toMatchObject({
      user_name: 'abc@example.com',
      first_name: 'Alice',
      last_name: 'Clark',
      phone_number: '+420 555 0100',
      agent_tzone: 'Europe/Prague',
      company: 'Example',
      profile_pic: 'https://example.com/abc.png',
      user_language: 'en-GB',
      role: 'user',
      created_at: '2026-01-01 00:00:00',
      updated_at: '2026-01-01 00:00:00',
    });
  });

  test('S2: has an id within 31 bits, that stays the same and is no other user’s', async () => {
    const idOf = async (query: string) =>
      ((await byQuery(query)).body['user_id'] as { id: number }).id;
    const id = await idOf(documented);
    expect(Number.isSafeInteger(id)).toBe(true);
    // S2: typed clients hold it in 32 bits with a sign.
    expect(id).toBeGreaterThan(0);
    expect(id).toBeLessThan(2 ** 31);
    expect(await idOf(documented)).toBe(id);
    expect(await idOf('username=abc@example.com&password=abc321')).not.toBe(id);
  });

  test('is given to the session of any dialect', async () => {
    const { token } = await service.login('100@mydomain.com');
    expect(await profile(bearerOf(token))).toMatchObject({
      status: 200,
      body: { user: { user_name: '100@mydomain.com', active: 0, role: 'root' } },
    });
  });

  test.each([
    ['a token that is none', { authorization: 'Bearer guess' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
  ])('is not given for %s', async (_case, headers) => {
    expect(await profile(headers)).toMatchObject({
      status: 401,
      body: { success: false, message: 'The token is not valid.' },
    });
  });
});

describe('where parameters may stand', () => {
  test.each([
    ['the query', () => byQuery('username=demoadmin&password=demopass')],
    ['a form', () => byForm('username=demoadmin&password=demopass')],
    ['JSON', () => byJson({ username: 'demoadmin', password: 'demopass' })],
    ['both', () => byForm('password=demopass', 'username=demoadmin')],
    ['an empty form beside the query', () => byForm('', documented)],
    ['the e-mail address', () => byQuery('username=demoadmin@example.com&password=demopass')],
    ['another letter case', () => byQuery('username=DemoAdmin&password=demopass')],
    ['unknown ones beside them', () => byQuery(`${documented}&ip=1&device=x`)],
  ])('%s', async (_case, send) => {
    expect(await send()).toMatchObject({ status: 200, body: { user_id: { role: 'admin' } } });
  });

  test('the body wins over the query', async () => {
    const body = { username: 'abc@example.com', password: 'abc321' };
    expect(await byJson(body, documented)).toMatchObject({ body: { user_id: { role: 'user' } } });
  });

  test('an empty one in the body is none', async () => {
    expect(await byForm('username=', documented)).toMatchObject({ status: 200 });
  });

  test.each([
    ['nothing', () => byQuery(''), 'username: is required'],
    ['no password', () => byQuery('username=a'), 'password: is required'],
    ['an empty name', () => byQuery('username=&password=a'), 'username: is required'],
    ['a number', () => byJson({ username: 1, password: 'a' }), 'username: must be a string'],
    ['null', () => byJson({ username: 'a', password: null }), 'password: must be a string'],
    ['an array', () => byJson({ username: ['a'], password: 'a' }), 'username: must be a string'],
    [
      'a key that is no string',
      () => byJson({ username: 'a', password: 'a', api_key: 1 }),
      'api_key: must be a string',
    ],
    [
      'a long name',
      () => byForm(`username=${'a'.repeat(257)}&password=a`),
      'username: must have at most 256 characters',
    ],
    ['one twice', () => byQuery(`${documented}&username=b`), 'A parameter was sent twice'],
    ['one twice in a form', () => byForm('password=a&password=b'), 'A parameter was sent twice'],
    ['JSON that is none', () => byJson('{'), 'The body is not valid JSON'],
    ['a member twice', () => byJson('{"a":1,"a":2}'), 'The body names a member twice'],
    [
      'half a surrogate pair',
      () => byJson('{"username":"\\ud800","password":"x"}'),
      'username: must be Unicode text',
    ],
    [
      'another kind of body',
      () => service.send(ROUTE, { headers: { 'content-type': 'text/plain' }, body: 'a' }),
      'The content type must be application/x-www-form-urlencoded',
    ],
  ])('%s is a bad request that says so', async (_case, send, message) => {
    const { status, body } = await send();
    expect({ status, body }).toEqual({ status: 400, body: { Error: message, status_code: 400 } });
  });

  test('F4: 70 KB are a 413 that says so', async () => {
    const { status, body } = await byForm(`password=${'a'.repeat(70_000)}`);
    const said = { Error: 'The body is too large', status_code: 413 };
    expect({ status, body }).toEqual({ status: 413, body: said });
  });
});

describe('who is refused, in the same words', () => {
  const refused = { status: 401, body: { Error: 'invalid_credentials', status_code: 401 } };

  test.each([
    ['an unknown user', { username: 'nobody', password: 'demopass' }],
    ['a password of 2000 characters', { username: 'demoadmin', password: 'a'.repeat(2000) }],
    ['a null character after the password', { username: 'demoadmin', password: 'demopass\u0000' }],
  ])('%s', async (_case, body) => {
    expect(await byJson(body)).toMatchObject(refused);
  });

  test('a user who was never activated', async () => {
    await addUser(service.tables.directory, { username: 'inactive' });
    expect(await byQuery('username=inactive&password=secret')).toMatchObject(refused);
  });

  test('a disabled user', async () => {
    const user = { username: 'banned', activated: true };
    const { id } = await addUser(service.tables.directory, user);
    await setDisabled(service.tables.directory, subjectKey(id), true);
    expect(await byQuery('username=banned&password=secret')).toMatchObject(refused);
  });
});

describe('a session opened here', () => {
  test("is ended by Webitel's logout, and its next call refused", async () => {
    const credential = credentialOf(await byQuery(documented));
    expect(await call(credential.token)).toMatchObject({
      status: 200,
      context: { client: 'faveo' },
    });
    expect(await service.logout(credential)).toMatchObject({ status: 200 });
    expect(await call(credential.token)).toEqual({ status: 401 });
    expect(await profile(bearerOf(credential.token))).toMatchObject({ status: 401 });
  });
});

describe('FAVEO_ERRORS_AS_200', () => {
  test('answers wrong credentials as the source of the product does, and nothing else', async () => {
    Object.assign(process.env, { FAVEO_ERRORS_AS_200: 'true' });
    const { send } = await coldStart();
    Object.assign(process.env, { FAVEO_ERRORS_AS_200: '' });
    const wrong = await send(`${ROUTE}?username=demoadmin&password=guess`);
    expect(wrong.status).toBe(200);
    expect(wrong.body).toEqual({ error: 'invalid_credentials', status_code: 401 });
    const key = await send(`${ROUTE}?${documented}&api_key=guess`);
    expect(key).toMatchObject({ status: 200, body: { result: 'wrong api key' } });
    expect(await send(ROUTE)).toMatchObject({
      status: 400,
      body: { error: 'username: is required', status_code: 400 },
    });
    expect(await send(`${ROUTE}?${documented}`)).toMatchObject({ status: 200 });
    expect(await send('GET /api/v1/authenticate/user')).toMatchObject({ status: 401 });
  });

  test('a token must not be meant to outlive the signing keys', async () => {
    Object.assign(process.env, { FAVEO_TOKEN_LIFETIME: '2678401' });
    await expect(coldStart()).rejects.toThrow('FAVEO_TOKEN_LIFETIME must not exceed');
    Object.assign(process.env, { FAVEO_TOKEN_LIFETIME: '' });
  });
});
