/** What a verifier may know: the public keys (RFC 7517) and the metadata (RFC 8414). */
import { calculateJwkThumbprint, type JWK } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { form } from '../../support/actors/clients.ts';
import { signingKeys } from '../../support/actors/tokens.ts';
import { broken } from '../../support/running/proxy.ts';
import { coldStart, ISSUER, type Service, startService } from '../../support/running/service.ts';

const JWKS = '/.well-known/jwks.json';
const METADATA = '/.well-known/oauth-authorization-server';
const base64url = expect.stringMatching(/^[\w-]+$/);

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());
afterEach(() => service.dynamodb.heal());

const published = async () => (await service.get(JWKS)).body['keys'] as JWK[];

describe('the key set', () => {
  test('holds one key of each algorithm, public members only (RFC 7517 §4, §9.3)', async () => {
    const common = { use: 'sig', kid: base64url };
    expect(await published()).toEqual([
      { ...common, alg: 'ES256', kty: 'EC', crv: 'P-256', x: base64url, y: base64url },
      { ...common, alg: 'RS256', kty: 'RSA', n: base64url, e: 'AQAB' },
    ]);
  });

  test.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])(
    'never has the private %s',
    async (name) => {
      for (const key of await published()) expect(key).not.toHaveProperty(name);
    },
  );

  test('names each key by its thumbprint, so no two are alike (RFC 7638)', async () => {
    const keys = await published();
    for (const key of keys) expect(key.kid).toBe(await calculateJwkThumbprint(key));
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length);
  });

  test('has RSA keys of 2048 bits (RFC 7518 §3.3)', async () => {
    const rsa = (await published()).find(({ kty }) => kty === 'RSA');
    expect(Buffer.from(rsa?.n ?? '', 'base64url')).toHaveLength(256);
  });

  test('is the public half of what signs', async () => {
    const kids = (await signingKeys(service)).map(({ kid }) => kid);
    expect((await published()).map(({ kid }) => kid)).toEqual(kids);
  });
});

describe('the metadata (RFC 8414 §2)', () => {
  test('names the issuer as tokens do, and where the keys are', async () => {
    const { status, body } = await service.get(METADATA);
    expect(status).toBe(200);
    expect(body).toMatchObject({ issuer: ISSUER, jwks_uri: `${ISSUER}${JWKS}` });
  });

  test('is the same under the name of OpenID Connect Discovery (§4)', async () => {
    const { status, body, headers } = await service.get('/.well-known/openid-configuration');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    expect(body).toEqual((await service.get(METADATA)).body);
  });

  test('says all that a client has to know, and nothing else (OpenID Connect Discovery §3)', async () => {
    const { body } = await service.get(METADATA);
    const proven = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'];
    const methods = [...proven, 'none'];
    const algorithms = ['ES256', 'RS256', 'PS256', 'EdDSA', 'Ed25519'];
    expect(body).toEqual({
      issuer: ISSUER,
      jwks_uri: `${ISSUER}/.well-known/jwks.json`,
      authorization_endpoint: `${ISSUER}/oauth/authorize`,
      token_endpoint: `${ISSUER}/oauth/token`,
      token_endpoint_auth_methods_supported: methods,
      token_endpoint_auth_signing_alg_values_supported: algorithms,
      userinfo_endpoint: `${ISSUER}/oauth/userinfo`,
      introspection_endpoint: `${ISSUER}/oauth/introspect`,
      introspection_endpoint_auth_methods_supported: proven,
      introspection_endpoint_auth_signing_alg_values_supported: algorithms,
      revocation_endpoint: `${ISSUER}/oauth/revoke`,
      revocation_endpoint_auth_methods_supported: methods,
      revocation_endpoint_auth_signing_alg_values_supported: algorithms,
      end_session_endpoint: `${ISSUER}/session/end`,
      scopes_supported: [
        ...['openid', 'profile', 'email', 'address', 'phone', 'offline_access'],
        ...['roles', 'domain'],
      ],
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'form_post'],
      grant_types_supported: ['client_credentials', 'authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256', 'ES256'],
      acr_values_supported: ['urn:latchkey:acr:password', 'urn:latchkey:acr:email-code'],
      claim_types_supported: ['normal'],
      claims_supported: expect.arrayContaining(['sub', 'email_verified', 'address', 'updated_at']),
      claims_parameter_supported: true,
      ui_locales_supported: ['en', 'cs'],
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
    });
    const claims = body['claims_supported'] as string[];
    expect(new Set(claims).size).toBe(claims.length);
  });

  test('promises nothing that does not work: each endpoint is there', async () => {
    const { body } = await service.get(METADATA);
    const named = Object.keys(body).filter((name) => name.endsWith('_endpoint'));
    expect(named).toHaveLength(6);
    for (const name of named) {
      const path = String(body[name]).slice(ISSUER.length);
      const answers = ['GET', 'POST'].map((method) => service.send(`${method} ${path}`, form({})));
      for (const { status } of await Promise.all(answers)) expect([404, 500]).not.toContain(status);
    }
  });

  test('asks nobody', async () => {
    service.dynamodb.requests.length = 0;
    service.secrets.requests.length = 0;
    await service.get(METADATA);
    expect([...service.dynamodb.requests, ...service.secrets.requests]).toEqual([]);
  });
});

test.each([JWKS, METADATA, '/.well-known/openid-configuration'])(
  '%s may be cached, for less than a key waits before it signs',
  async (path) => {
    const { headers } = await service.get(path);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'public, max-age=300',
      'x-content-type-options': 'nosniff',
    });
  },
);

test('the cache follows KEY_PROPAGATION', async () => {
  process.env['KEY_PROPAGATION'] = '60';
  const { get } = await coldStart();
  delete process.env['KEY_PROPAGATION'];
  expect((await get(JWKS)).headers['cache-control']).toBe('public, max-age=20');
});

test('DynamoDB down: the keys are 503, never an empty set, and never cached', async () => {
  service.dynamodb.inject(() => broken);
  expect(await service.get(JWKS)).toMatchObject({
    status: 503,
    headers: { 'cache-control': 'no-store', 'retry-after': '2' },
    body: { error: 'temporarily_unavailable', error_description: expect.any(String) },
  });
  service.dynamodb.heal();
  expect((await service.get(JWKS)).status).toBe(200);
});

test.each(['/.well-known/jwks', '/.well-known/webfinger', '/', '/constructor'])(
  '%s is 404',
  async (path) => {
    expect(await service.get(path)).toMatchObject({ status: 404, body: { error: 'not_found' } });
  },
);
