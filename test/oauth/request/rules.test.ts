/** The rules of an authorization request one by one, each refusal by its name. Whole flows are in oauth/authorize. */
import { describe, expect, test } from 'vitest';
import { refuse } from '../../../lib/errors.ts';
import { CONTEXTS } from '../../../lib/oauth/request/authentication-context.ts';
import { checkClaims } from '../../../lib/oauth/request/claims.ts';
import { checkIdTokenHint } from '../../../lib/oauth/request/id-token-hint.ts';
import { checkMaxAge } from '../../../lib/oauth/request/max-age.ts';
import { readParameters } from '../../../lib/oauth/request/parameters.ts';
import { checkPkce } from '../../../lib/oauth/request/pkce.ts';
import { checkPrompt } from '../../../lib/oauth/request/prompt.ts';
import { checkAuthorizationRequest, destinationOf } from '../../../lib/oauth/request/read.ts';
import { checkRedirectUri } from '../../../lib/oauth/request/redirect-uri.ts';
import { codeResponse, errorResponse, locationOf } from '../../../lib/oauth/request/response.ts';
import { checkResponseMode, responseMode } from '../../../lib/oauth/request/response-mode.ts';
import { checkResponseType } from '../../../lib/oauth/request/response-type.ts';
import { checkScope } from '../../../lib/oauth/request/scope.ts';
import { checkUnsupported } from '../../../lib/oauth/request/unsupported.ts';
import { checkVerifier } from '../../../lib/oauth/token/verifier.ts';
import type { Client } from '../../../lib/store/directory/clients.ts';
import { CHALLENGE, VERIFIER } from '../../support/actors/grants.ts';

