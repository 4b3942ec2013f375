/**
 * aws-jwt-verify, as an API in AWS uses it: it holds our published keys, over HTTP, and follows a
 * rotation. The clock is ours to move, since a new key waits before it signs.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { JwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO, tokenOf } from '../support/actors/clients.ts';
import { agree, tokensOf } from '../support/actors/grants.ts';
import { advance, ISSUER, type Service, startService } from '../support/running/service.ts';

let service: Service;
let jwksUri: string;
let fetched = 0;
const server = createServer(async (request, response) => {
  fetched += 1;
  const { status, headers, text } = await service.get(String(request.url));
  response.writeHead(status, headers).end(text);
});

beforeAll(async () => {
  service = await startService({ ACCESS_TOKEN_LIFETIME: '7200' });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  jwksUri = `http://127.0.0.1:${port}/.well-known/jwks.json`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await service.stop();
});

/** The library's own fetcher takes https only. */
const fetcher = { fetch: async (uri: string) => (await fetch(uri)).arrayBuffer() };
const verifierOf = (audience: string) =>
  JwtVerifier.create(
    { issuer: ISSUER, audience, jwksUri },
    { jwksCache: new SimpleJwksCache({ fetcher }) },
  );
const kidOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())['kid'] as string;

describe('aws-jwt-verify', () => {
  test('verifies an access token by the published keys', async () => {
    const verified = await verifierOf(ISSUER).verify(await tokenOf(service, DEMO));
    expect(verified).toMatchObject({ iss: ISSUER, client_id: 'demo-api', sub: 'demo-api' });
  });

  test('verifies an ID token for its client, and for no other', async () => {
    const agreed = await agree(service);
    const { id } = await tokensOf(service, agreed);
    expect(await verifierOf(agreed.client.id).verify(id)).toMatchObject({ aud: agreed.client.id });
    await expect(verifierOf('another').verify(id)).rejects.toThrow(/[Aa]udience/);
  });

  test('refuses a token that was changed, and one that has expired', async () => {
    const token = await tokenOf(service, DEMO);
    const [header, payload = ''] = token.split('.');
    await expect(verifierOf(ISSUER).verify(`${header}.${payload}.AAAA`)).rejects.toThrow();
    advance(7201);
    await expect(verifierOf(ISSUER).verify(token)).rejects.toThrow(/expired/);
    advance(-7201);
  });

  test('follows a rotation: old and new tokens verify, before, while and after the keys change', async () => {
    const verifier = verifierOf(ISSUER);
    const old = await tokenOf(service, DEMO);
    await verifier.verify(old);
    const before = fetched;

    await service.rotateKeys();
    // The new key is published, and does not sign yet: whoever holds the old set misses nothing.
    const meanwhile = await tokenOf(service, DEMO);
    expect(kidOf(meanwhile)).toBe(kidOf(old));
    await verifier.verify(meanwhile);
    expect(fetched).toBe(before);

    advance(1300);
    const fresh = await tokenOf(service, DEMO);
    expect(kidOf(fresh)).not.toBe(kidOf(old));
    await verifier.verify(fresh);
    expect(fetched).toBe(before + 1);
    await verifier.verify(old);
    await verifier.verify(meanwhile);
  });
});
