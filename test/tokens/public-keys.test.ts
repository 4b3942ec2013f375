/** The verifier's memory of the published keys: when it reads again, and that it never guesses. */

import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { instant } from '../../lib/time.ts';
import { type PublicKeyCache, publicKeyCache } from '../../lib/tokens/public-keys.ts';

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = publicKey.export({ format: 'jwk' });
const key = (kid: string, more: object = {}) => ({
  kid,
  alg: 'ES256',
  jwk,
  signsFrom: 0,
  ...more,
});

let now: number;
let fetches: number;
let published: () => unknown;
let cache: PublicKeyCache;
beforeEach(() => {
  now = 1_000_000;
  fetches = 0;
  published = () => [key('a')];
  const fetch = async () => {
    fetches += 1;
    await Promise.resolve();
    return published();
  };
  cache = publicKeyCache(fetch, () => instant(now));
});
const found = async (kid: string, alg = 'ES256') => (await cache.find(kid, alg)) !== undefined;

describe('a key that is held', () => {
  test('is found without a read, as the same object, for five minutes', async () => {
    const held = await cache.find('a', 'ES256');
    now += 299;
    expect(await cache.find('a', 'ES256')).toBe(held);
    expect(fetches).toBe(1);
  });

  test('is read anew after five minutes, so that a withdrawn key is refused', async () => {
    expect(await found('a')).toBe(true);
    published = () => [key('b')];
    now += 300;
    expect(await found('a')).toBe(false);
    expect(fetches).toBe(2);
  });

  test.each([
    ['another algorithm', 'RS256'],
    ['none', 'none'],
    ['a symmetric one', 'HS256'],
  ])('is not found for %s', async (_case, alg) => expect(await found('a', alg)).toBe(false));

  test('is not found once its last token has expired, though it is still published', async () => {
    published = () => [key('a', { verifiesUntil: 1_000_010 })];
    expect(await found('a')).toBe(true);
    now += 10;
    expect(await found('a')).toBe(false);
  });
});

describe('a key that is not held', () => {
  test('makes one read a minute, however many names are invented', async () => {
    await found('a');
    for (let second = 0; second < 299; second++) {
      now += 1;
      for (const kid of [`x${second}`, `y${second}`, '', '__proto__'])
        expect(await found(kid)).toBe(false);
    }
    expect(fetches).toBe(5);
  });

  test('is found as soon as a minute has passed since the last read', async () => {
    await found('a');
    published = () => [key('a'), key('b')];
    now += 59;
    expect(await found('b')).toBe(false);
    now += 1;
    expect(await found('b')).toBe(true);
    expect(fetches).toBe(2);
  });

  test('does not make the others stale', async () => {
    await found('a');
    now += 60;
    await found('x');
    now += 299;
    expect(await found('a')).toBe(true);
    expect(fetches).toBe(2);
  });

  test('is no key where nothing has been published yet', async () => {
    published = () => undefined;
    expect(await found('a')).toBe(false);
    published = () => [key('a')];
    now += 60;
    expect(await found('a')).toBe(true);
  });
});

describe('the first read', () => {
  const elsewhere = { fetches: 0 };
  const other = async () => {
    elsewhere.fetches += 1;
    return [key('b')];
  };
  beforeEach(() => {
    elsewhere.fetches = 0;
  });

  test('may be somebody else’s, and is then the one that counts', async () => {
    await cache.readFirst(other);
    await cache.readFirst(other);
    expect(await found('b')).toBe(true);
    expect([elsewhere.fetches, fetches]).toEqual([1, 0]);
  });

  test('is nobody else’s once there has been one', async () => {
    await found('a');
    await cache.readFirst(other);
    expect([elsewhere.fetches, fetches]).toEqual([0, 1]);
  });
});

describe('many at once', () => {
  test('wait for one read', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => found('a')));
    expect(answers.every(Boolean)).toBe(true);
    expect(fetches).toBe(1);
  });

  test('who bring the first tokens of a new key are all served by one more read', async () => {
    await found('a');
    published = () => [key('a'), key('b')];
    now += 60;
    const answers = await Promise.all(Array.from({ length: 50 }, () => found('b')));
    expect(answers.every(Boolean)).toBe(true);
    expect(fetches).toBe(2);
  });

  test('who wait for a read that fails all fail', async () => {
    published = () => {
      throw new Error('down');
    };
    const answers = await Promise.allSettled(Array.from({ length: 50 }, () => found('a')));
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
    expect(fetches).toBe(1);
  });
});

describe('a read that fails', () => {
  const fail = () => {
    throw new Error('down');
  };
  test('fails closed as long as it lasts, even for a key that was held, and heals', async () => {
    expect(await found('a')).toBe(true);
    published = fail;
    now += 300;
    for (let tries = 0; tries < 3; tries++) await expect(found('a')).rejects.toThrow('down');
    published = () => [key('a')];
    expect(await found('a')).toBe(true);
  });

  test('because of an unknown key harms no known one, and is not repeated for a minute', async () => {
    await found('a');
    published = fail;
    now += 60;
    await expect(found('x')).rejects.toThrow('down');
    expect(await found('y')).toBe(false);
    expect(await found('a')).toBe(true);
    expect(fetches).toBe(2);
  });

  test.each([
    ['text', 'keys'],
    ['an object', { a: key('a') }],
    ['a key without name', [{ ...key('a'), kid: undefined }]],
    ['a key that is none', [key('a', { jwk: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' } })]],
    ['a key of another algorithm', [key('a', { alg: 'HS256' })]],
    ['a key without time', [{ ...key('a'), signsFrom: undefined }]],
  ])('may also be a set that is malformed: %s', async (_case, set) => {
    published = () => set;
    await expect(found('a')).rejects.toThrow();
    published = () => [key('a')];
    expect(await found('a')).toBe(true);
  });
});
