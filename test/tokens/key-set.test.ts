/** The times of the signing keys, and what of them may be told to everybody. */

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { instant, seconds } from '../../lib/time.ts';
import {
  ALGORITHMS,
  currentKey,
  formatSigningKeys,
  isAlive,
  jwks,
  parseSigningKeys,
  publicHalf,
  rotatedKeys,
  SIGNER_MAX_STALENESS,
  type SigningKey,
} from '../../lib/tokens/key-set.ts';

const NOW = 1_000_000;
const TIMES = { propagation: seconds(900), maxTokenLifetime: seconds(86_400) };
let first: SigningKey[];
let second: SigningKey[];
beforeAll(async () => {
  first = await rotatedKeys([], { now: instant(NOW), ...TIMES });
  second = await rotatedKeys(first, { now: instant(NOW + 10_000), ...TIMES });
});
const kid = (keys: readonly SigningKey[], at: number, alg: 'ES256' | 'RS256' = 'ES256') =>
  currentKey(keys, alg, instant(at))?.kid;
const kids = (keys: readonly { kid: string }[]) => keys.map((key) => key.kid);

describe('the first key set', () => {
  test('has one key an algorithm, which signs at once: there is none before it to wait for', () => {
    expect(first.map(({ alg }) => alg).sort()).toEqual([...ALGORITHMS].sort());
    expect(first.every((key) => key.signsFrom === NOW && key.publishedFrom === NOW)).toBe(true);
    expect(first.every((key) => key.verifiesUntil === undefined)).toBe(true);
    expect(kid(first, NOW)).toBeDefined();
    expect(kid(first, NOW - 1)).toBeUndefined();
  });
});

describe('a rotation', () => {
  const ROTATED = NOW + 10_000;
  const SIGNS = ROTATED + TIMES.propagation;
  const ENDS = SIGNS + SIGNER_MAX_STALENESS + TIMES.maxTokenLifetime;

  test('publishes new keys that do not sign before the propagation time is over', () => {
    const [old] = first;
    expect(second).toHaveLength(4);
    expect(kid(second, ROTATED)).toBe(old?.kid);
    expect(kid(second, SIGNS - 1)).toBe(old?.kid);
    expect(kid(second, SIGNS)).not.toBe(old?.kid);
    expect(kid(second, SIGNS, 'RS256')).not.toBe(kid(second, SIGNS - 1, 'RS256'));
  });

  test('keeps an old key until the last token that it may have signed has expired', () => {
    const old = second.filter(({ kid: one }) => kids(first).includes(one));
    expect(old.map(({ verifiesUntil }) => verifiesUntil)).toEqual([ENDS, ENDS]);
    expect(old.map((key) => isAlive(key, instant(ENDS - 1)))).toEqual([true, true]);
    expect(old.map((key) => isAlive(key, instant(ENDS)))).toEqual([false, false]);
  });

  test('drops dead keys, and never moves an end that is set', async () => {
    const third = await rotatedKeys(second, { now: instant(ENDS - 1), ...TIMES });
    expect(third.filter(({ verifiesUntil }) => verifiesUntil === ENDS)).toHaveLength(2);
    const fourth = await rotatedKeys(third, { now: instant(ENDS), ...TIMES });
    expect(kids(fourth)).not.toEqual(expect.arrayContaining(kids(first)));
    expect(kids(fourth)).toEqual(expect.arrayContaining(kids(third).slice(2)));
  });

  test('twice in a row signs with the oldest until the first new key may', async () => {
    const third = await rotatedKeys(second, { now: instant(ROTATED + 100), ...TIMES });
    expect(kid(third, SIGNS - 1)).toBe(kid(first, NOW));
    expect(kid(third, SIGNS)).toBe(kid(second, SIGNS));
    expect(kid(third, SIGNS + 100)).not.toBe(kid(second, SIGNS));
  });
});

