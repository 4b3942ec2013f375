/** Real clients against the running stack, over HTTPS. One stack for all: its start is what costs. */
import { JwtVerifier } from 'aws-jwt-verify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { form } from '../support/actors/clients.ts';
import { claimsAndMetadata } from './claims.ts';
import { byOauth4webapi } from './oauth4webapi.ts';
import { byOpenidClient } from './openid-client.ts';
import { type Provider, rotate, startProvider } from './provider.ts';

let provider: Provider;
beforeAll(async () => {
  provider = await startProvider();
}, 180_000);
afterAll(() => provider?.stop());

byOauth4webapi(() => provider);
byOpenidClient(() => provider);
claimsAndMetadata(() => provider);

test('aws-jwt-verify fetches the keys itself, and verifies across a rotation', async () => {
  const { issuer, send, stack } = provider;
  const client = { client_id: 'demo-api', client_secret: 'demo-api-password' };
  const request = form({ grant_type: 'client_credentials', ...client });
  const token = async () => String((await send('POST /oauth/token', request)).body['access_token']);
  const published = async () =>
    (await send('GET /.well-known/jwks.json')).body['keys'] as { kid: string }[];
  const jwksUri = `${issuer}/.well-known/jwks.json`;
  const verifier = JwtVerifier.create({ issuer, audience: issuer, jwksUri });
  const [old, before] = [await token(), await published()];
  await verifier.verify(old);
  await rotate({ stack });
  const after = await published();
  expect(after).toHaveLength(before.length + 2);
  for (const { kid } of before) expect(after.map((key) => key.kid)).toContain(kid);
  for (const it of [verifier, JwtVerifier.create({ issuer, audience: issuer, jwksUri })]) {
    await it.verify(old);
    expect(await it.verify(await token())).toMatchObject({ client_id: 'demo-api' });
  }
});
