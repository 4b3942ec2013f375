/** A3: a verified address is a fact of its own (OpenID Connect Core §5.1). Real functions, real store. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { get, put } from '../../../lib/aws/table.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { readUser, saveUser } from '../../../lib/store/directory/users.ts';
import { sendJson } from '../../support/actors/accounts.ts';
import { agree, openBrowser, tokensOf } from '../../support/actors/grants.ts';
import { addUser } from '../../support/actors/people.ts';
import { type Admin, type Caller, startAdmin } from '../../support/running/admin.ts';

let service: Admin;
let root: Caller;
let count = 0;

beforeAll(async () => {
  service = await startAdmin();
  root = await service.by('100@mydomain.com');
});
afterAll(() => service.stop());

const PHONE = '+420 555 0100';
const somebody = () => {
  count += 1;
  const email = `ann${count}@example.com`;
  return addUser(service, { email, activated: true, profile: { phone_number: PHONE } });
};
const directory = () => service.tables.directory;
const patch = (id: string, body: unknown) =>
  service.admin(root, `PATCH /users/${id}`, { body, headers: { 'if-match': '*' } });

/** As a verification would, now. */
async function verify(id: string) {
  const before = await readUser(directory(), id);
  if (!before) throw new Error('nobody');
  const { email = '', profile } = before;
  const proof = (address = '') => ({ at: 1000, means: 'test', address });
  const verified = { email: proof(email), phone_number: proof(profile.phone_number) };
  await saveUser(directory(), { before, after: { ...before, verified } });
  return verified;
}

async function told(id: string) {
  const browser = await openBrowser(service, id);
  const claims = { idToken: ['email_verified', 'phone_number_verified'], userinfo: [] };
  const agreed = await agree(service, { browser, scope: 'openid email phone', claims });
  const { access, id: idToken } = await tokensOf(service, agreed);
  const headers = { authorization: `Bearer ${access}` };
  const { body } = await service.send('GET /oauth/userinfo', { headers });
  const [, payload = ''] = idToken.split('.');
  const inToken = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const both = [body['email_verified'], body['phone_number_verified']];
  expect([inToken.email_verified, inToken.phone_number_verified]).toEqual(both);
  return both;
}

describe('an address is not verified', () => {
  test('A3: because an administrator, or a dialect, made the user active', async () => {
    const { id } = await somebody();
    expect((await patch(id, { activated: true })).status).toBe(200);
    const { token } = await service.login('100@mydomain.com');
    const sent = sendJson({ isActive: true }, token);
    expect((await service.send(`PUT /users/${id}`, sent)).body).toMatchObject({ isActive: true });
    expect(await told(id)).toEqual([false, false]);
    expect((await service.admin(root, `GET /users/${id}`)).body).not.toHaveProperty('verified');
  });

  test.each([
    { verified: { email: { at: 1, means: 'me', address: 'x@example.com' } } },
    { email_verified: true },
    { profile: { phone_number_verified: true } },
    { profile: { email_verified: true } },
  ])('A3: because somebody says so: %j is refused', async (change) => {
    const { id } = await somebody();
    expect((await patch(id, change)).status).toBe(400);
    const body = { username: `new-${count}`, password: 'a password of theirs', ...change };
    expect((await service.admin(root, 'POST /users', { body })).status).toBe(400);
    expect(await told(id)).toEqual([false, false]);
  });

  test('A3: because an old flag was stored', async () => {
    const { id } = await somebody();
    const item = await get(directory(), subjectKey(id));
    const profile = { ...(item?.['profile'] as object), phone_number_verified: true };
    await put(directory(), { ...item, ...subjectKey(id), email_verified: true, profile });
    expect(await told(id)).toEqual([false, false]);
  });
});

describe('a verified address', () => {
  test('is told to clients, and when and how to administrators', async () => {
    const { id } = await somebody();
    const verified = await verify(id);
    expect(await told(id)).toEqual([true, true]);
    expect((await service.admin(root, `GET /users/${id}`)).body).toMatchObject({ verified });
  });

  test.each([
    ['another e-mail', { email: 'ceo@bigcorp.example' }, [false, true]],
    ['the same in other letters', { email: 'ANN@example.com' }, [false, true]],
    ['no e-mail', { email: null }, [undefined, true]],
    ['another phone', { profile: { phone_number: '+1 555 1' } }, [true, false]],
    ['no profile', { profile: null }, [true, undefined]],
    ['none of both', { plan: 'x' }, [true, true]],
  ])('A3: with %s it is none any more', async (_case, change, expected) => {
    const { id } = await somebody();
    await verify(id);
    expect((await patch(id, change)).status).toBe(200);
    expect(await told(id)).toEqual(expected);
  });

  test('A3: is none either once the old address is back', async () => {
    const { id } = await somebody();
    const { email } = await verify(id);
    await patch(id, { email: `else${count}@example.com` });
    await patch(id, { email: email.address });
    expect(await told(id)).toEqual([false, true]);
  });
});
