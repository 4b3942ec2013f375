/** The `typ` of access tokens, where an API's validator knows `JWT` alone. Real handlers, store and keys. */
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { form, posted, tokenOf } from '../../support/actors/clients.ts';
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
import {
  bearer,
  ISSUER,
  outcome,
  type Service,
  startService,
} from '../../support/running/service.ts';
import { changeClient } from '../../support/web/sign-in.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const typeOf = (token: unknown) => decodeProtectedHeader(String(token)).typ;
const call = async (token: string) =>
  (await outcome(() => service.authorizer(httpCall('GET /cdr', bearer({ token, key: '' })))))
    .status;
const plain = () => webClient(service, { accessTokenType: 'JWT' });
/** As a validator does that was written before RFC 9068. */
async function verified(token: string) {
  const { body } = await service.get('/.well-known/jwks.json');
  const keys = createLocalJWKSet(body as unknown as Parameters<typeof createLocalJWKSet>[0]);
  const rules = { issuer: ISSUER, audience: ISSUER, typ: 'JWT', currentDate: new Date() };
  return jwtVerify(token, keys, rules);
}

describe('C2: the access tokens of a client', () => {
  test('are at+jwt where nothing is said of it (RFC 9068 §2.1)', async () => {
    const { access } = await tokensOf(service, await agree(service));
    expect(typeOf(access)).toBe('at+jwt');
    await expect(verified(access)).rejects.toThrow('typ');
  });

  test('that is registered for JWT are that, at first and after each refresh', async () => {
    const client = await plain();
    const { access, refresh } = await tokensOf(
      service,
      await agree(service, { client, scope: 'openid offline_access cdr:r' }),
    );
    expect(typeOf(access)).toBe('JWT');
    const { body } = await refreshWith(service, client, refresh);
    expect(typeOf(body['access_token'])).toBe('JWT');
  });

  test('are taken by a validator that knows JWT alone, and by all that asks us', async () => {
    const client = await plain();
    const { access } = await tokensOf(
      service,
      await agree(service, { client, scope: 'openid cdr:r' }),
    );
    expect((await verified(access)).payload).toMatchObject({ client_id: client.id });
    expect(await call(access)).toBe(200);
    const headers = { authorization: `Bearer ${access}` };
    expect((await service.send('GET /oauth/userinfo', { headers })).status).toBe(200);
    const asked = await service.send(
      'POST /oauth/introspect',
      form({ token: access, ...posted(client) }),
    );
    expect(asked.body).toMatchObject({ active: true });
  });

  test('that acts for itself too', async () => {
    const client = await webClient(service, {
      accessTokenType: 'JWT',
      grants: ['client_credentials'],
      redirectUris: [],
    });
    expect(typeOf(await tokenOf(service, client))).toBe('JWT');
  });

  test('are dead at the next call after a revocation, whatever their type', async () => {
    const client = await plain();
    const { access } = await tokensOf(service, await agree(service, { client, scope: 'cdr:r' }));
    expect(await call(access)).toBe(200);
    await service.send('POST /oauth/revoke', form({ token: access, ...posted(client) }));
    expect(await call(access)).toBe(401);
  });

  test('change with the setting, and the old ones go on', async () => {
    const client = await plain();
    const { access, refresh } = await tokensOf(
      service,
      await agree(service, { client, scope: 'openid cdr:r' }),
    );
    await changeClient(service, client.id, { accessTokenType: 'at+jwt' });
    expect(typeOf((await refreshWith(service, client, refresh)).body['access_token'])).toBe(
      'at+jwt',
    );
    expect(await call(access)).toBe(200);
  });
});

describe('C2: a type that ID tokens have as well makes neither pass for the other:', () => {
  const both = async () => {
    const { id: user } = await addUser(service, { roles: ['user'] });
    const scopes = ['openid', 'profile', 'roles', 'domain', 'cdr:r'];
    const more = { idTokenAlgorithm: 'ES256', idTokenClaims: 'scope', scopes } as const;
    const client = await webClient(service, { accessTokenType: 'JWT', domains: ['*'], ...more });
    const browser = await openBrowser(service, user);
    return tokensOf(service, await agree(service, { client, browser, scope: scopes.join(' ') }));
  };

  test('an ID token with roles and domain, by the same algorithm, opens nothing', async () => {
    const { id, access } = await both();
    expect(decodeProtectedHeader(id)).toEqual(decodeProtectedHeader(access));
    expect(await call(access)).toBe(200);
    expect(await call(id)).toBe(401);
    const headers = { authorization: `Bearer ${id}` };
    expect((await service.send('GET /oauth/userinfo', { headers })).status).toBe(401);
  });

  test('an access token is no hint of who is signed in', async () => {
    const { access } = await both();
    const { status, text } = await service.send(`GET /session/end?id_token_hint=${access}`);
    expect(status).toBe(400);
    expect(text).toContain('id_token_hint');
  });
});

test('a user with as many and as long roles as can be given, and the longest scope, gets a token that works', async () => {
  const roles = Array.from({ length: 50 }, (_, at) => `r${at}`.padEnd(64, 'x'));
  for (const name of roles) await makeRole(service, { name, acl: { cdr: ['r'] } });
  const { id: user } = await addUser(service, { roles });
  const words = ['openid', 'profile', 'roles', 'cdr:r'];
  const filled = [...words, ...Array.from({ length: 15 }, (_, at) => `w${at}`.padEnd(64, 'x'))];
  const scope = filled.join(' ').slice(0, 1024).replace(/ $/, '');
  const scopes = scope.split(' ');
  const client = await webClient(service, { scopes, idTokenClaims: 'scope' });
  const browser = await openBrowser(service, user);
  const { access, id } = await tokensOf(service, await agree(service, { client, browser, scope }));
  expect(access.length).toBeLessThan(4096);
  expect(await call(access)).toBe(200);
  const headers = { authorization: `Bearer ${access}` };
  const told = await service.send('GET /oauth/userinfo', { headers });
  expect(told.body['roles']).toEqual(roles);
  expect(JSON.parse(Buffer.from(id.split('.')[1] ?? '', 'base64url').toString())['roles']).toEqual(
    roles,
  );
});
