/** What a client may be registered as: its URIs, keys, grants. No store is needed. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClientRegistration, newClient } from '../../../lib/manage/clients/register.ts';
import {
  isOrigin,
  isRedirectUri,
  isServerUri,
} from '../../../lib/manage/clients/registered-uri.ts';
import { epochMilliseconds } from '../../../lib/time.ts';

const make = (given: Partial<ClientRegistration>) =>
  newClient(
    { id: 'app', name: 'App', domain: 'mydomain.com', roles: [], scopes: [], ...given },
    given.authentication === undefined ? 'secret' : undefined,
    epochMilliseconds(0),
  );
const CALLBACK = 'https://app.example.com/callback';
const KEY = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' };

describe('a redirect URI may be', () => {
  test.each([
    CALLBACK,
    'https://app.example.com',
    'https://app.example.com/',
    'https://app.example.com:8443/cb?tenant=1&x=%2F',
    'http://127.0.0.1:9999/callback',
    'http://127.0.0.1/callback',
    'http://[::1]:9999/callback',
    'http://localhost:5173/',
    'com.example.app:/callback',
    'com.example.app://callback',
  ])('%s', (uri) => expect(isRedirectUri(uri)).toBe(true));
});

describe('a redirect URI may not be', () => {
  test.each([
    ['plain http (RFC 9700 §2.1)', 'http://app.example.com/callback'],
    ['http to another loopback spelling', 'http://127.1/'],
    ['http to a name that begins like loopback', 'http://localhost.example.com/'],
    ['http to an address on all interfaces', 'http://0.0.0.0/'],
    ['with a fragment (RFC 6749 §3.1.2)', `${CALLBACK}#x`],
    ['with an empty fragment', `${CALLBACK}#`],
    ['with a wildcard (RFC 9700 §4.1.3)', 'https://*.example.com/'],
    ['with a wildcard in the path', 'https://app.example.com/*'],
    ['with a user', 'https://good.example@evil.example/'],
    ['with a password', 'https://a:b@app.example.com/'],
    ['with a way up', 'https://app.example.com/a/../b'],
    ['with an encoded way up', 'https://app.example.com/a/%2e%2e/b'],
    ['of an upper-case host', 'https://APP.example.com/'],
    ['of the default port', 'https://app.example.com:443/'],
    ['with a backslash', 'https://app.example.com\\@evil.example/'],
    ['with a space', 'https://app.example.com/a b'],
    ['with a line break', 'https://app.example.com/\r\nx'],
    ['with a null character', 'https://app.example.com/\0'],
    ['of another script', 'https://пример.example/'],
    ['javascript:', 'javascript:alert(1)'],
    ['javascript: with a dot', 'javascript:a.b:'],
    ['data:', 'data:text/html,x'],
    ['file:', 'file:///etc/passwd'],
    ['ftp:', 'ftp://app.example.com/'],
    ['about:', 'about:blank'],
    ['a scheme without a dot (RFC 8252 §7.1)', 'myapp:/callback'],
    ['relative', '/callback'],
    ['without a scheme', 'app.example.com/callback'],
    ['without slashes', 'https:app.example.com'],
    ['empty', ''],
    ['longer than a browser takes', `${CALLBACK}?${'x'.repeat(2048)}`],
  ])('%s', (_case, uri) => expect(isRedirectUri(uri)).toBe(false));

  test('anything that a browser would change before it goes there', () =>
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (uri) => {
        if (!isRedirectUri(uri)) return;
        const { href } = new URL(uri);
        expect([uri, `${uri}/`]).toContain(href);
        expect(uri).not.toContain('#');
      }),
    ));
});

test('where we send something ourselves no app scheme will do', () => {
  expect(isServerUri('https://app.example.com/logout')).toBe(true);
  expect(isServerUri('http://127.0.0.1:9999/logout')).toBe(true);
  for (const uri of ['com.example.app:/x', 'http://app.example.com/', 'https://a.example/#x'])
    expect(isServerUri(uri)).toBe(false);
});

describe('an origin', () => {
  test.each(['https://app.example.com', 'https://app.example.com:8443', 'http://localhost:5173'])(
    'may be %s',
    (origin) => expect(isOrigin(origin)).toBe(true),
  );
  test.each([
    '*',
    'null',
    'https://app.example.com/',
    'https://app.example.com:443',
    'http://app.example.com',
    'https://*.example.com',
    'https://app.example.com/path',
    'com.example.app:',
  ])('may not be %s', (origin) => expect(isOrigin(origin)).toBe(false));
});

describe('of which nothing is said, a client', () => {
  test('acts for itself, by a secret', () =>
    expect(make({})).toMatchObject({
      authentication: 'secret',
      grants: ['client_credentials'],
      secrets: [{}],
      redirectUris: [],
    }));

  test('with a redirect URI acts for users, with PKCE, after asking them', () =>
    expect(make({ redirectUris: [CALLBACK, CALLBACK] })).toMatchObject({
      grants: ['authorization_code', 'refresh_token'],
      redirectUris: [CALLBACK],
      pkce: 'required',
      consent: 'ask',
      idTokenAlgorithm: 'RS256',
      idTokenClaims: 'named',
      accessTokenType: 'at+jwt',
      requireAuthTime: false,
      allowedOrigins: [],
    }));

  test('that is public has no secret', () =>
    expect(make({ authentication: 'none', redirectUris: [CALLBACK] }).secrets).toEqual([]));
});

describe('is refused by the field', () => {
  const web = { redirectUris: [CALLBACK] };
  const jwt = { authentication: 'private_key_jwt' as const };
  test.each<[string, string, Partial<ClientRegistration>]>([
    ['redirectUris', 'none for the code grant', { grants: ['authorization_code'] }],
    ['redirectUris', 'a bad one among them', { redirectUris: [CALLBACK, 'http://x.example'] }],
    ['postLogoutRedirectUris', 'a bad one', { ...web, postLogoutRedirectUris: ['javascript:x'] }],
    ['allowedOrigins', 'any', { ...web, allowedOrigins: ['*'] }],
    ['backchannelLogoutUri', 'plain http', { ...web, backchannelLogoutUri: 'http://x.example/' }],
    ['grants', 'none at all', { grants: [] }],
    ['grants', 'refresh alone', { grants: ['refresh_token'] }],
    [
      'grants',
      'client credentials of a public client (RFC 6749 §4.4)',
      { ...web, authentication: 'none', grants: ['client_credentials', 'authorization_code'] },
    ],
    [
      'pkce',
      'none for a public client (RFC 9700 §2.1.1)',
      { ...web, authentication: 'none', pkce: 'optional' },
    ],
    ['jwks', 'none for private_key_jwt', jwt],
    ['jwks', 'two sources', { ...jwt, jwks: { keys: [KEY] }, jwksUri: 'https://a.example/jwks' }],
    ['jwks', 'keys beside a secret', { jwks: { keys: [KEY] } }],
    ['jwks', 'an empty set', { ...jwt, jwks: { keys: [] } }],
    ['jwks', 'too many', { ...jwt, jwks: { keys: Array(11).fill(KEY) } }],
    ['jwks', 'a private key (RFC 7517 §9.3)', { ...jwt, jwks: { keys: [{ ...KEY, d: 'd' }] } }],
    ['jwks', 'a symmetric key', { ...jwt, jwks: { keys: [{ kty: 'oct', k: 'k' }] } }],
    ['jwksUri', 'plain http', { ...jwt, jwksUri: 'http://a.example/jwks' }],
    ['jwksUri', 'a fragment', { ...jwt, jwksUri: 'https://a.example/jwks#x' }],
  ])('%s: %s', (field, _case, given) =>
    expect(() => make(given)).toThrow(new RegExp(`^${field}: `)),
  );
});
