/** Signatures that are not ours, and well signed tokens that are no tokens (RFC 8725, RFC 7515 §5.2). */
import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, exportSPKI, importJWK, type JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicHalf } from '../../../lib/tokens/key-set.ts';
import {
  assemble,
  type Forgery,
  forge,
  signingKeys,
  signParts,
} from '../../support/actors/tokens.ts';
import { httpCall } from '../../support/calls/events.ts';
import {
  bearer,
  type Credential,
  type Service,
  startService,
} from '../../support/running/service.ts';

let service: Service;
let session: Credential;
let other: Credential;
beforeAll(async () => {
  service = await startService();
  session = await service.login('200@mydomain.com');
  other = await service.login('100@mydomain.com');
});
afterAll(() => service.stop());

const statusOf = async (token: string) =>
  (await service.decide(httpCall('GET /cdr', bearer({ token, key: '' })))).status;
const forged = async (forgery: Forgery) => statusOf(await forge(service, session.token, forgery));

describe('a signature that is not ours is 401', () => {
  test.each(['ES256', 'RS256'])('of a stranger, under the name of our %s key', async (alg) => {
    const pair =
      alg === 'ES256'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('rsa', { modulusLength: 2048 });
    const own = (await signingKeys(service)).find((key) => key.alg === alg);
    const header = { alg, kid: own?.kid };
    const key = pair.privateKey.export({ format: 'jwk' }) as JWK;
    expect(await forged({ header, key })).toBe(401);
  });

  test('of a stranger who sends the key along (RFC 8725 §3.10)', async () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = pair.publicKey.export({ format: 'jwk' });
    const header = { jwk, kid: undefined, jku: 'https://evil.example.com/jwks.json' };
    const key = pair.privateKey.export({ format: 'jwk' }) as JWK;
    expect(await forged({ header, key })).toBe(401);
  });

  test.each(['none', 'None', 'NONE', ''])('alg "%s" (RFC 8725 §2.1)', async (alg) => {
    const header = { ...decodeProtectedHeader(session.token), alg };
    const payload = decodeJwt(session.token);
    expect(await statusOf(assemble(header, payload))).toBe(401);
    expect(await statusOf(assemble(header, payload, session.token.split('.')[2]))).toBe(401);
  });

  test.each(['ES256', 'RS256'])('HS256 with our public %s key as secret', async (alg) => {
    const own = (await signingKeys(service)).find((key) => key.alg === alg);
    const open = own && publicHalf(own).jwk;
    const pem = await exportSPKI(
      (await importJWK(open as JWK, alg)) as Parameters<typeof exportSPKI>[0],
    );
    for (const text of [pem, pem.trim(), JSON.stringify(open)]) {
      const key = new TextEncoder().encode(text);
      expect(await forged({ header: { alg: 'HS256', kid: own?.kid }, key })).toBe(401);
    }
  });

  test('one algorithm under the name of the other’s key', async () => {
    const [first, second] = await signingKeys(service);
    for (const [by, named] of [
      [first, second],
      [second, first],
    ]) {
      const header = { alg: by?.alg, kid: named?.kid };
      expect(await forged({ header, key: by?.jwk as JWK })).toBe(401);
    }
  });

  test.each<[string, (parts: string[]) => string[]]>([
    ['missing', ([header = '', payload = '']) => [header, payload, '']],
    ['left out with its dot', ([header = '', payload = '']) => [header, payload]],
    [
      'of another token',
      ([header = '', payload = '']) => [header, payload, other.token.split('.')[2] ?? ''],
    ],
    [
      'of zeros (CVE-2022-21449)',
      ([header = '', payload = '']) => [header, payload, 'A'.repeat(86)],
    ],
    [
      'cut',
      ([header = '', payload = '', signature = '']) => [header, payload, signature.slice(0, -8)],
    ],
    [
      'under another payload',
      ([header = '', , signature = '']) => [header, other.token.split('.')[1] ?? '', signature],
    ],
    ['with a part more', (parts) => [...parts, 'x']],
  ])('%s', async (_case, change) => {
    expect(await statusOf(change(session.token.split('.')).join('.'))).toBe(401);
  });
});

test('our RS256 key may sign access tokens too', async () => {
  const key = (await signingKeys(service)).find(({ alg }) => alg === 'RS256');
  expect(await forged({ header: { alg: 'RS256', kid: key?.kid }, key: key?.jwk as JWK })).toBe(200);
});

describe('well signed by us, but', () => {
  const header = () => decodeProtectedHeader(session.token);
  const payload = () => decodeJwt(session.token);
  const both = (change: object) => JSON.stringify({ ...header(), ...change });

  test('as it should be, it is accepted', async () => {
    const token = await signParts(service, both({}), JSON.stringify(payload()));
    expect(await statusOf(token)).toBe(200);
  });

  test.each<[string, () => [string | Buffer, string | Buffer]]>([
    [
      'with a critical extension (RFC 7515 §4.1.11)',
      () => [both({ crit: ['exp'], exp: 1 }), JSON.stringify(payload())],
    ],
    ['with an empty list of critical ones', () => [both({ crit: [] }), JSON.stringify(payload())]],
    [
      'with a payload that is not encoded (RFC 7797)',
      () => [both({ crit: ['b64'], b64: false }), JSON.stringify(payload())],
    ],
    ['of another algorithm by name', () => [both({ alg: 'ES384' }), JSON.stringify(payload())]],
    [
      'of an algorithm that is no string',
      () => [both({ alg: ['ES256'] }), JSON.stringify(payload())],
    ],
    ['with a header that is no object', () => ['["ES256"]', JSON.stringify(payload())]],
    ['with a header that is no JSON', () => [`${both({})}x`, JSON.stringify(payload())]],
    ['with a payload that is a list', () => [both({}), JSON.stringify([payload()])]],
    ['with a payload that is null', () => [both({}), 'null']],
    ['with a payload that is text', () => [both({}), JSON.stringify(JSON.stringify(payload()))]],
    ['with a payload that is no JSON', () => [both({}), 'sub=100@mydomain.com']],
    ['with a payload that is not UTF-8', () => [both({}), Buffer.from([0xff, 0xfe])]],
    [
      'with claims that are inherited only',
      () => [both({}), JSON.stringify({ ['__proto__']: payload() })],
    ],
    ['nested, as a token in a token', () => [both({}), session.token]],
  ])('%s, it is 401', async (_case, parts) => {
    expect(await statusOf(await signParts(service, ...parts()))).toBe(401);
  });

  test('in ASN.1 instead of two numbers, it is 401 (RFC 7518 §3.4)', async () => {
    const token = await signParts(service, both({}), JSON.stringify(payload()), 'der');
    expect(await statusOf(token)).toBe(401);
  });

  test.each<[string, (token: string) => string]>([
    ['padded', (token) => `${token}==`],
    ['with a zero byte more', (token) => `${token}AA`],
    ['followed by a line break', (token) => `${token}\n`],
    [
      'in JSON serialisation (RFC 7515 §7.2)',
      (token) => {
        const [head = '', body = '', signature = ''] = token.split('.');
        return JSON.stringify({ protected: head, payload: body, signature });
      },
    ],
  ])('%s, it is 401', async (_case, change) => {
    const token = change(session.token);
    expect((await service.call({ ...session, token }, 'GET /cdr')).status).toBe(401);
  });
});