/** Under its name, and in a sentence. */
const refusal = (rule: string, code = 'invalid_request') =>
  expect.objectContaining({
    message: expect.stringMatching(/^[\w"].* .*\.$/),
    said: expect.objectContaining({ code, rule }),
  });
const sent = (parameters: Record<string, string>) => new Map(Object.entries(parameters));

describe('parameters (RFC 6749 §3.1)', () => {
  const read = (query: string) => {
    const { parameters, repeated } = readParameters(new URLSearchParams(query));
    return [[...parameters], [...repeated]];
  };
  test.each<[string, ReturnType<typeof read>]>([
    ['state=a&scope=', [[['state', 'a']], []]],
    ['state=a&state=a', [[], ['state']]],
    ['state=&state=a', [[], ['state']]],
    ['state=a&state[]=b', [[['state[]', 'b']], ['state']]],
    ['state[a][b]=c', [[['state[a][b]', 'c']], ['state']]],
    ['other[]=a', [[['other[]', 'a']], []]],
    ['Xstate[]=a', [[['Xstate[]', 'a']], []]],
    ['[]=a', [[['[]', 'a']], []]],
  ])('%s', (query, expected) => expect(read(query)).toEqual(expected));
});

describe('the answer (RFC 6749 §3.1.2, §4.1.2)', () => {
  test.each([
    ['https://app.example/cb', 'https://app.example/cb?'],
    ['https://app.example/cb?', 'https://app.example/cb?'],
    ['https://app.example/cb?a=b', 'https://app.example/cb?a=b&'],
    ['https://app.example/cb?a=b&', 'https://app.example/cb?a=b&'],
    ['https://app.example/cb?a=b&c?d', 'https://app.example/cb?a=b&c?d&'],
  ])('is added to %s', (redirectUri, before) => {
    const destination = { redirectUri, mode: 'query', state: undefined } as const;
    const answer = codeResponse(destination, 'https://auth.example', 'c&d');
    const iss = encodeURIComponent('https://auth.example');
    expect(locationOf(answer)).toBe(`${before}code=c%26d&iss=${iss}`);
  });

  test('describes an error in printable ASCII without quote and backslash', () => {
    const destination = { redirectUri: 'https://a', mode: 'query', state: 's' } as const;
    const error = refuse('invalid_scope', 'scope-malformed', 'A "scope" \\ é ~\u007f!#[]');
    expect(errorResponse(destination, 'https://auth.example', error).parameters).toEqual([
      ['error', 'invalid_scope'],
      ['error_description', 'A scope   ~!#[]'],
      ['state', 's'],
      ['iss', 'https://auth.example'],
    ]);
  });
});

describe('prompt (OpenID Connect Core §3.1.2.1)', () => {
  test.each<[string | undefined, string[]]>([
    [undefined, []],
    ['', []],
    ['none', ['none']],
    ['login', ['login']],
    ['consent  login', ['login', 'consent']],
    ['select_account consent', ['consent', 'select_account']],
    [' login ', ['login']],
  ])('%j is %j', (requested, prompts) => expect([...checkPrompt(requested)]).toEqual(prompts));

  test.each([
    ['create', 'prompt-unknown'],
    ['login create', 'prompt-unknown'],
    ['LOGIN', 'prompt-unknown'],
    ['none login', 'prompt-none-combined'],
    ['consent none', 'prompt-none-combined'],
  ])('%j is refused: %s', (requested, rule) =>
    expect(() => checkPrompt(requested)).toThrow(refusal(rule)),
  );
});

describe('redirect_uri (RFC 6749 §3.1.2, RFC 8252 §7.3)', () => {
  const REGISTERED = [
    'https://app.example/cb',
    'http://127.0.0.1:9999/cb',
    'http://[::1]/cb',
    'http://localhost:1/cb?a=b',
    'http://localhost',
  ];
  test.each([
    'https://app.example/cb',
    'http://127.0.0.1:9999/cb',
    'http://127.0.0.1/cb',
    'http://127.0.0.1:1/cb',
    'http://127.0.0.1:65535/cb',
    'http://[::1]:4000/cb',
    'http://localhost:80/cb?a=b',
    'http://localhost:80',
  ])('%s is registered, on loopback at any port', (uri) =>
    expect(checkRedirectUri(REGISTERED, uri)).toBe(uri),
  );

  test.each([
    'https://app.example:443/cb',
    'https://app.example/cb/',
    'https://app.example/',
    'http://app.example/cb',
    'http://127.0.0.1:0/cb',
    'http://127.0.0.1:65536/cb',
    'http://127.0.0.1:99999/cb',
    'http://127.0.0.1:/cb',
    'http://127.0.0.1:1x/cb',
    'http://127.0.0.1:1/other',
    'http://127.0.0.2:9999/cb',
    'http://localhost:1/cb',
    'http://localhost:1/cb?a=c',
    'http://localhost.evil.example:1/cb?a=b',
    'http://localhost:1@evil.example/cb?a=b',
    'https://127.0.0.1:9999/cb',
    'x http://127.0.0.1:1/cb',
    '',
  ])('%s is not', (uri) =>
    expect(() => checkRedirectUri(REGISTERED, uri)).toThrow(refusal('redirect-uri-unregistered')),
  );

  test('that is missing is said to be', () =>
    expect(() => checkRedirectUri(REGISTERED, undefined)).toThrow(refusal('redirect-uri-missing')));
});

describe('response_mode and response_type (OAuth 2.0 Multiple Response Types)', () => {
  test.each([
    [undefined, 'query'],
    ['query', 'query'],
    ['form_post', 'form_post'],
    ['fragment', 'query'],
  ])('of %j errors go out by %s', (requested, mode) => expect(responseMode(requested)).toBe(mode));

  test.each(['fragment', 'web_message', ''])('mode %j is refused', (requested) =>
    expect(() => checkResponseMode(requested)).toThrow(refusal('response-mode-unsupported')),
  );

  test.each([undefined, 'query', 'form_post'])('mode %j is not', (requested) =>
    expect(() => checkResponseMode(requested)).not.toThrow(),
  );

  const client = (...grants: string[]) => ({ grants }) as unknown as Client;
  test.each<[string | undefined, Client, string, string]>([
    [undefined, client('authorization_code'), 'response-type-missing', 'invalid_request'],
    [
      'token',
      client('authorization_code'),
      'response-type-unsupported',
      'unsupported_response_type',
    ],
    [
      'code token',
      client('authorization_code'),
      'response-type-unsupported',
      'unsupported_response_type',
    ],
    ['', client('authorization_code'), 'response-type-unsupported', 'unsupported_response_type'],
    ['code', client('client_credentials'), 'response-type-not-allowed', 'unauthorized_client'],
  ])('type %j is refused', (requested, who, rule, code) =>
    expect(() => checkResponseType(who, requested)).toThrow(refusal(rule, code)),
  );

  test('type code is for who may redeem one', () =>
    expect(() => checkResponseType(client('authorization_code'), 'code')).not.toThrow());
});

describe('scope (RFC 6749 §3.3)', () => {
  const CLIENT = {
    scopes: ['openid', 'reports', 'cdr:r', 'full_access'],
    grants: ['authorization_code'],
  };
  const NONE = new Set([]);
  const scopeOf = (requested: string | undefined, more: object = {}, prompt = NONE) =>
    checkScope({ ...CLIENT, ...more } as Client, requested, prompt).join(' ');
  test.each<[string | undefined, object, string]>([
    // All of the registration but what tells of the user, and all power at once.
    [undefined, {}, 'reports cdr:r'],
    ['openid cdr:r', {}, 'openid cdr:r'],
    ['cdr:r cdr:r', {}, 'cdr:r'],
    ['openid unknown urn:x', {}, 'openid'],
    [`openid ${'x'.repeat(1017)}`, {}, 'openid'],
    ['full_access', {}, 'full_access'],
    ['openid offline_access', { scopes: [] }, 'openid'],
    ['openid offline_access', { scopes: [], grants: ['refresh_token'] }, 'openid'],
    [
      'openid offline_access',
      { scopes: ['openid', 'offline_access'], grants: ['refresh_token'] },
      'openid offline_access',
    ],
    ['openid offline_access', { scopes: ['openid', 'offline_access'] }, 'openid'],
  ])('%j of a client with %j is %j', (requested, more, scope) =>
    expect(scopeOf(requested, more)).toBe(scope),
  );

  test('offline_access is given to who asks the user for it (OpenID Connect Core §11)', () => {
    const consent = new Set(['consent' as const]);
    const asked = (grants: string[]) =>
      checkScope({ scopes: [], grants } as unknown as Client, 'openid offline_access', consent);
    expect(asked(['refresh_token'])).toEqual(['openid', 'offline_access']);
    expect(asked(['authorization_code'])).toEqual(['openid']);
  });

  test.each<[string, object, string]>([
    ['', {}, 'scope-malformed'],
    ['openid  email', {}, 'scope-malformed'],
    ['openid "', {}, 'scope-malformed'],
    ['x'.repeat(1025), {}, 'scope-too-long'],
    ['openid email', {}, 'scope-not-allowed'],
    ['cdr:r cdr:u', { scopes: ['cdr:r'] }, 'scope-not-allowed'],
    ['full_access', { scopes: ['cdr:r'] }, 'scope-not-allowed'],
    ['cdr:r', { scopes: ['openid'] }, 'scope-not-allowed'],
  ])('%j is refused', (requested, more, rule) =>
    expect(() => scopeOf(requested, more)).toThrow(refusal(rule, 'invalid_scope')),
  );
});

describe('what is not supported is said by its name (OpenID Connect Core §3.1.2.6)', () => {
  test.each(['request', 'request_uri', 'registration'])('%s', (name) =>
    expect(() => checkUnsupported(sent({ [name]: '' }))).toThrow(
      expect.objectContaining({
        said: expect.objectContaining({
          code: `${name}_not_supported`,
          rule: 'parameter-unsupported',
        }),
        message: `The parameter ${name} is not supported.`,
      }),
    ),
  );
  test('and nothing else', () =>
    expect(() => checkUnsupported(sent({ requested: 'x', ui_locales: 'cs' }))).not.toThrow());
});

describe('code_challenge (RFC 7636 §4.3)', () => {
  const S256 = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };
  const check = (parameters: Record<string, string>, more: object = {}) =>
    checkPkce({ authentication: 'secret', pkce: 'optional', ...more } as Client, sent(parameters));
  test('is taken as it is', () => expect(check(S256)).toBe(CHALLENGE));
  test('may be missing where neither the client nor its kind demands it', () =>
    expect(check({})).toBeUndefined());

  test.each<[string, Record<string, string>, object, string]>([
    ['a public client without one', {}, { authentication: 'none' }, 'code-challenge-required'],
    ['one that has to send it', {}, { pkce: 'required' }, 'code-challenge-required'],
    ['a method alone', { code_challenge_method: 'S256' }, {}, 'code-challenge-missing'],
    [
      'the method plain',
      { ...S256, code_challenge_method: 'plain' },
      {},
      'code-challenge-method-unsupported',
    ],
    [
      'no method, which means plain',
      { code_challenge: CHALLENGE },
      {},
      'code-challenge-method-unsupported',
    ],
    [
      'one too short',
      { ...S256, code_challenge: CHALLENGE.slice(1) },
      {},
      'code-challenge-malformed',
    ],
    ['one too long', { ...S256, code_challenge: `${CHALLENGE}A` }, {}, 'code-challenge-malformed'],
    [
      'one with padding',
      { ...S256, code_challenge: `${CHALLENGE.slice(1)}=` },
      {},
      'code-challenge-malformed',
    ],
  ])('is refused: %s', (_case, parameters, more, rule) =>
    expect(() => check(parameters, more)).toThrow(refusal(rule)),
  );
});

describe('code_verifier (RFC 7636 §4.6)', () => {
  test.each([
    [undefined, undefined],
    [CHALLENGE, VERIFIER],
  ])('of %j, %j passes', (challenge, verifier) =>
    expect(() => checkVerifier(challenge, verifier)).not.toThrow(),
  );
  test.each<[string, string | undefined, string | undefined, string, string]>([
    ['one that nobody asked for', undefined, VERIFIER, 'code-verifier-unasked', 'invalid_request'],
    ['none', CHALLENGE, undefined, 'grant-invalid', 'invalid_grant'],
    ['another', CHALLENGE, 'x'.repeat(43), 'grant-invalid', 'invalid_grant'],
    ['42 characters', CHALLENGE, 'x'.repeat(42), 'code-verifier-malformed', 'invalid_request'],
    ['129 characters', CHALLENGE, 'x'.repeat(129), 'code-verifier-malformed', 'invalid_request'],
    ['a line more', CHALLENGE, `${VERIFIER}\n`, 'code-verifier-malformed', 'invalid_request'],
    ['a blank', CHALLENGE, ` ${VERIFIER}`, 'code-verifier-malformed', 'invalid_request'],
  ])('is refused: %s', (_case, challenge, verifier, rule, code) =>
    expect(() => checkVerifier(challenge, verifier)).toThrow(
      rule === 'grant-invalid'
        ? expect.objectContaining({ said: expect.objectContaining({ code }) })
        : refusal(rule, code),
    ),
  );
});

describe('max_age (OpenID Connect Core §3.1.2.1)', () => {
  test.each<[string | undefined, number | undefined, number | undefined]>([
    [undefined, undefined, undefined],
    [undefined, 60, 60],
    ['0', 60, 0],
    ['9007199254740991', undefined, Number.MAX_SAFE_INTEGER],
  ])('%j, the client’s own being %j, is %j', (requested, own, seconds) =>
    expect(checkMaxAge(requested, own)).toBe(seconds),
  );
  test.each(['', '-1', '1.5', ' 1', '1 ', '1e3', '0x1', '9007199254740992', '12345678901234567'])(
    '%j is refused',
    (requested) =>
      expect(() => checkMaxAge(requested, undefined)).toThrow(refusal('max-age-malformed')),
  );
});

describe('claims (OpenID Connect Core §5.5)', () => {
  const check = (claims: unknown, scopes: string[] = []) =>
    checkClaims({ scopes }, typeof claims === 'string' ? claims : JSON.stringify(claims));
  test('that are not asked for are none', () =>
    expect(checkClaims({ scopes: [] }, undefined)).toEqual({
      claims: undefined,
      subject: undefined,
      authTime: false,
    }));

  test('are kept by name, where they are told, and only those that the client may ask for', () => {
    const asked = {
      id_token: { email: null, name: { essential: true } },
      userinfo: { phone_number: null, made_up: null },
    };
    expect(check(asked).claims).toEqual({
      idToken: ['email', 'name'],
      userinfo: ['phone_number', 'made_up'],
    });
    expect(check(asked, ['openid', 'profile']).claims).toEqual({
      idToken: ['name'],
      userinfo: ['made_up'],
    });
  });

  test.each<[object, string | undefined]>([
    [{ id_token: { sub: { value: 'a' } } }, 'a'],
    [{ userinfo: { sub: { value: 'b' } } }, 'b'],
    [{ id_token: { sub: { value: 'a' } }, userinfo: { sub: { value: 'b' } } }, 'a'],
    [{ id_token: { sub: null } }, undefined],
    [{ id_token: { sub: { essential: true } } }, undefined],
  ])('%j names the user %j', (asked, subject) => expect(check(asked).subject).toBe(subject));

  test('that name auth_time in the ID token are told it', () => {
    expect(check({ id_token: { auth_time: null } }).authTime).toBe(true);
    expect(check({ userinfo: { auth_time: null } }).authTime).toBe(false);
    expect(check({ id_token: {} }).authTime).toBe(false);
  });

  const [PASSWORD] = CONTEXTS;
  test.each<object>([
    { essential: true },
    { essential: true, value: PASSWORD },
    { essential: true, values: ['other', PASSWORD] },
    { value: 'other' },
    { essential: false, values: ['other'] },
  ])('acr %j is met', (acr) => expect(() => check({ id_token: { acr } })).not.toThrow());

  test.each<object>([
    { essential: true, value: 'other' },
    { essential: true, values: ['other'] },
    { essential: true, values: [] },
  ])('acr %j is not', (acr) =>
    expect(() => check({ id_token: { acr } })).toThrow(
      refusal('acr-unmet', 'unmet_authentication_requirements'),
    ),
  );

  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, null]));
  test('may be 50 in all, with names of 128 characters', () => {
    expect(check({ id_token: many(25), userinfo: many(25) }).claims?.idToken).toHaveLength(25);
    expect(check({ userinfo: { ['x'.repeat(128)]: null } }).claims?.userinfo).toHaveLength(1);
  });

  test.each<[string, unknown]>([
    ['no JSON', 'nonsense'],
    ['a list', []],
    ['null', 'null'],
    ['neither of the two', { other: {} }],
    ['both null', { id_token: null, userinfo: null }],
    ['a claim that is a text', { id_token: { email: 'yes' } }],
    ['a claim that is essential by a text', { id_token: { email: { essential: 'yes' } } }],
    ['a user that is a number', { id_token: { sub: { value: 1 } } }],
    ['a user that is an empty text', { userinfo: { sub: { value: '' } } }],
    ['51 of them', { id_token: many(26), userinfo: many(25) }],
    ['a name of 129 characters', { userinfo: { ['x'.repeat(129)]: null } }],
  ])('are refused: %s', (_case, claims) =>
    expect(() => check(claims)).toThrow(refusal('claims-malformed')),
  );
});

