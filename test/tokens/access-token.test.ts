/** Access tokens where no request gets: their ends and their lengths. Real keys, no store. */

import { beforeAll, describe, expect, test } from 'vitest';
import { instant, seconds } from '../../lib/time.ts';
import { signAccessToken, verifyAccessToken } from '../../lib/tokens/access-token.ts';
import { publicHalf, rotatedKeys, type SigningKey } from '../../lib/tokens/key-set.ts';
import { publicKeyCache } from '../../lib/tokens/public-keys.ts';

const NOW = 1_800_000_000;
const PLACE = { issuer: 'https://auth.example.com', audience: 'https://api.example.com' };
const CLAIMS = {
  sub: 'user',
  sid: 'key',
  jti: 'id',
  client_id: 'app',
  domain: 'mydomain.com',
  roles: ['user'],
  iat: NOW,
  exp: NOW + 3600,
};
const MAX_LENGTH = 8192;

let key: SigningKey;
beforeAll(async () => {
  const times = { now: instant(NOW), propagation: seconds(900), maxTokenLifetime: seconds(86_400) };
  key = (await rotatedKeys([], times)).find(({ alg }) => alg === 'ES256') as SigningKey;
});

const sign = (more: object = {}, signer = key) =>
  signAccessToken({ ...CLAIMS, ...more }, PLACE, signer);
const verify = (token: string, now = NOW) => {
  const keys = publicKeyCache(
    async () => [publicHalf(key)],
    () => instant(NOW),
  );
  return verifyAccessToken(token, PLACE, keys, instant(now));
};

test('does not outlive its signing key, and may end with it', async () => {
  await expect(sign({}, { ...key, verifiesUntil: instant(CLAIMS.exp - 1) })).rejects.toThrow(
    'must not outlive',
  );
  expect(await sign({}, { ...key, verifiesUntil: instant(CLAIMS.exp) })).toMatch(/^ey/);
});

describe('is good (RFC 7519 §4.1.3 to §4.1.5)', () => {
  test.each<[string, object, number, string | undefined]>([
    ['until the second of its end', {}, NOW + 3599, undefined],
    ['and not in it', {}, NOW + 3600, 'expired'],
    ['from its beginning on', { nbf: NOW }, NOW, undefined],
    ['and not before it', { nbf: NOW + 1 }, NOW, 'not valid yet'],
    ['with words for a scope', { scope: 'cdr:r' }, NOW, undefined],
    ['with a list of them', { scope: ['cdr:r'] }, NOW, undefined],
    [
      'and not with anything else',
      { scope: 1 },
      NOW,
      'the claims are not those of an access token',
    ],
    ['nor without a subject', { sub: '' }, NOW, 'the claims are not those of an access token'],
    ['nor without a session', { sid: '' }, NOW, 'the claims are not those of an access token'],
  ])('%s', async (_case, more, now, reason) =>
    expect(await verify(await sign(more), now)).toMatchObject(
      reason === undefined ? { status: 'valid', claims: CLAIMS } : { status: 'invalid', reason },
    ),
  );

  test.each<[string, object, string | undefined]>([
    [
      'for its audience among others',
      { audience: ['https://b.example', PLACE.audience] },
      undefined,
    ],
    ['and for no other', { audience: 'https://b.example' }, 'another audience'],
    ['and of no other issuer', { issuer: 'https://b.example' }, 'another issuer'],
  ])('%s', async (_case, more, reason) => {
    const token = await signAccessToken(CLAIMS, { ...PLACE, ...more } as typeof PLACE, key);
    expect(await verify(token)).toMatchObject(
      reason === undefined ? { status: 'valid' } : { status: 'invalid', reason },
    );
  });
});

describe('is at most 8 KB long, and no longer one', () => {
  /** What fills a token up to the last character, with a name of the key that makes it come out even. */
  function filling(): { pad: string; signer: SigningKey } {
    for (const kid of ['k', 'kk', 'kkk', 'kkkk']) {
      const signer = { ...key, kid };
      for (let pad = 'x'.repeat(5500); pad.length < MAX_LENGTH; pad += 'x')
        if (lengthOf({ pad }, signer) === MAX_LENGTH) return { pad, signer };
    }
    throw new Error('no token has that length');
  }
  /** Characters: two parts in base64url, the signature's 86, and two dots. */
  const lengthOf = (more: object, { alg, kid }: SigningKey): number =>
    [
      { alg, kid, typ: 'at+jwt' },
      { ...CLAIMS, ...more, iss: PLACE.issuer, aud: PLACE.audience },
    ].reduce((sum, part) => sum + Math.ceil((4 * JSON.stringify(part).length) / 3), 88);

  test('is signed', async () => {
    const { pad, signer } = filling();
    expect(await sign({ pad }, signer)).toHaveLength(MAX_LENGTH);
    await expect(sign({ pad: `${pad}x` }, signer)).rejects.toThrow('nobody could use');
  });

  test('is read', async () => {
    expect(await verify('x'.repeat(MAX_LENGTH))).toMatchObject({ reason: 'not a signed token' });
    expect(await verify('x'.repeat(MAX_LENGTH + 1))).toMatchObject({
      reason: 'the token is too long',
    });
  });
});
