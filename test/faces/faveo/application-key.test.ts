/** The API key of the Faveo dialect: shown or made for administrators, and mandatory if they say so. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSettings, saveSettings } from '../../../lib/store/directory/settings.ts';
import { addRole, addUser, bearerOf, sendJson, signIn } from '../../support/actors/accounts.ts';
import { advance, type Service, startService } from '../../support/running/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const PARAMETERS = 'username=demoadmin&password=demopass';
const authenticate = (query: string) => service.send(`POST /api/v1/authenticate?${query}`);
const apiKey = (token: string) =>
  service.send('GET /api/v1/helpdesk/api_key', { headers: bearerOf(token) });
const makeMandatory = async (faveoApiKeyMandatory: boolean) => {
  const before = await readSettings(service.tables.directory);
  await saveSettings(service.tables.directory, before, { ...before, faveoApiKeyMandatory });
};
const refused = { status: 401, body: { result: 'wrong api key' } };

describe('while there is no key', () => {
  test('none is needed, and any is wrong', async () => {
    expect(await authenticate(PARAMETERS)).toMatchObject({ status: 200 });
    expect(await authenticate(`${PARAMETERS}&api_key=guess`)).toMatchObject(refused);
  });

  test('and one is mandatory, nobody gets in', async () => {
    await makeMandatory(true);
    expect(await authenticate(PARAMETERS)).toMatchObject(refused);
    expect(await authenticate(`${PARAMETERS}&api_key=`)).toMatchObject(refused);
    expect(await authenticate(`${PARAMETERS}&api_key=undefined`)).toMatchObject(refused);
    await makeMandatory(false);
  });
});

describe('GET /api/v1/helpdesk/api_key', () => {
  test('makes the key once, even for two who ask at once, and shows it from then on', async () => {
    const admin = await signIn(service, '100@mydomain.com');
    const answers = await Promise.all([apiKey(admin), apiKey(admin)]);
    const [first] = answers;
    expect(first).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    expect(first?.body).toEqual({ result: expect.stringMatching(/^[0-9A-Za-z]{43}$/) });
    for (const { body } of [...answers, await apiKey(admin)]) expect(body).toEqual(first?.body);
  });

  test('A11: is the deployment’s, so no tenant’s administrator sees or makes it', async () => {
    const before = await readSettings(service.tables.directory);
    const { faveoApiKey: _, ...without } = before;
    await saveSettings(service.tables.directory, before, without);
    const admin = await apiKey(await signIn(service, 'demoadmin', 'demopass'));
    expect(admin).toMatchObject({ status: 403, body: { success: false } });
    expect(admin.body).not.toHaveProperty('result');
    expect(await readSettings(service.tables.directory)).not.toHaveProperty('faveoApiKey');
  });

  test('is for administrators', async () => {
    const user = await signIn(service, 'abc@example.com', 'abc321');
    expect(await apiKey(user)).toMatchObject({ status: 403, body: { success: false } });
    const { directory } = service.tables;
    await addRole(directory, { name: 'selfish', acl: { 'helpdesk/api_key': ['ro'] } });
    await addUser(directory, { username: 'selfish', roles: ['selfish'] });
    const selfish = await apiKey(await signIn(service, 'selfish'));
    expect(selfish).toMatchObject({ status: 403, body: { success: false } });
    expect(selfish.body).not.toHaveProperty('result');
    expect(await service.send('GET /api/v1/helpdesk/api_key')).toMatchObject({
      status: 401,
      body: { success: false, message: 'Token not provided' },
    });
  });
});

describe('A11: POST /api/v1/helpdesk/api_key', () => {
  const renew = (token: string, body: unknown = {}) =>
    service.send('POST /api/v1/helpdesk/api_key', sendJson(body, token));
  const worksWith = async (key: unknown) =>
    (await authenticate(`${PARAMETERS}&api_key=${key}`)).status === 200;
  const keyNow = async () =>
    (await apiKey(await signIn(service, '100@mydomain.com'))).body['result'];

  test('makes another key, and the one before ends at once', async () => {
    const root = await signIn(service, '100@mydomain.com');
    const before = await keyNow();
    const { status, body } = await renew(root);
    expect([status, body]).toEqual([200, { result: expect.stringMatching(/^[0-9A-Za-z]{43}$/) }]);
    expect(body['result']).not.toBe(before);
    expect(await keyNow()).toBe(body['result']);
    expect([await worksWith(before), await worksWith(body['result'])]).toEqual([false, true]);
  });

  test('with an overlap both work until it ends, and the one before that does not', async () => {
    const root = await signIn(service, '100@mydomain.com');
    const first = await keyNow();
    const second = (await renew(root, { overlap: 60 })).body['result'];
    expect([await worksWith(first), await worksWith(second)]).toEqual([true, true]);
    const third = (await renew(root, { overlap: 60 })).body['result'];
    const all = [first, second, third];
    expect(await Promise.all(all.map(worksWith))).toEqual([false, true, true]);
    advance(60);
    expect(await Promise.all(all.map(worksWith))).toEqual([false, false, true]);
    advance(-60);
    const { directory } = service.tables;
    expect(JSON.stringify((await readSettings(directory)).formerApplicationKey)).not.toContain(
      second,
    );
  });

  test('is root’s alone, leaves one trace, and no key in it', async () => {
    const keeper = await signIn(service, 'demoadmin', 'demopass');
    const before = await keyNow();
    expect(await renew(keeper)).toMatchObject({ status: 403 });
    expect((await service.send('POST /api/v1/helpdesk/api_key')).status).toBe(401);
    expect(await keyNow()).toBe(before);
  });

  test.each([
    { overlap: -1 },
    { overlap: 2_592_001 },
    { overlap: 1.5 },
    { overlap: '60' },
    { x: 1 },
    [],
  ])('with %j it is a 400, and the key stays', async (body) => {
    const before = await keyNow();
    expect((await renew(await signIn(service, '100@mydomain.com'), body)).status).toBe(400);
    expect(await keyNow()).toBe(before);
  });
});

describe('once there is a key', () => {
  const key = async () =>
    String((await apiKey(await signIn(service, '100@mydomain.com'))).body['result']);

  test('it may be left out while it is optional, but must not be wrong', async () => {
    const right = await key();
    expect(await authenticate(PARAMETERS)).toMatchObject({ status: 200 });
    expect(await authenticate(`${PARAMETERS}&api_key=${right}`)).toMatchObject({ status: 200 });
    for (const wrong of [right.slice(1), `${right}x`, right.toLowerCase(), '%00', 'é']) {
      expect(await authenticate(`${PARAMETERS}&api_key=${wrong}`)).toMatchObject(refused);
    }
  });

  test('once it is mandatory, without it nobody gets in', async () => {
    const right = await key();
    await makeMandatory(true);
    expect(await authenticate(PARAMETERS)).toMatchObject(refused);
    expect(await authenticate(`${PARAMETERS}&api_key=${right}`)).toMatchObject({ status: 200 });
    const body = { username: 'demoadmin', password: 'demopass', api_key: right };
    const byBody = await service.send('POST /api/v1/authenticate', sendJson(body));
    expect(byBody).toMatchObject({ status: 200 });
    await makeMandatory(false);
  });

  test('it is checked before the password, so that nobody tries passwords without it', async () => {
    service.dynamodb.requests.length = 0;
    const wrong = 'username=demoadmin&password=guess&api_key=guess';
    expect(await authenticate(wrong)).toMatchObject(refused);
    expect(service.dynamodb.requests).toHaveLength(1);
  });

  test('one that was sent twice is refused', async () => {
    const right = await key();
    const twice = `${PARAMETERS}&api_key=${right}&api_key=${right}`;
    expect(await authenticate(twice)).toMatchObject({ status: 400 });
  });
});