describe('state (RFC 6749 §4.1.2.1) goes back as it came', () => {
  const client = { redirectUris: ['https://app.example/cb'] } as unknown as Client;
  const stateOf = (state: string, response_mode = 'query') =>
    destinationOf(client, sent({ redirect_uri: 'https://app.example/cb', state, response_mode }))
      .state;
  test('unless it is too long for a header', () => {
    expect(stateOf('x'.repeat(8000))).toBe('x'.repeat(8000));
    expect(stateOf('x'.repeat(8001))).toBeUndefined();
    expect(stateOf('ž'.repeat(1333))).toHaveLength(1333);
    expect(stateOf('ž'.repeat(1334))).toBeUndefined();
  });
  test('of any length in a form', () =>
    expect(stateOf('x'.repeat(20_000), 'form_post')).toHaveLength(20_000));
  test('and none is none', () =>
    expect(destinationOf(client, sent({ redirect_uri: 'https://app.example/cb' }))).toEqual({
      redirectUri: 'https://app.example/cb',
      mode: 'query',
      state: undefined,
    }));
});

describe('id_token_hint (OpenID Connect Core §3.1.2.1)', () => {
  // Whatever asked for keys would fail.
  const hinted = (hint: string | undefined) =>
    checkIdTokenHint({ issuer: 'https://auth.example', keys: {} as never }, 'app', hint);
  test('that is not there names nobody', () => expect(hinted(undefined)).resolves.toBeUndefined());
  test.each(['', 'nonsense', 'a.b.c'])('%j is refused', (hint) =>
    expect(hinted(hint)).rejects.toThrow(refusal('id-token-hint-invalid')),
  );
});

