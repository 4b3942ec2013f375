/** POST /user/auth, the Appmixer dialect. Real handlers, real store, real keys; nothing patched. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findUserId } from '../../../lib/store/directory/login-owners.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { readUser, saveUser } from '../../../lib/store/directory/users.ts';
import { addUser, claimsOf, credentialOf, sendJson } from '../../support/actors/accounts.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import { httpCall } from '../../support/calls/events.ts';
import { fixtureOf, matching } from '../../support/calls/fixtures.ts';
import {
  bearer,
  ISSUER,
  outcome,
  type Service,
  startService,
} from '../../support/running/service.ts';

const contract = fixtureOf('appmixer/sign-in');
let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const signIn = (body: unknown) => service.send('POST /user/auth', sendJson(body));

describe('POST /user/auth', () => {
  test('the documented request gives the documented answer', async () => {
    const { directory } = service.tables;
    const id = (await findUserId(directory, 'abc@example.com')) ?? '';
    const before = await readUser(directory, id);
    if (before) await saveUser(directory, { before, after: { ...before, activated: false } });
    const { status, headers, body } = await signIn(contract.request.body);
    expect(status).toBe(contract.answer.status);
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(body).toEqual(matching(contract.answer.body));
    const names = (value: unknown) => Object.keys(value as object);
    expect(names(body)).toEqual(names(contract.answer.body));
    expect(names(body['user'])).toEqual(names(contract.answer.body['user']));
  });

  test('the token has the documented claims beside ours, and lives 30 days', async () => {
    const { body } = await signIn(contract.request.body);
    const claims = claimsOf(body['token']);
    const { id } = body['user'] as { id: string };
    expect(claims).toMatchObject({ id, scope: ['user'], sub: id, iss: ISSUER });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(2_592_000);
  });

  test('a user who was never activated is shown so and may sign in', async () => {
    await addUser(service.tables.directory, { username: 'fresh' });
    const { status, body } = await signIn({ username: 'fresh', password: 'secret' });
    expect(status).toBe(200);
    expect(body['user']).toMatchObject({ isActive: false, email: '', plan: 'free' });
  });

  test.each([
    ['the e-mail address', { email: 'abc@example.com' }],
    ['the e-mail address as username', { username: 'abc@example.com' }],
    ['another letter case', { username: 'ABC@Example.COM' }],
    ['full-width letters', { username: 'ａｂｃ@example.com' }],
    ['spaces around it', { username: ' abc@example.com ' }],
  ])('%s names the same user', async (_case, name) => {
    const { status, body } = await signIn({ ...name, password: 'abc321' });
    expect(status).toBe(200);
    expect(body['user']).toMatchObject({ username: 'abc@example.com' });
  });

  test.each([
    ['a wrong password', { username: 'abc@example.com', password: 'guess' }],
    ['an unknown user', { username: 'nobody', password: 'abc321' }],
    ['a name with a control character', { username: 'abc\u0000', password: 'abc321' }],
    ['a name of 256 characters', { username: 'a'.repeat(256), password: 'abc321' }],
    ['a password of 2000 characters', { username: 'abc@example.com', password: 'a'.repeat(2000) }],
    ['a password in another letter case', { username: 'abc@example.com', password: 'ABC321' }],
  ])('%s is refused in the same words', async (_case, body) => {
    const answer = await signIn(body);
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({
      statusCode: 401,
      error: 'Unauthorized',
      message: 'Invalid username or password',
    });
  });

  test('a disabled user is refused in the same words', async () => {
    const { id } = await addUser(service.tables.directory, { username: 'gone' });
    await setDisabled(service.tables.directory, subjectKey(id), true);
    expect(await signIn({ username: 'gone', password: 'secret' })).toMatchObject({ status: 401 });
  });

  test.each([
    ['no name', { password: 'abc321' }, 'username: is required, or email'],
    ['no password', { username: 'abc@example.com' }, 'password: is required'],
    ['an empty password', { username: 'a', password: '' }, 'password: must not be empty'],
    ['an empty name', { username: '', password: 'a' }, 'username: must not be empty'],
    ['a number for a name', { username: 5, password: 'a' }, 'username: must be a string'],
    ['an array for a name', { username: ['a'], password: 'a' }, 'username: must be a string'],
    ['null for a password', { username: 'a', password: null }, 'password: must be a string'],
    ['an object for an address', { email: {}, password: 'a' }, 'email: must be a string'],
    [
      'a name of 300 characters',
      { username: 'a'.repeat(300), password: 'a' },
      'username: must have at most 256 characters',
    ],
    ['an array', [], 'The body must be a JSON object'],
    ['null', 'null', 'The body must be a JSON object'],
    ['no JSON', '{', 'The body is not valid JSON'],
    ['nothing', '', 'The body is not valid JSON'],
    [
      'a member that is there twice',
      '{"username":"a","username":"b","password":"c"}',
      'The body names a member twice',
    ],
  ])('%s is a bad request that says so', async (_case, body, message) => {
    const answer = await signIn(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ statusCode: 400, error: 'Bad Request', message });
  });

  test('F4: 70 KB are a 413 in the same shape', async () => {
    const { status, body } = await signIn({ username: 'a', password: 'a'.repeat(70_000) });
    const [error, message] = ['Content Too Large', 'The body is too large'];
    expect({ status, body }).toEqual({ status: 413, body: { statusCode: 413, error, message } });
  });

  test('a form is not JSON', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = 'username=abc%40example.com&password=abc321';
    expect(await service.send('POST /user/auth', { headers, body })).toMatchObject({ status: 400 });
  });
});

describe('a session opened here', () => {
  test("is ended by Webitel's logout, and its next call refused", async () => {
    const credential = credentialOf(await signIn(contract.request.body));
    const call = () => outcome(() => service.authorizer(httpCall('GET /cdr', bearer(credential))));
    expect(await call()).toMatchObject({ status: 200, context: { client: 'appmixer' } });
    expect(await service.logout(credential)).toMatchObject({ status: 200 });
    expect(await call()).toEqual({ status: 401 });
    const again = await service.send('GET /user', { headers: bearer(credential) });
    expect(again).toMatchObject({ status: 401, body: { message: 'The token is not valid.' } });
  });

  test('is ended by the deletion of its user', async () => {
    await addUser(service.tables.directory, { username: 'short-lived' });
    const answer = await signIn({ username: 'short-lived', password: 'secret' });
    const credential = credentialOf(answer);
    const admin = credentialOf(await signIn({ username: 'demoadmin', password: 'demopass' }));
    const { id } = answer.body['user'] as { id: string };
    const deleted = await service.send(`DELETE /users/${id}`, { headers: bearer(admin) });
    expect(deleted.status).toBe(200);
    expect(await service.call(credential, 'GET /cdr')).toEqual({ status: 401 });
  });
});
