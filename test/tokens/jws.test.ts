/** The signature check, against jose's own and by RFC 7515. */

import { randomBytes } from 'node:crypto';
import { CompactSign, compactVerify, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { instant, seconds } from '../../lib/time.ts';
import { checkSignature, signed } from '../../lib/tokens/jws.ts';
import { publicHalf, rotatedKeys, type SigningKey } from '../../lib/tokens/key-set.ts';
import { publicKeyCache } from '../../lib/tokens/public-keys.ts';

let keys: SigningKey[];
beforeAll(async () => {
  keys = await rotatedKeys([], {
    now: instant(0),
    propagation: seconds(900),
    maxTokenLifetime: seconds(3600),
  });
});

const cache = () =>
  publicKeyCache(
    async () => keys.map(publicHalf),
    () => instant(0),
  );
const keyOf = (alg: string) => keys.find((key) => key.alg === alg) as SigningKey;
const sign = ({ alg, kid, jwk }: SigningKey, payload: string, header = {}) =>
  new CompactSign(Buffer.from(payload))
    .setProtectedHeader({ alg, kid, ...header })
    .sign(jwk as JWK);
const statusOf = async (token: string) => (await checkSignature(token, cache())).status;

// One signature in a hundred has a number with a leading zero byte, which is dropped in DER.
test.each([
  ['ES256', 1000],
  ['RS256', 20],
])(
  'every %s signature that jose makes is valid, and no other',
  async (alg, count) => {
    const held = cache();
    for (let round = 0; round < count; round++) {
      const token = await sign(keyOf(alg), JSON.stringify({ round }));
      expect(await checkSignature(token, held)).toMatchObject({
        status: 'valid',
        payload: { round },
      });
      const [header, payload, signature = ''] = token.split('.');
      const bytes = Buffer.from(signature, 'base64url');
      const at = round % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ (1 + (round % 255));
      const broken = `${header}.${payload}.${bytes.toString('base64url')}`;
      expect(await checkSignature(broken, held)).toMatchObject({ status: 'invalid' });
    }
  },
  60_000,
);

test.each([
  ['ES256', 1000],
  ['RS256', 20],
])(
  'every %s signature of ours is valid to jose',
  async (alg, count) => {
    const key = keyOf(alg);
    const header = { alg, kid: key.kid };
    const open = await importJWK(publicHalf(key).jwk as JWK, alg);
    for (let round = 0; round < count; round++) {
      const token = await signed(header, { round, text: 'ž' }, key);
      const { payload, protectedHeader } = await compactVerify(token, open);
      expect(protectedHeader).toEqual(header);
      expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({ round, text: 'ž' });
    }
  },
  60_000,
);

test('a key of another curve signs nothing', async () => {
  const { privateKey } = await generateKeyPair('ES384', { extractable: true });
  const key = { ...keyOf('ES256'), jwk: (await exportJWK(privateKey)) as SigningKey['jwk'] };
  await expect(signed({}, {}, key)).rejects.toThrow('another curve');
});

describe('as jose does, it refuses', () => {
  const open = async () => importJWK(publicHalf(keyOf('ES256')).jwk as JWK, 'ES256');
  const zeros = (length: number) => Buffer.alloc(length).toString('base64url');
  const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';

  test.each<[string, (valid: Buffer) => string]>([
    ['zeros', () => zeros(64)],
    ['nothing', () => ''],
    [
      'a zero and a number',
      (valid) => Buffer.concat([Buffer.alloc(32), valid.subarray(32)]).toString('base64url'),
    ],
    [
      'a number and a zero',
      (valid) => Buffer.concat([valid.subarray(0, 32), Buffer.alloc(32)]).toString('base64url'),
    ],
    [
      'numbers as large as the group',
      () => Buffer.from(order + order, 'hex').toString('base64url'),
    ],
    ['random bytes', () => randomBytes(64).toString('base64url')],
    ['a byte less', (valid) => valid.subarray(0, 63).toString('base64url')],
    ['a byte more', (valid) => Buffer.concat([valid, Buffer.of(0)]).toString('base64url')],
    [
      'the numbers exchanged',
      (valid) => Buffer.concat([valid.subarray(32), valid.subarray(0, 32)]).toString('base64url'),
    ],
  ])('a signature of %s', async (_case, change) => {
    const token = await sign(keyOf('ES256'), '{}');
    const [header, payload, signature = ''] = token.split('.');
    const changed = `${header}.${payload}.${change(Buffer.from(signature, 'base64url'))}`;
    expect(await statusOf(changed)).toBe('invalid');
    await expect(compactVerify(changed, await open())).rejects.toThrow();
  });
});

describe('it refuses', () => {
  test.each([
    [''],
    ['.'],
    ['..'],
    ['...'],
    ['a.b'],
    ['a.b.c'],
    ['e30.e30.e30'],
    ['bnVsbA.e30.e30'],
  ])('what is no signed token: %j', async (text) => expect(await statusOf(text)).toBe('invalid'));

  test.each(['null', '[]', '1', '"a"', '{', ''])(
    'a payload of %j, well signed',
    async (payload) => {
      expect(await statusOf(await sign(keyOf('ES256'), payload))).toBe('invalid');
    },
  );

  test.each(['+', '/', '=', ' ', '\n'])('a token with %j after it', async (more) => {
    const token = await sign(keyOf('ES256'), '{}');
    expect(await statusOf(token)).toBe('valid');
    expect(await statusOf(token + more)).toBe('invalid');
  });

  test.each(['+', '.', 'e30.', ' ', '\n'])('a token with %j before it', async (more) => {
    const token = await sign(keyOf('ES256'), '{}');
    expect(await statusOf(more + token)).toBe('invalid');
  });

  test('an unencoded payload (RFC 7797), and whatever else is critical', async () => {
    const token = await sign(keyOf('ES256'), '{}', { b64: true, crit: ['b64'] });
    expect(await statusOf(token)).toBe('invalid');
  });

  test.each([
    ['no name of a key', { kid: undefined }],
    ['a name that is no text', { kid: 1 as unknown as string }],
  ])('%s, before any key is looked for', async (_case, { kid }) => {
    const key = { ...keyOf('ES256'), kid } as SigningKey;
    const nowhere = publicKeyCache(
      () => Promise.reject(new Error('read')),
      () => instant(0),
    );
    expect(await checkSignature(await sign(key, '{}'), nowhere)).toMatchObject({
      reason: 'no key, or an algorithm that is not ours',
    });
  });

  test('an algorithm that is not ours, before any key is looked for', async () => {
    const { privateKey } = await generateKeyPair('ES384', { extractable: true });
    const token = await new CompactSign(Buffer.from('{}'))
      .setProtectedHeader({ alg: 'ES384', kid: keyOf('ES256').kid })
      .sign(privateKey);
    expect(await checkSignature(token, cache())).toMatchObject({
      reason: 'no key, or an algorithm that is not ours',
    });
  });

  test('a stranger’s key under our name', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const token = await new CompactSign(Buffer.from('{}'))
      .setProtectedHeader({ alg: 'ES256', kid: keyOf('ES256').kid })
      .sign(privateKey);
    expect(await statusOf(token)).toBe('invalid');
  });

  test('one algorithm under the name of the other’s key', async () => {
    const own = keyOf('ES256');
    expect(await statusOf(await sign({ ...own, kid: keyOf('RS256').kid }, '{}'))).toBe('invalid');
  });
});
