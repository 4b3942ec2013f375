/** A user's own account in the Appmixer dialect: GET /user and POST /user/change-password. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { raiseGeneration } from '../../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { readUser, saveUser } from '../../../lib/store/directory/users.ts';
import { addUser, bearerOf, sendJson, signIn } from '../../support/actors/accounts.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import { httpCall } from '../../support/calls/events.ts';
import { fixtureOf, matching } from '../../support/calls/fixtures.ts';
import { outcome, type Service, startService } from '../../support/running/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const account = (token: string) => service.send('GET /user', { headers: bearerOf(token) });
const change = (token: string, body: unknown) =>
  service.send('POST /user/change-password', sendJson(body, token));
const call = (token: string) =>
  outcome(() => service.authorizer(httpCall('GET /cdr', bearerOf(token))));

describe('GET /user', () => {
  test('gives the documented answer', async () => {
    const { answer } = fixtureOf('appmixer/get-user');
    const username = 'tomas@client.io';
    const { directory } = service.tables;
    const before = await addUser(directory, { username, email: username, activated: true });
    await saveUser(directory, { before, after: { ...before, plan: 'beta' } });
    const { status, body } = await account(await signIn(service, username));
    expect({ status, body }).toEqual({ status: 200, body: matching(answer.body) });
    expect(Object.keys(body)).toEqual(Object.keys(answer.body));
  });

  test('serves a session of any dialect', async () => {
    const { token } = await service.login('200@mydomain.com');
    expect(await account(token)).toMatchObject({ body: { username: '200@mydomain.com' } });
  });

  test.each([
    ['no token', {}],
    ['no bearer token', { authorization: 'Basic YTpi' }],
    ['what is no token', { authorization: 'Bearer guess' }],
    ['two tokens', { authorization: 'Bearer a', 'x-api-key': 'b' }],
  ])('%s is refused', async (_case, headers) => {
    expect(await service.send('GET /user', { headers })).toMatchObject({
      status: 401,
      body: { statusCode: 401, error: 'Unauthorized', message: 'The token is not valid.' },
    });
  });

  test('a token that somebody changed is refused', async () => {
    const [head, payload, signature] = (await signIn(service, '200@mydomain.com')).split('.');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
    const other = Buffer.from(JSON.stringify({ ...claims, scope: ['admin'] }));
    const forged = `${head}.${other.toString('base64url')}.${signature}`;
    expect(await account(forged)).toMatchObject({ status: 401 });
  });

  test('a user who was disabled meanwhile is refused', async () => {
    const { id } = await addUser(service.tables.directory, { username: 'disabled-later' });
    const token = await signIn(service, 'disabled-later');
    await setDisabled(service.tables.directory, subjectKey(id), true);
    expect(await account(token)).toMatchObject({ status: 401 });
  });
});

describe('POST /user/change-password', () => {
  const passwords = { oldPassword: 'secret', newPassword: 'new secret' };

  test('takes effect at once, and ends all other sessions but not the one it came in', async () => {
    await addUser(service.tables.directory, { username: 'careful' });
    const other = await signIn(service, 'careful');
    const token = await signIn(service, 'careful');
    expect(await change(token, passwords)).toMatchObject({ status: 200, body: {} });
    expect(await call(other)).toEqual({ status: 401 });
    expect(await call(token)).toMatchObject({ status: 200 });
    await expect(signIn(service, 'careful')).rejects.toThrow('Invalid username or password');
    expect(await call(await signIn(service, 'careful', 'new secret'))).toMatchObject({
      status: 200,
    });
  });

  test('a wrong old password changes nothing', async () => {
    const { id } = await addUser(service.tables.directory, { username: 'guessed-at' });
    const token = await signIn(service, 'guessed-at');
    const before = await readUser(service.tables.directory, id);
    const answer = await change(token, { ...passwords, oldPassword: 'guess' });
    expect(answer).toMatchObject({ status: 400, body: { message: 'oldPassword: is wrong' } });
    expect(await readUser(service.tables.directory, id)).toEqual(before);
  });

  test('of two at once with the same old password, one wins', async () => {
    await addUser(service.tables.directory, { username: 'hasty' });
    const tokens = [await signIn(service, 'hasty'), await signIn(service, 'hasty')];
    const answers = await Promise.all(
      tokens.map((token, index) => change(token, { ...passwords, newPassword: `new ${index}` })),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    const winner = statuses.indexOf(200);
    expect(await call(tokens[winner] ?? '')).toMatchObject({ status: 200 });
    expect(await call(tokens[1 - winner] ?? '')).toEqual({ status: 401 });
    await signIn(service, 'hasty', `new ${winner}`);
  });

  test('a session that was signed out is not revived', async () => {
    const { id } = await addUser(service.tables.directory, { username: 'signed-out' });
    const token = await signIn(service, 'signed-out');
    await raiseGeneration(service.tables.directory, subjectKey(id));
    expect(await change(token, passwords)).toMatchObject({ status: 401 });
    expect(await call(token)).toEqual({ status: 401 });
    await signIn(service, 'signed-out', 'secret');
  });

  test.each([
    [{ newPassword: 'a' }, 'oldPassword: is required'],
    [{ oldPassword: 'secret' }, 'newPassword: is required'],
    [{ ...passwords, newPassword: '' }, 'newPassword: must not be empty'],
    [{ ...passwords, newPassword: 1 }, 'newPassword: must be a string'],
    [{ ...passwords, oldPassword: ['secret'] }, 'oldPassword: must be a string'],
    [
      { ...passwords, newPassword: 'a'.repeat(1025) },
      'newPassword: must have at most 1024 characters',
    ],
  ])('a bad field is named: %j', async (body, message) => {
    const token = await signIn(service, '200@mydomain.com');
    expect(await change(token, body)).toMatchObject({ status: 400, body: { message } });
  });

  test('needs a token', async () => {
    const answer = await service.send('POST /user/change-password', sendJson(passwords));
    expect(answer).toMatchObject({ status: 401 });
  });
});
