import { decodeJwt, type JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Forgery, forge, signingKeys } from '../../support/actors/tokens.ts';
import { httpCall } from '../../support/calls/events.ts';
import {
  advance,
  bearer,
  both,
  type Credential,
  ISSUER,
  type Service,
  START,
  startService,
} from '../../support/running/service.ts';

const NOW = START.getTime() / 1000;

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

test('a token signed anew with our key is as good as the first one', async () => {
  expect(await forged({})).toBe(200);
});

describe('a token whose claims do not fit is 401', () => {
  test.each<[string, Record<string, unknown>]>([
    ['of another issuer', { iss: 'https://evil.example.com' }],
    ['of an issuer that only starts like ours', { iss: `${ISSUER}.evil.example.com` }],
    ['without issuer', { iss: undefined }],
    ['for another audience', { aud: 'https://other.example.com' }],
    ['for an empty list of audiences', { aud: [] }],
    ['without audience', { aud: undefined }],
    ['expired', { exp: NOW - 1 }],
    ['that expires this very second', { exp: NOW }],
    ['that never expires', { exp: undefined }],
    ['with an expiry in words', { exp: 'never' }],
    ['without time of issue', { iat: undefined }],
    ['not valid yet', { nbf: NOW + 60 }],
    ['without session', { sid: undefined }],
    ['with an empty session', { sid: '' }],
    ['with a session that is no string', { sid: ['a'] }],
    ['without subject', { sub: undefined }],
    ['with an empty subject', { sub: '' }],
    ['of a session that there is not', { sid: crypto.randomUUID() }],
    ['of a subject that there is not', { sub: 'nobody' }],
    ['without roles', { roles: undefined }],
    ['with roles that are no list', { roles: 'root' }],
    ['without domain', { domain: undefined }],
  ])('%s', async (_case, claims) => {
    expect(await forged({ claims })).toBe(401);
  });

  test('with the session of somebody else', async () => {
    expect(await forged({ claims: { sid: other.key } })).toBe(401);
    expect(await forged({ claims: { sub: decodeJwt(other.token).sub } })).toBe(401);
  });
});

test.each<[string, Record<string, unknown>]>([
  ['roles that the subject does not hold', { roles: ['root'] }],
  ['roles of a great number', { roles: Array.from({ length: 150 }, (_, index) => `r${index}`) }],
  ['an ACL that nobody gave', { acl: { cdr: ['*'] } }],
])('a token that claims %s gains nothing', async (_case, claims) => {
  const token = await forge(service, session.token, { claims });
  expect((await service.call({ ...session, token }, 'DELETE /cdr')).status).toBe(403);
  expect((await service.call({ ...session, token }, 'GET /cdr')).status).toBe(200);
});

describe('a token whose header does not fit is 401', () => {
  test.each<[string, Record<string, unknown>]>([
    ['of another case (RFC 9068 §4)', { typ: 'jwt' }],
    ['of the type of a client assertion', { typ: 'client-authentication+jwt' }],
    ['of type logout+jwt', { typ: 'logout+jwt' }],
    ['without type (RFC 9068 §4)', { typ: undefined }],
    ['without key', { kid: undefined }],
    ['with an unknown key', { kid: 'unknown' }],
    ['with a key that is a path', { kid: '../../../dev/null' }],
    ['with a key that is no string', { kid: 1 }],
    ['with a prototype member as key', { kid: '__proto__' }],
  ])('%s', async (_case, header) => {
    const [own] = await signingKeys(service);
    expect(await forged({ header, key: own?.jwk as JWK })).toBe(401);
  });
});

test.each(['client_id', 'jti'])(
  'C2: a token of type JWT without %s, as an ID token is, is 401',
  async (claim) => {
    const header = { typ: 'JWT' };
    expect(await forged({ header })).toBe(200);
    expect(await forged({ header, claims: { [claim]: undefined } })).toBe(401);
  },
);

test('a token lives to its last second, and not longer', async () => {
  advance(86_399);
  expect((await service.decide(httpCall('GET /cdr', both(session)))).status).toBe(200);
  advance(1);
  expect((await service.decide(httpCall('GET /cdr', both(session)))).status).toBe(401);
});
