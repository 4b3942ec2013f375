/** Client assertions check by check, against jose's signatures. What is done with them is in oauth/clients. */

import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { instant } from '../../lib/time.ts';
import {
  type Jwk,
  keyIdOf,
  unverifiedSubject,
  verifyAssertion,
} from '../../lib/tokens/client-assertion.ts';

const NOW = 1_800_000_000;
const ISSUER = 'https://auth.example.com';
const AUDIENCES = [ISSUER, `${ISSUER}/oauth/token`];
const CLAIMS = { iss: 'app', sub: 'app', aud: ISSUER, jti: 'id', exp: NOW + 60 };

type Pair = { privateKey: Parameters<SignJWT['sign']>[0]; jwk: JWK & Jwk };
let pair: Pair;
let other: Pair;
const newPair = async (alg = 'ES256'): Promise<Pair> => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)) } };
};
beforeAll(async () => {
  [pair, other] = [await newPair(), await newPair()];
});

type Change = { claims?: object; header?: object; by?: Pair };
/** `undefined` leaves a member out. */
const signed = ({ claims, header, by = pair }: Change = {}) =>
  new SignJWT({ ...CLAIMS, ...claims })
    .setProtectedHeader({ alg: 'ES256', ...header })
    .sign(by.privateKey);
const verify = (assertion: string, keys: readonly Jwk[] = [pair.jwk]) =>
  verifyAssertion(assertion, { client: 'app', audiences: AUDIENCES, now: instant(NOW) }, keys)
    .status;
const statusOf = async (change: Change, keys?: readonly Jwk[]) =>
  verify(await signed(change), keys);

test('what it proves is told: its id, and its end', async () =>
  expect(
    verifyAssertion(await signed(), { client: 'app', audiences: AUDIENCES, now: instant(NOW) }, [
      pair.jwk,
    ]),
  ).toEqual({ status: 'valid', jti: 'id', exp: NOW + 60 }));

describe('it is good', () => {
  test.each<[string, object]>([
    ['until half a minute after its end, for clocks differ', { exp: NOW - 29 }],
    ['for an hour and half a minute at most', { exp: NOW + 3630 }],
    ['half a minute before its beginning', { nbf: NOW + 30 }],
    ['half a minute before it was made', { iat: NOW + 30 }],
    ['with both beginnings long ago', { nbf: 0, iat: 0 }],
    ['for the token endpoint', { aud: AUDIENCES[1] }],
    ['for both of our names', { aud: AUDIENCES }],
    ['with an id of 512 characters', { jti: 'x'.repeat(512) }],
    ['with claims that nobody knows', { extra: true }],
  ])('%s', async (_case, claims) => expect(await statusOf({ claims })).toBe('valid'));
});

describe('it is refused', () => {
  test.each<[string, object]>([
    ['half a minute after its end', { exp: NOW - 30 }],
    ['where it is good for longer than an hour', { exp: NOW + 3631 }],
    ['without end', { exp: undefined }],
    ['with an end in words', { exp: 'never' }],
    ['before its beginning', { nbf: NOW + 31 }],
    ['where it is made in the future', { iat: NOW + 31 }],
    ['of another issuer', { iss: 'other' }],
    ['about another subject', { sub: 'other' }],
    ['without issuer', { iss: undefined }],
    ['without subject', { sub: undefined }],
    ['for another audience', { aud: 'https://evil.example' }],
    ['for us and another audience', { aud: [...AUDIENCES, 'https://evil.example'] }],
    ['for nobody', { aud: [] }],
    ['for an audience without name', { aud: '' }],
    ['without audience', { aud: undefined }],
    ['without id', { jti: undefined }],
    ['with an empty id', { jti: '' }],
    ['with an id of 513 characters', { jti: 'x'.repeat(513) }],
  ])('%s', async (_case, claims) => expect(await statusOf({ claims })).toBe('invalid'));

  test.each<[string, object]>([
    ['with something critical (RFC 7515 §4.1.11)', { crit: ['b64'], b64: true }],
    ['with a name of its key that is no text', { kid: 1 }],
  ])('%s', async (_case, header) => expect(await statusOf({ header })).toBe('invalid'));

  test('by the key of somebody else, or where there is none', async () => {
    expect(await statusOf({ by: other })).toBe('invalid');
    expect(await statusOf({}, [])).toBe('invalid');
  });

  test.each([
    ['e30.', ''],
    ['.', ''],
    [' ', ''],
    ['', '.e30'],
    ['', '='],
    ['', '\n'],
  ])('with %j before it and %j after it', async (before, after) =>
    expect(verify(`${before}${await signed()}${after}`)).toBe('invalid'),
  );

  test.each(['', '..', 'a.b.c', 'e30.e30.', 'e30.e30.e30'])('where it is %j', (text) =>
    expect(verify(text)).toBe('invalid'),
  );

  test('in any part changed', async () => {
    const [head = '', body = '', signature = ''] = (await signed()).split('.');
    const [, otherBody = ''] = (await signed({ claims: { jti: 'other' } })).split('.');
    expect(verify(`${head}.${otherBody}.${signature}`)).toBe('invalid');
    const [otherHead = ''] = (await signed({ header: { typ: 'JWT' } })).split('.');
    expect(verify(`${otherHead}.${body}.${signature}`)).toBe('invalid');
  });
});

