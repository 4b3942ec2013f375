/** What a verifier may know: the public keys (RFC 7517) and the metadata (RFC 8414). */
import { calculateJwkThumbprint, type JWK } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { form } from '../support/clients.ts';
import { broken } from '../support/proxy.ts';
import { coldStart, ISSUER, type Service, startService } from '../support/service.ts';
import { signingKeys } from '../support/tokens.ts';

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

  test('has the one required list, and promises nothing that does not work', async () => {
    const { body } = await service.get(METADATA);
    expect(body).toMatchObject({
      response_types_supported: [],
      grant_types_supported: ['client_credentials'],
    });
    for (const name of ['authorization_endpoint', 'introspection_endpoint'])
      expect(body).not.toHaveProperty(name);
    const named = Object.keys(body).filter((name) => name.endsWith('_endpoint'));
    expect(named.sort()).toEqual(['revocation_endpoint', 'token_endpoint']);
    for (const name of named) {
      const call = `POST ${String(body[name]).slice(ISSUER.length)}`;
      expect((await service.send(call, form({}))).body).toEqual({
        error: 'invalid_client',
        error_description: expect.any(String),
      });
    }
  });

  test('asks nobody', async () => {
    service.dynamodb.requests.length = 0;
    service.secrets.requests.length = 0;
    await service.get(METADATA);
    expect([...service.dynamodb.requests, ...service.secrets.requests]).toEqual([]);
  });
});

test.each([JWKS, METADATA])(
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

test.each(['/.well-known/jwks', '/.well-known/openid-configuration', '/', '/constructor'])(
  '%s is 404',
  async (path) => {
    expect(await service.get(path)).toMatchObject({ status: 404, body: { error: 'not_found' } });
  },
);
