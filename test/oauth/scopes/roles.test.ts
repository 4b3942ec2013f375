/** What an application is told of a user's place in the deployment. Real handlers, store and keys. */
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readUser, saveUser } from '../../../lib/store/directory/users.ts';
import {
  agree,
  openBrowser,
  refreshWith,
  tokensOf,
  webClient,
} from '../../support/actors/grants.ts';
import { addUser } from '../../support/actors/people.ts';
import { makeRole } from '../../support/actors/roles.ts';
import { httpCall } from '../../support/calls/events.ts';
import { bearer, outcome, type Service, startService } from '../../support/running/service.ts';
import { changeClient } from '../../support/web/sign-in.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
  await makeRole(service, { name: 'editor', parents: ['user'], acl: {} });
});
afterAll(() => service.stop());

const LISTED = ['openid', 'profile', 'roles', 'domain', 'cdr:r'];
const userinfo = async (token: string) =>
  (await service.send('GET /oauth/userinfo', { headers: { authorization: `Bearer ${token}` } }))
    .body;

async function signedIn(scope: string, registered: object = {}, asked: object = {}) {
  const { id: user } = await addUser(service, {
    roles: ['editor', 'admin'],
    profile: { name: 'Ann' },
  });
  const client = await webClient(service, { scopes: LISTED, ...registered });
  const browser = await openBrowser(service, user);
  const tokens = await tokensOf(
    service,
    await agree(service, { client, browser, scope, ...asked }),
  );
  return { user, client, tokens };
}

describe('C4: roles and domain', () => {
  test('are at userinfo, each by its scope, and the names alone: no inherited ones', async () => {
    const { tokens } = await signedIn('openid roles domain');
    expect(await userinfo(tokens.access)).toEqual({
      sub: expect.any(String),
      roles: ['editor', 'admin'],
      domain: 'mydomain.com',
    });
  });

  test('are in the ID token of a client that is registered for the claims of its scopes', async () => {
    const { tokens } = await signedIn('openid roles domain', { idTokenClaims: 'scope' });
    const told = { roles: ['editor', 'admin'], domain: 'mydomain.com' };
    expect(decodeJwt(tokens.id)).toMatchObject(told);
  });

  test('are not in the ID token of any other, but by name (OpenID Connect Core §5.5)', async () => {
    const { tokens } = await signedIn('openid roles domain');
    for (const claim of ['roles', 'domain']) expect(decodeJwt(tokens.id)).not.toHaveProperty(claim);
    const claims = { idToken: ['roles'], userinfo: ['domain'] };
    const named = await signedIn('openid', {}, { claims });
    expect(decodeJwt(named.tokens.id)).toMatchObject({ roles: ['editor', 'admin'] });
    expect(await userinfo(named.tokens.access)).toMatchObject({ domain: 'mydomain.com' });
  });

  test('are told of by neither profile nor full_access', async () => {
    const scopes = [...LISTED, 'full_access'];
    const { tokens } = await signedIn('openid profile full_access', {
      scopes,
      idTokenClaims: 'scope',
    });
    for (const claim of ['roles', 'domain']) {
      expect(await userinfo(tokens.access)).not.toHaveProperty(claim);
      expect(decodeJwt(tokens.id)).not.toHaveProperty(claim);
    }
  });

  test('are as they are now, at userinfo', async () => {
    const { user, tokens } = await signedIn('openid roles');
    const { directory } = service.tables;
    const before = await readUser(directory, user);
    if (!before) throw new Error('no such user');
    await saveUser(directory, { before, after: { ...before, roles: ['user'] } });
    expect(await userinfo(tokens.access)).toMatchObject({ roles: ['user'] });
  });

  test('are told no more once they are taken off the client, nor are other claims', async () => {
    const { client, tokens } = await signedIn('openid profile roles', { idTokenClaims: 'scope' });
    expect(await userinfo(tokens.access)).toMatchObject({
      name: 'Ann',
      roles: ['editor', 'admin'],
    });
    await changeClient(service, client.id, { scopes: ['openid', 'cdr:r'] });
    expect(await userinfo(tokens.access)).toEqual({ sub: expect.any(String) });
    const { body } = await refreshWith(service, client, tokens.refresh);
    for (const claim of ['name', 'roles'])
      expect(decodeJwt(String(body['id_token']))).not.toHaveProperty(claim);
  });

  test('asked for by name are told no more either, from the next ID token on', async () => {
    const claims = { idToken: ['name', 'roles'], userinfo: ['name', 'roles'] };
    const { client, tokens } = await signedIn('openid', {}, { claims });
    expect(decodeJwt(tokens.id)).toMatchObject({ name: 'Ann', roles: ['editor', 'admin'] });
    await changeClient(service, client.id, { scopes: ['openid', 'cdr:r'] });
    const { body } = await refreshWith(service, client, tokens.refresh);
    for (const claim of ['name', 'roles'])
      expect(decodeJwt(String(body['id_token']))).not.toHaveProperty(claim);
  });

  test('let nothing be done', async () => {
    const { tokens } = await signedIn('openid roles domain');
    const event = httpCall('GET /cdr', bearer({ token: tokens.access, key: '' }));
    expect((await outcome(() => service.authorizer(event))).status).toBe(403);
  });
});

describe('an ID token that would be longer than we would take it back as a hint', () => {
  const long = '€'.repeat(256);
  const profile = {
    ...{ name: long, given_name: long, family_name: long, middle_name: long, nickname: long },
    ...{ profile: long, picture: long, website: long, gender: long },
  };
  test('says who and when alone; all else is at userinfo', async () => {
    const { id: user } = await addUser(service, { profile });
    const client = await webClient(service, { idTokenClaims: 'scope' });
    const browser = await openBrowser(service, user);
    const more = { nonce: 'n-1', scope: 'openid profile', showAuthTime: true };
    const agreement = await agree(service, { client, browser, ...more });
    const { id, access } = await tokensOf(service, agreement);
    expect(JSON.stringify(profile).length).toBeGreaterThan(2000);
    expect(id.length).toBeLessThan(8192);
    const when = { auth_time: browser.authTime };
    expect(decodeJwt(id)).toMatchObject({ sub: user, nonce: 'n-1', ...when });
    expect(decodeJwt(id)).not.toHaveProperty('nickname');
    expect(await userinfo(access)).toMatchObject(profile);
  });

  test('begins one character beyond that', async () => {
    const { name, given_name, family_name, middle_name, nickname, gender } = profile;
    const some = { name, given_name, family_name, middle_name, nickname, gender };
    const { id: user } = await addUser(service, { profile: some });
    const client = await webClient(service, { idTokenClaims: 'scope' });
    const browser = await openBrowser(service, user);
    const tokenWith = async (nonce: string) => {
      const agreement = await agree(service, { client, browser, nonce, scope: 'openid profile' });
      return (await tokensOf(service, agreement)).id;
    };
    const [, payload = ''] = (await tokenWith('n')).split('.');
    const around = (await tokenWith('n')).length - payload.length;
    /** Bytes that are 8192 characters with what is around them, as base64 without padding. */
    const bytes = Math.floor(((8192 - around) * 3) / 4);
    const more = bytes - Buffer.from(payload, 'base64url').length;
    const longest = await tokenWith('n'.repeat(1 + more));
    expect(longest.length).toBe(8192);
    expect(decodeJwt(longest)).toHaveProperty('nickname');
    expect(decodeJwt(await tokenWith('n'.repeat(2 + more)))).not.toHaveProperty('nickname');
  });
});
