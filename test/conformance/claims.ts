/**
 * What the certification's suite asks of userinfo and of the discovery document, on the seeded user who
 * has every standard claim (OpenID Connect Core §5.1, §5.4; Discovery §3).
 */
import { describe, expect, test } from 'vitest';
import { form } from '../support/actors/clients.ts';
import type { Fields } from '../support/web/browser.ts';
import { CALLBACK, callbackOf, type Provider } from './provider.ts';

const PROFILE = [
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'updated_at',
];
const SCOPES: [string, string[]][] = [
  ['profile', PROFILE],
  ['email', ['email', 'email_verified']],
  ['address', ['address']],
  ['phone', ['phone_number', 'phone_number_verified']],
];
const ALL = SCOPES.flatMap(([, claims]) => claims);

export function claimsAndMetadata(provider: () => Provider): void {
  let shared: ReturnType<Provider['visitor']> | undefined;

  /** Without PKCE, as the Basic OP profile does. */
  async function signIn(parameters: Fields) {
    const { issuer, visitor, send } = provider();
    shared ??= visitor();
    const query = {
      client_id: 'demo-web',
      redirect_uri: CALLBACK,
      response_type: 'code',
      ...parameters,
    };
    const callback = await callbackOf(
      shared,
      `${issuer}/oauth/authorize?${new URLSearchParams(query)}`,
    );
    const answer = await send(
      'POST /oauth/token',
      form({
        grant_type: 'authorization_code',
        code: callback.searchParams.get('code') ?? '',
        redirect_uri: CALLBACK,
        client_id: 'demo-web',
        client_secret: 'demo-web-secret',
      }),
    );
    expect(answer.status, answer.text).toBe(200);
    const [, payload = ''] = String(answer.body['id_token']).split('.');
    const idToken = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Fields;
    const token = String(answer.body['access_token']);
    const info = await send('GET /oauth/userinfo', {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([info.status, info.headers['content-type']]).toEqual([200, 'application/json']);
    return { idToken, info: info.body, token, answer };
  }

  describe('the claims of a scope (OpenID Connect Core §5.4)', () => {
    test.each(SCOPES)(
      '%s: all of them in userinfo, none of another scope, none in the ID token',
      async (scope, claims) => {
        const { idToken, info } = await signIn({ scope: `openid ${scope}` });
        expect(Object.keys(info).sort()).toEqual(['sub', ...claims].sort());
        for (const claim of ALL) expect(idToken).not.toHaveProperty(claim);
      },
    );

    test('all scopes at once, in any order of scopes and parameters', async () => {
      const { info } = await signIn({ scope: 'phone address email profile openid' });
      expect(Object.keys(info).sort()).toEqual(['sub', ...ALL].sort());
    });

    test('a claim asked for by name is in userinfo, and not in the ID token', async () => {
      const claims = JSON.stringify({ userinfo: { name: { essential: true } } });
      const { idToken, info } = await signIn({ scope: 'openid', claims });
      expect(info).toEqual({ sub: idToken['sub'], name: 'Alice Beatrice Clark' });
      expect(idToken).not.toHaveProperty('name');
    });
  });

  test('every claim has its type and its format (OpenID Connect Core §5.1)', async () => {
    const { info } = await signIn({ scope: 'openid profile email address phone' });
    const { email_verified, phone_number_verified, updated_at, birthdate, address, ...texts } =
      info;
    for (const [name, value] of Object.entries(texts)) {
      expect(value, name).toBeTypeOf('string');
      expect(String(value).trim(), name).not.toMatch(/^(null)?$/);
    }
    expect([email_verified, phone_number_verified]).toEqual([true, true]);
    expect(updated_at).toSatisfy((time: number) => Number.isInteger(time) && time < 4e9);
    expect(birthdate).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(Object.keys(address as object).sort()).toEqual(
      ['formatted', 'street_address', 'locality', 'region', 'postal_code', 'country'].sort(),
    );
    for (const part of Object.values(address as Fields)) expect(part.trim()).not.toBe('');
  });

  test('the same by POST, with the token in the header or in the body', async () => {
    const { send } = provider();
    const { info, token } = await signIn({ scope: 'openid email' });
    const header = { headers: { authorization: `Bearer ${token}` } };
    expect((await send('POST /oauth/userinfo', header)).body).toEqual(info);
    expect((await send('POST /oauth/userinfo', form({ access_token: token }))).body).toEqual(info);
  });

  test('an ID token holds what it must and nothing else, without a nonce that nobody sent', async () => {
    const { idToken } = await signIn({ scope: 'openid profile' });
    const allowed = [
      'iss',
      'sub',
      'aud',
      'exp',
      'iat',
      'auth_time',
      'acr',
      'amr',
      'azp',
      'at_hash',
      'sid',
    ];
    expect(Object.keys(idToken).filter((claim) => !allowed.includes(claim))).toEqual([]);
  });

  test('codes and tokens have far more than 128 bits (measured entropy, oidcc-server)', async () => {
    const { issuer } = provider();
    const { answer } = await signIn({ scope: 'openid' });
    const query = {
      client_id: 'demo-web',
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: 'openid',
    };
    shared ??= provider().visitor();
    const callback = await callbackOf(
      shared,
      `${issuer}/oauth/authorize?${new URLSearchParams(query)}`,
    );
    const { access_token: access, refresh_token: refresh } = answer.body;
    for (const text of [callback.searchParams.get('code'), access, refresh].map(String)) {
      expect(shannonBits(text)).toBeGreaterThan(160);
      expect(text).toMatch(/^[\x21-\x7e]+$/);
    }
  });

  describe('the discovery document (Discovery §3, RFC 8414 §2)', () => {
    const metadata = async () =>
      (await provider().send('GET /.well-known/openid-configuration')).body as Record<
        string,
        unknown
      >;

    test('names an issuer that is its own place, without query or fragment', async () => {
      const { send, issuer } = provider();
      const { status, headers, body } = await send('GET /.well-known/openid-configuration');
      expect([status, headers['content-type']]).toEqual([200, 'application/json']);
      expect(body['issuer']).toBe(issuer);
      expect(new URL(issuer).href).toBe(`${issuer}/`);
    });

    test('every endpoint it names is there', async () => {
      const { send, issuer } = provider();
      const endpoints = Object.entries(await metadata()).filter(([name]) =>
        name.endsWith('_endpoint'),
      );
      expect(endpoints.map(([name]) => name).sort()).toEqual([
        'authorization_endpoint',
        'end_session_endpoint',
        'introspection_endpoint',
        'revocation_endpoint',
        'token_endpoint',
        'userinfo_endpoint',
      ]);
      for (const [name, url] of endpoints) {
        expect(String(url).startsWith(`${issuer}/`), name).toBe(true);
        const path = new URL(String(url)).pathname;
        const { status } = await send(`POST ${path}`, form({}));
        expect(status, name).not.toBe(404);
      }
    });

    test('has what certification asks for, and nothing that does not work yet', async () => {
      const found = await metadata();
      expect(found).toMatchObject({
        response_types_supported: ['code'],
        response_modes_supported: expect.arrayContaining(['query', 'form_post']),
        subject_types_supported: ['public'],
        code_challenge_methods_supported: ['S256'],
        authorization_response_iss_parameter_supported: true,
        request_parameter_supported: false,
        request_uri_parameter_supported: false,
        backchannel_logout_supported: true,
        backchannel_logout_session_supported: true,
        claims_supported: expect.arrayContaining(ALL),
        scopes_supported: expect.arrayContaining([
          'openid',
          'profile',
          'email',
          'address',
          'phone',
        ]),
      });
      expect(found['id_token_signing_alg_values_supported']).toContain('RS256');
      expect(found['id_token_signing_alg_values_supported']).not.toContain('none');
      expect(found['token_endpoint_auth_methods_supported']).toEqual(
        expect.arrayContaining(['client_secret_basic', 'client_secret_post', 'private_key_jwt']),
      );
      for (const later of ['pushed_authorization_request', 'registration', 'device_authorization'])
        expect(found).not.toHaveProperty(`${later}_endpoint`);
      for (const later of [
        'dpop_signing_alg_values_supported',
        'request_object_signing_alg_values_supported',
        'check_session_iframe',
        'frontchannel_logout_supported',
      ])
        expect(found).not.toHaveProperty(later);
      expect(found['grant_types_supported']).toEqual([
        'client_credentials',
        'authorization_code',
        'refresh_token',
      ]);
    });

    test('its keys have distinct names and no private part (RFC 7517 §4)', async () => {
      const { body } = await provider().send('GET /.well-known/jwks.json');
      const keys = body['keys'] as Fields[];
      expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length);
      for (const key of keys) {
        for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth'])
          expect(key).not.toHaveProperty(member);
        expect(key).toMatchObject({ use: 'sig', alg: expect.stringMatching(/^(RS256|ES256)$/) });
      }
    });
  });
}

/** As the suite reckons it: by how often each character occurs. */
function shannonBits(text: string): number {
  const counts = Object.values(Object.groupBy([...text], (letter) => letter));
  const perLetter = counts.reduce((sum, { length = 0 } = []) => {
    const share = length / text.length;
    return sum - share * Math.log2(share);
  }, 0);
  return perLetter * text.length;
}