describe('the key that it names', () => {
  const named = () => ({ ...pair.jwk, kid: 'one' });

  test('is tried alone; one that is not named, or names none, are tried all', async () => {
    const header = { kid: 'one' };
    expect(await statusOf({ header }, [other.jwk, named()])).toBe('valid');
    expect(await statusOf({ header }, [pair.jwk])).toBe('valid');
    expect(await statusOf({ header: { kid: 'two' } }, [named()])).toBe('invalid');
    expect(await statusOf({}, [other.jwk, named()])).toBe('valid');
  });

  test('is for signatures, and for its own algorithm', async () => {
    const key = pair.jwk;
    expect(await statusOf({}, [{ ...key, use: 'sig', alg: 'ES256' }])).toBe('valid');
    expect(await statusOf({}, [{ ...key, use: 'enc' }])).toBe('invalid');
    expect(await statusOf({}, [{ ...key, alg: 'RS256' }])).toBe('invalid');
    const rsa = await newPair('RS256');
    expect(await statusOf({ by: rsa, header: { alg: 'RS256' } }, [rsa.jwk])).toBe('valid');
    expect(await statusOf({ by: rsa, header: { alg: 'RS256' } }, [pair.jwk])).toBe('invalid');
  });

  test('is passed over where it is no key at all', async () =>
    expect(await statusOf({}, [{ kty: 'EC', crv: 'P-256' }, {}, pair.jwk])).toBe('valid'));
});

describe('what is read of it before it is verified', () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const assertion = (payload: unknown, header: unknown = { alg: 'ES256', kid: 'one' }) =>
    `${part(header)}.${part(payload)}.c2ln`;

  test('is whose it says it is', () => {
    expect(unverifiedSubject(assertion({ sub: 'app' }))).toBe('app');
    for (const payload of [{}, { sub: '' }, { sub: 1 }, null, 'app', []])
      expect(unverifiedSubject(assertion(payload))).toBeUndefined();
    for (const text of ['', 'a.b.c', `${assertion({ sub: 'app' })}.x`, 'x'])
      expect(unverifiedSubject(text)).toBeUndefined();
  });

  test('is nothing beyond 8192 characters', () => {
    const text = assertion({ sub: 'app' });
    const filled = text + 'A'.repeat(8192 - text.length);
    expect(unverifiedSubject(filled)).toBe('app');
    expect(unverifiedSubject(`${filled}A`)).toBeUndefined();
  });

  test('is which key it names', () => {
    expect(keyIdOf(assertion({}))).toBe('one');
    for (const header of [{ alg: 'ES256' }, { kid: 'one' }, { alg: 'none', kid: 'one' }, null])
      expect(keyIdOf(assertion({}, header))).toBeUndefined();
    expect(keyIdOf('a.b.c')).toBeUndefined();
  });
});
