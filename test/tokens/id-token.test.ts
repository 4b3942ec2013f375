/** ID tokens: signed for a client, verified as a hint that comes back. Real keys, no store. */

import { decodeProtectedHeader, SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../lib/crypto.ts';
import { instant, seconds } from '../../lib/time.ts';
import { signAccessToken } from '../../lib/tokens/access-token.ts';
import { halfHash, signIdToken, verifyIdToken } from '../../lib/tokens/id-token.ts';
import { currentKey, publicHalf, rotatedKeys, type SigningKey } from '../../lib/tokens/key-set.ts';
import { publicKeyCache } from '../../lib/tokens/public-keys.ts';
import { assemble } from '../support/actors/tokens.ts';

const NOW = 1_800_000_000;
const ISSUER = 'https://auth.example.com';
const PLACE = { issuer: ISSUER };
const CLAIMS = { sub: 'user', aud: 'app', sid: 'key', iat: NOW, exp: NOW + 3600, nonce: 'n' };

let keys: SigningKey[];
let rsa: SigningKey;
const published = () =>
  publicKeyCache(
    async () => keys.map(publicHalf),
    () => instant(NOW),
  );
beforeAll(async () => {
  keys = await rotatedKeys([], {
    now: instant(NOW),
    propagation: seconds(900),
    maxTokenLifetime: seconds(86_400),
  });
  rsa = currentKey(keys, 'RS256', instant(NOW)) as SigningKey;
});
const verify = (token: string, place = PLACE) => verifyIdToken(token, place, published());

test('comes back with its claims, by either algorithm, and is told by its type', async () => {
  for (const alg of ['RS256', 'ES256'] as const) {
    const token = await signIdToken(
      CLAIMS,
      PLACE,
      currentKey(keys, alg, instant(NOW)) as SigningKey,
    );
    expect(decodeProtectedHeader(token)).toMatchObject({ alg, typ: 'JWT' });
    expect(await verify(token)).toEqual({
      status: 'valid',
      claims: { ...CLAIMS, iss: ISSUER },
    });
  }
});

test('is a hint after its expiry too (RP-Initiated Logout §2)', async () => {
  const token = await signIdToken({ ...CLAIMS, exp: NOW - 86_400 }, PLACE, rsa);
  expect(await verify(token)).toMatchObject({ status: 'valid' });
});

test('does not outlive its signing key', async () => {
  const retiring = { ...rsa, verifiesUntil: instant(NOW + 10) };
  await expect(signIdToken(CLAIMS, PLACE, retiring)).rejects.toThrow('must not outlive');
  const lasting = { ...rsa, verifiesUntil: instant(CLAIMS.exp) };
  expect(await signIdToken(CLAIMS, PLACE, lasting)).toMatch(/^ey/);
});

test('the hash of an access token is its left half (OpenID Connect Core §3.1.3.6)', () => {
  expect(Buffer.from(halfHash('token'), 'base64url')).toEqual(sha256('token').subarray(0, 16));
});

describe('is refused as a hint', () => {
  const signed = (change: object, header: object = {}, key = rsa) =>
    new SignJWT({ ...CLAIMS, iss: ISSUER, ...change })
      .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT', ...header })
      .sign(key.jwk);

  test.each<[string, () => string | Promise<string>]>([
    ['of another issuer', () => signed({ iss: 'https://evil.example' })],
    ['without issuer', () => signed({ iss: undefined })],
    ['without subject', () => signed({ sub: undefined })],
    ['with an empty subject', () => signed({ sub: '' })],
    ['without client', () => signed({ aud: undefined })],
    ['for several clients', () => signed({ aud: ['app', 'other'] })],
    ['without session', () => signed({ sid: undefined })],
    ['without expiry', () => signed({ exp: undefined })],
    ['a logout token', () => signed({}, { typ: 'logout+jwt' })],
    ['without type', () => signed({}, { typ: undefined })],
    ['by an unknown key', () => signed({}, { kid: 'other' })],
    ['unsigned', () => assemble({ alg: 'none', typ: 'JWT' }, { ...CLAIMS, iss: ISSUER })],
    ['changed', async () => (await signed({})).replace(/\.[^.]+\./, `.${'e30'}.`)],
    ['garbage', () => 'a.b.c'],
    [
      'an access token',
      () => {
        const claims = { ...CLAIMS, jti: 'j', client_id: 'app', domain: 'd', roles: [] };
        return signAccessToken(claims, { issuer: ISSUER, audience: 'app' }, rsa);
      },
    ],
  ])('%s', async (_case, make) =>
    expect(await verify(await make())).toMatchObject({ status: 'invalid' }),
  );

  test('where it has more than 8192 characters, however well signed', async () => {
    const fixed = (await signed({ pad: '' })).length;
    const token = await signed({ pad: 'x'.repeat(Math.ceil(((8193 - fixed) * 3) / 4)) });
    expect(token.length).toBeGreaterThan(8192);
    expect(await verify(token)).toMatchObject({ reason: 'the token is too long' });
    expect(await verify('x'.repeat(8192))).toMatchObject({ reason: 'not a signed token' });
    expect(await verify('x'.repeat(8193))).toMatchObject({ reason: 'the token is too long' });
  });

  test('by a key of somebody else', async () => {
    const others = await rotatedKeys([], {
      now: instant(NOW),
      propagation: seconds(900),
      maxTokenLifetime: seconds(86_400),
    });
    const stranger = currentKey(others, 'RS256', instant(NOW)) as SigningKey;
    const token = await signed({}, { kid: rsa.kid }, stranger);
    expect(await verify(token)).toMatchObject({ status: 'invalid' });
  });
});
