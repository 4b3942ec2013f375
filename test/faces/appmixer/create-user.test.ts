/** POST /user, the Appmixer dialect: open, closed, and who wins a race for a name. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { domainKey } from '../../../lib/store/directory/domains.ts';
import { findUserId } from '../../../lib/store/directory/login-owners.ts';
import { readSettings, saveSettings } from '../../../lib/store/directory/settings.ts';
import { readUser, saveUser } from '../../../lib/store/directory/users.ts';
import {
  addDomain,
  addRole,
  addUser,
  claimsOf,
  credentialOf,
  sendJson,
  signIn,
} from '../../support/actors/accounts.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import { fixtureOf, matching } from '../../support/calls/fixtures.ts';
import { broken } from '../../support/running/proxy.ts';
import { coldStart, type Service, startService } from '../../support/running/service.ts';

const contract = fixtureOf('appmixer/create-user');
let service: Service;
beforeAll(async () => {
  service = await startService({ DEFAULT_DOMAIN: 'mydomain.com' });
});
afterAll(() => service.stop());

let count = 0;
const fresh = () => {
  count += 1;
  return { username: `user-${count}`, email: `user-${count}@example.com`, password: 'abc321' };
};
const create = (body: unknown, token?: string) => service.send('POST /user', sendJson(body, token));
const setScope = async (userCreateScope: string[] | undefined) => {
  const { directory } = service.tables;
  const { userCreateScope: _, ...before } = await readSettings(directory);
  await saveSettings(directory, before, { ...before, ...(userCreateScope && { userCreateScope }) });
};

describe('POST /user, open', () => {
  test('makes a user of the default domain with the role user, who is signed in', async () => {
    const user = fresh();
    const answer = await create(user);
    expect(answer.status).toBe(200);
    expect(claimsOf(answer.body['token'])).toMatchObject({ scope: ['user'], roles: ['user'] });
    const call = await service.call(credentialOf(answer), 'GET /cdr');
    expect(call).toMatchObject({ status: 200, context: { domain: 'mydomain.com' } });
  });

  test('the documented request gives the documented answer', async () => {
    const { directory } = service.tables;
    const before = await readUser(
      directory,
      (await findUserId(directory, 'abc@example.com')) ?? '',
    );
    if (before) await saveUser(directory, { before });
    const { status, body } = await create(contract.request.body);
    expect(status).toBe(contract.answer.status);
    expect(body).toEqual(matching(contract.answer.body));
    const user = contract.answer.body['user'] as object;
    expect(Object.keys(body['user'] as object)).toEqual(Object.keys(user));
  });

  test('and the second time meets the user who has that name already', async () => {
    const answer = await create(contract.request.body);
    expect(answer.status).toBe(409);
    expect(answer.body).toEqual({
      statusCode: 409,
      error: 'Conflict',
      message: 'username: is taken',
    });
  });

  test('a member that would grant something is ignored', async () => {
    const more = { scope: ['root'], roles: ['root'], domain: 'other', isActive: true, id: 'x' };
    const { body } = await create({ ...fresh(), ...more });
    const { id } = body['user'] as { id: string };
    expect(await readUser(service.tables.directory, id)).toMatchObject({
      roles: ['user'],
      domain: 'mydomain.com',
      activated: false,
    });
  });

  test.each([
    ['case', 'ABC@EXAMPLE.COM'],
    ['width', 'ａｂｃ@example.com'],
    ['spaces around it', ' abc@example.com '],
  ])('names that differ only in %s are the same name', async (_case, username) => {
    expect(await create({ ...fresh(), username })).toMatchObject({
      status: 409,
      body: { message: 'username: is taken' },
    });
  });

  test('names that differ only in Unicode composition are the same name', async () => {
    expect(await create({ ...fresh(), username: 'jos\u00e9' })).toMatchObject({ status: 200 });
    expect(await create({ ...fresh(), username: 'jose\u0301' })).toMatchObject({ status: 409 });
  });

  test("an address that is another's username is taken", async () => {
    expect(await create({ ...fresh(), email: '200@mydomain.com' })).toMatchObject({
      status: 409,
      body: { message: 'email: is taken' },
    });
  });

  test.each([
    ['username', { username: undefined }, 'username: is required'],
    ['email', { email: undefined }, 'email: is required'],
    ['password', { password: undefined }, 'password: is required'],
    ['username', { username: 7 }, 'username: must be a string'],
    ['username', { username: '   ' }, 'username: is not a usable name'],
    ['username', { username: 'a\u202eb' }, 'username: is not a usable name'],
    ['username', { username: '\ud800' }, 'username: must be Unicode text'],
    ['username', { username: 'ﷺ'.repeat(200) }, 'username: is not a usable name'],
    ['email', { email: 'nobody' }, 'email: must be an e-mail address'],
    ['email', { email: 'a@b@c' }, 'email: must be an e-mail address'],
    ['email', { email: ['a@b'] }, 'email: must be a string'],
    ['password', { password: '' }, 'password: must not be empty'],
    ['password', { password: 'a'.repeat(1025) }, 'password: must have at most 1024 characters'],
    ['password', { password: { a: 1 } }, 'password: must be a string'],
  ])('a bad %s is named: %j', async (_field, change, message) => {
    const user = fresh();
    const { status, body } = await create({ ...user, ...change });
    expect({ status, body }).toEqual({
      status: 400,
      body: { statusCode: 400, error: 'Bad Request', message },
    });
    expect(await findUserId(service.tables.directory, user.username)).toBeUndefined();
  });

  test('the answer does not repeat what was sent', async () => {
    const { body } = await create({ ...fresh(), username: 'secret-name\u0000' });
    expect(JSON.stringify(body)).not.toContain('secret-name');
  });
});

describe('two users racing', () => {
  test('for a name: exactly one wins, and of the other nothing is written', async () => {
    const [one, two] = [fresh(), fresh()];
    const answers = await Promise.all([create(one), create({ ...two, username: one.username })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { directory } = service.tables;
    const loser = answers[0]?.status === 200 ? two.email : one.email;
    expect(await findUserId(directory, loser)).toBeUndefined();
  });

  test('for an address: exactly one wins, and the name of the other stays free', async () => {
    const [one, two] = [fresh(), fresh()];
    const answers = await Promise.all([create(one), create({ ...two, email: one.email })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [loser, winner] = answers[0]?.status === 200 ? [two, one] : [one, two];
    const { directory } = service.tables;
    expect(await findUserId(directory, loser.username)).toBeUndefined();
    const id = await findUserId(directory, winner.username);
    expect(await findUserId(directory, one.email)).toBe(id);
    expect(await create({ ...fresh(), username: loser.username })).toMatchObject({ status: 200 });
  });

  test('each for what is the name of one and the address of the other', async () => {
    const [one, two] = [fresh(), fresh()];
    const crossed = { ...two, username: one.email };
    const answers = await Promise.all([create(one), create(crossed)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('POST /user, closed', () => {
  beforeEach(() => setScope(['admin', 'acme']));
  afterAll(() => setScope(undefined));

  test('nobody without a token', async () => {
    expect(await create(fresh())).toMatchObject({ status: 401, body: { statusCode: 401 } });
  });

  test('nobody whose roles do not include one of the scopes', async () => {
    const answer = await create(fresh(), await signIn(service, '200@mydomain.com'));
    expect(answer).toMatchObject({ status: 403, body: { error: 'Forbidden' } });
  });

  test('an administrator, whose new user is signed in as the new user', async () => {
    const token = await signIn(service, 'demoadmin', 'demopass');
    const user = fresh();
    const answer = await create(user, token);
    expect(answer.status).toBe(200);
    const made = await findUserId(service.tables.directory, user.username);
    expect(claimsOf(answer.body['token'])['sub']).toBe(made);
  });

  test('any of the scopes will do', async () => {
    await addRole(service.tables.directory, { name: 'acme' });
    await addUser(service.tables.directory, { username: 'acme-user', roles: ['user', 'acme'] });
    expect(await create(fresh(), await signIn(service, 'acme-user'))).toMatchObject({
      status: 200,
    });
  });

  test('the roles that count are those held now, not those of the token', async () => {
    const { directory } = service.tables;
    const user = await addUser(directory, { username: 'was-admin', roles: ['admin'] });
    const token = await signIn(service, 'was-admin');
    const admin = await signIn(service, '100@mydomain.com');
    const change = sendJson({ scope: ['user'] }, admin);
    expect(await service.send(`PUT /users/${user.id}`, change)).toMatchObject({ status: 200 });
    expect(await create(fresh(), token)).toMatchObject({ status: 403 });
  });

  test('an administrator of another domain is not one of this', async () => {
    const { directory } = service.tables;
    await addDomain(directory, 'other.example');
    await addUser(directory, { username: 'other', roles: ['admin'], domain: 'other.example' });
    expect(await create(fresh(), await signIn(service, 'other'))).toMatchObject({ status: 403 });
  });

  test('an empty list opens it again', async () => {
    await setScope([]);
    expect(await create(fresh())).toMatchObject({ status: 200 });
  });
});

describe('as deployed', () => {
  test('API_USER_CREATE_SCOPE closes it, and the setting overrides it', async () => {
    Object.assign(process.env, { API_USER_CREATE_SCOPE: 'admin, acme' });
    const { send } = await coldStart();
    expect(await send('POST /user', sendJson(fresh()))).toMatchObject({ status: 401 });
    await setScope([]);
    expect(await send('POST /user', sendJson(fresh()))).toMatchObject({ status: 200 });
    await setScope(undefined);
    Object.assign(process.env, { API_USER_CREATE_SCOPE: '' });
  });

  test.each([
    ['no DEFAULT_DOMAIN', ''],
    ['a DEFAULT_DOMAIN that is not there', 'nowhere.example'],
    ['a DEFAULT_DOMAIN that is disabled', 'closed.example'],
  ])('with %s nobody is made, and the answer names the setting', async (_case, domain) => {
    const { directory } = service.tables;
    await addDomain(directory, 'closed.example');
    await setDisabled(directory, domainKey('closed.example'), true);
    Object.assign(process.env, { DEFAULT_DOMAIN: domain });
    const { send } = await coldStart();
    const user = fresh();
    const { status, body } = await send('POST /user', sendJson(user));
    expect(status).toBe(403);
    expect(body['message']).toContain('DEFAULT_DOMAIN');
    expect(await findUserId(directory, user.username)).toBeUndefined();
    Object.assign(process.env, { DEFAULT_DOMAIN: 'mydomain.com' });
  });

  test('while there is no key to sign with, no user is left behind', async () => {
    const { send } = await coldStart();
    service.secrets.inject(() => broken);
    const user = fresh();
    const { status } = await send('POST /user', sendJson(user));
    service.secrets.heal();
    expect(status).toBe(503);
    expect(await findUserId(service.tables.directory, user.username)).toBeUndefined();
  });

  test('a token must not be meant to outlive the signing keys', async () => {
    Object.assign(process.env, { APPMIXER_TOKEN_LIFETIME: '2678401' });
    await expect(coldStart()).rejects.toThrow('APPMIXER_TOKEN_LIFETIME must not exceed');
    Object.assign(process.env, { APPMIXER_TOKEN_LIFETIME: '' });
  });
});