describe('a whole request', () => {
  const CLIENT = {
    id: 'app',
    scopes: ['openid'],
    grants: ['authorization_code'],
    redirectUris: ['https://app.example/cb'],
    authentication: 'secret',
    pkce: 'optional',
    requireAuthTime: false,
  };
  const check = (
    parameters: Record<string, string>,
    more: object = {},
    repeated: string[] = [],
  ) => {
    const client = { ...CLIENT, ...more } as unknown as Client;
    const all = sent({
      redirect_uri: 'https://app.example/cb',
      response_type: 'code',
      scope: 'openid',
      ...parameters,
    });
    const services = { issuer: 'https://auth.example', tables: {}, keys: {} } as never;
    const given = { parameters: all, repeated: new Set(repeated) };
    return checkAuthorizationRequest(services, client, destinationOf(client, all), given);
  };

  test.each<[string, Record<string, string>, object, boolean]>([
    ['max_age', { max_age: '60' }, {}, true],
    ['the client’s own max_age', {}, { defaultMaxAge: 60 }, true],
    ['prompt=login', { prompt: 'login' }, {}, true],
    ['a client that requires it', {}, { requireAuthTime: true }, true],
    ['the claim', { claims: '{"id_token":{"auth_time":null}}' }, {}, true],
    ['nothing', {}, {}, false],
    ['prompt=consent', { prompt: 'consent' }, {}, false],
  ])('has auth_time told by %s, or not (OpenID Connect Core §2)', async (_case, more, who, told) =>
    expect((await check(more, who)).showAuthTime).toBe(told),
  );

  test('keeps a nonce of 1024 characters, and of a hint the first 256', async () => {
    const asked = await check({ nonce: 'n'.repeat(1024), login_hint: 'h'.repeat(300) });
    expect([asked.nonce, asked.loginHint]).toEqual(['n'.repeat(1024), 'h'.repeat(256)]);
  });

  test('waits for the user that its claims name', async () => {
    const claims = JSON.stringify({ id_token: { sub: { value: 'user-1' } } });
    expect((await check({ claims })).subjects).toEqual(['user-1']);
    expect((await check({})).subjects).toEqual([]);
  });

  test.each<[string, Record<string, string>, string[], string]>([
    ['a parameter sent twice', {}, ['scope'], 'request-parameter-repeated'],
    ['a state too long', { state: 'x'.repeat(8001) }, [], 'state-too-long'],
    ['a nonce too long', { nonce: 'n'.repeat(1025) }, [], 'nonce-too-long'],
  ])('is refused: %s', async (_case, more, repeated, rule) =>
    expect(check(more, {}, repeated)).rejects.toThrow(refusal(rule)),
  );
});