describe('the key that signs', () => {
  const key = fc.record({
    kid: fc.uuid(),
    alg: fc.constantFrom(...ALGORITHMS),
    jwk: fc.constant({ kty: 'EC' }),
    publishedFrom: fc.nat({ max: 50 }),
    signsFrom: fc.nat({ max: 100 }),
    verifiesUntil: fc.option(fc.nat({ max: 100 }), { nil: undefined }),
  });
  test('has the algorithm, its time has come, it is alive, and none such is younger', () =>
    fc.assert(
      fc.property(
        fc.array(key, { maxLength: 8 }),
        fc.constantFrom(...ALGORITHMS),
        fc.nat({ max: 100 }),
        (keys, alg, now) => {
          const able = (keys as SigningKey[]).filter(
            (one) =>
              one.alg === alg &&
              one.signsFrom <= now &&
              now < (one.verifiesUntil ?? Number.MAX_VALUE),
          );
          const chosen = currentKey(keys as SigningKey[], alg, instant(now));
          if (able.length === 0) expect(chosen).toBeUndefined();
          else {
            expect(able).toContain(chosen);
            expect(chosen?.signsFrom).toBe(Math.max(...able.map(({ signsFrom }) => signsFrom)));
          }
        },
      ),
    ));
});

describe('what is published', () => {
  const SECRET = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];

  test('holds no private member of a real key (RFC 7518 §6.2.2, §6.3.2)', () => {
    const published = second.map(publicHalf);
    for (const { jwk } of [
      ...published,
      ...jwks(published, instant(NOW)).keys.map((jwk) => ({ jwk })),
    ])
      expect(Object.keys(jwk)).not.toEqual(expect.arrayContaining([expect.toBeOneOf(SECRET)]));
    const text = JSON.stringify(published);
    for (const { jwk } of second) expect(text).not.toContain(jwk['d']);
    expect(second.every(({ jwk }) => typeof jwk['d'] === 'string')).toBe(true);
  });

  test('holds public members only, whatever a key of the set holds', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('EC', 'RSA', 'oct', 'OKP', 'rsa'),
        fc.dictionary(
          fc.oneof(fc.constantFrom(...SECRET, 'n', 'e', 'x', 'y', 'crv'), fc.string()),
          fc.constant('s'),
        ),
        fc.constantFrom(...ALGORITHMS),
        (kty, members, alg) => {
          const key = { kid: 'k', alg, jwk: { ...members, kty }, publishedFrom: 0, signsFrom: 0 };
          const published = publicHalf(key as SigningKey);
          const open = kty === 'RSA' ? ['kty', 'n', 'e'] : ['kty', 'crv', 'x', 'y'];
          expect(open).toEqual(expect.arrayContaining(Object.keys(published.jwk)));
          const [shown = {}] = jwks([published], instant(0)).keys;
          expect([...open, 'kid', 'alg', 'use']).toEqual(
            expect.arrayContaining(Object.keys(shown)),
          );
        },
      ),
    ));

  test('says what each is for, and an end only where there is one', () => {
    expect(jwks(second.map(publicHalf), instant(NOW)).keys.map(({ use }) => use)).toEqual(
      Array(4).fill('sig'),
    );
    for (const key of first.map(publicHalf)) expect(key).not.toHaveProperty('verifiesUntil');
  });

  test('leaves out keys whose last token has expired', () => {
    const published = second.map(publicHalf);
    const end = published[0]?.verifiesUntil ?? instant(0);
    expect(jwks(published, instant(end - 1)).keys).toHaveLength(4);
    expect(kids(jwks(published, end).keys as { kid: string }[])).toEqual(kids(second.slice(2)));
    expect(jwks([], instant(NOW))).toEqual({ keys: [] });
  });
});

describe('the text of a key set', () => {
  test('comes back as it was', () =>
    expect(parseSigningKeys(formatSigningKeys(second))).toEqual(second));

  test.each([
    ['nothing', ''],
    ['no JSON', 'hunter2'],
    ['JSON cut short', '{"keys":[{"kid":"hunter2"'],
    ['null', 'null'],
    ['a list', '["hunter2"]'],
    ['no keys', '{"hunter2":[]}'],
    ['a key without times', '{"keys":[{"kid":"hunter2","alg":"ES256","jwk":{"kty":"EC"}}]}'],
    [
      'a key without its type',
      '{"keys":[{"kid":"hunter2","alg":"ES256","jwk":{},"publishedFrom":0,"signsFrom":0}]}',
    ],
    [
      'an algorithm that is not ours',
      '{"keys":[{"kid":"hunter2","alg":"HS256","jwk":{"kty":"oct"},"publishedFrom":0,"signsFrom":0}]}',
    ],
  ])('that is %s is refused and never shown', (_case, text) => {
    expect(() => parseSigningKeys(text)).toThrow(/^the secret does not hold a key set$/);
  });
});
