/** What the authorization endpoint refuses, and where it says so: on a page, or to the client. */
import fc from 'fast-check';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { domainKey } from '../../../lib/store/directory/domains.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { signIdToken } from '../../../lib/tokens/id-token.ts';
import { addDomain } from '../../support/actors/accounts.ts';
import { form } from '../../support/actors/clients.ts';
import { addUser } from '../../support/actors/people.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import { assemble, forge, signingKeys } from '../../support/actors/tokens.ts';
import { denied as deniedByAws, throttled } from '../../support/running/proxy.ts';
import { type Answer, ISSUER, type Service, startService } from '../../support/running/service.ts';
import {
  answerOf,
  type Browser,
  CALLBACK,
  CHALLENGE,
  formOf,
  mainOf,
  openBrowser,
  pageOf,
} from '../../support/web/browser.ts';
import {
  addWebClient,
  changeClient,
  codeOf,
  cookieOf,
  requestOf,
} from '../../support/web/sign-in.ts';

let service: Service;
let browser: Browser;
const CLIENT = 'web-app';
const NATIVE = 'native-app';
const LOOPBACK = 'http://127.0.0.1:9999/callback';

beforeAll(async () => {
  service = await startService();
  await addWebClient(service, { id: CLIENT, consent: 'never' });
  await addWebClient(service, {
    id: NATIVE,
    authentication: 'none',
    consent: 'never',
    redirectUris: [
      LOOPBACK,
      'http://[::1]/cb',
      'http://localhost:1/cb?a=b',
      'https://127.0.0.1:9999/callback',
      'com.example.app:/callback',
    ],
  });
});
afterAll(() => service.stop());
beforeEach(() => {
  browser = openBrowser(service);
});

const visit = (more: Record<string, string | undefined> = {}, client = CLIENT) =>
  browser.authorize(requestOf(client, more));

/** A page of ours, to be looked at by a person: nothing leads away from it. */
function expectPage(answer: Answer, code = 'invalid_request'): void {
  expect([answer.status, pageOf(answer)]).toEqual([400, 'error']);
  expect(answer.text).toContain(`${code}: `);
  expect(answer.headers).not.toHaveProperty('location');
  expect(mainOf(answer)).not.toMatch(/<form|<a |evil|http-equiv/);
}

describe('what cannot be redirected is told on a page (RFC 6749 §4.1.2.1)', () => {
  const evil = 'https://evil.example/callback';
  test('no client_id', async () =>
    expectPage(await visit({ client_id: undefined, redirect_uri: evil })));

  test.each([
    ['an unknown client', 'nobody'],
    ['a user', 'f00000000000000000000000'],
    ['an item of the directory that is no client', 'domain#mydomain.com'],
    ['a name that no client can have', 'a'.repeat(3000)],
    ['one in another case', CLIENT.toUpperCase()],
    ['one with CR and LF', `${CLIENT}\r\n`],
  ])('%s: invalid_client', async (_case, client_id) =>
    expectPage(await visit({ client_id, redirect_uri: evil }), 'invalid_client'),
  );

  test('a client that is switched off', async () => {
    const id = await addWebClient(service, { id: 'switched-off' });
    await setDisabled(service.tables.directory, subjectKey(id), true);
    expectPage(await visit({}, id), 'invalid_client');
  });

  test('no redirect_uri, though only one is registered (OpenID Connect Core §3.1.2.1)', async () =>
    expectPage(await visit({ redirect_uri: undefined })));

  const base = 'https://app.example.com/callback';
  test.each([
    ['another one', evil],
    ['a prefix', base],
    ['more path', `${base}/FAKEPATH?tenant=7`],
    ['/../', `${base}/../callback?tenant=7`],
    ['an encoded ..', `${base}/..%2FFAKEPATH?tenant=7`],
    ['a doubly encoded ..', `${base}/%252e%252e?tenant=7`],
    [';/../..', `${base};/../../?tenant=7`],
    ['more query', `${CALLBACK}&foo=bar`],
    ['a code of the attacker', `${CALLBACK}&code=attacker`],
    ['another query', `${base}?tenant=8`],
    ['a fragment', `${CALLBACK}#`],
    ['the host in capitals', CALLBACK.replace('app.example', 'APP.example')],
    ['the scheme in capitals', CALLBACK.replace('https', 'HTTPS')],
    ['the default port', CALLBACK.replace('.com', '.com:443')],
    ['another port', CALLBACK.replace('.com', '.com:8443')],
    ['a user in front of the host', CALLBACK.replace('//', '//app.example.com@')],
    ['a host behind an @', 'https://app.example.com@evil.example/callback?tenant=7'],
    ['a dot behind the host', CALLBACK.replace('.com', '.com.')],
    ['http', CALLBACK.replace('https', 'http')],
    ['a slash more', `${base}/?tenant=7`],
    ['a space behind it', `${CALLBACK} `],
    ['a NUL', `${CALLBACK}\0`],
    ['CR and LF', `${CALLBACK}\r\nX: y`],
    ['backslashes', CALLBACK.replaceAll('/', '\\')],
    ['javascript:', 'javascript:alert(1)'],
    ['data:', 'data:text/html,x'],
    ['a relative one', '/callback?tenant=7'],
    ['100 KB', `${base}?${'a'.repeat(100_000)}`],
  ])('a redirect_uri that is %s', async (_case, redirect_uri) =>
    expectPage(await visit({ redirect_uri })),
  );

  test.each(['redirect_uri', 'client_id'])('%s twice', async (name) => {
    const pairs = Object.entries(requestOf(CLIENT));
    for (const again of [name, `${name}[]`, `${name}[0]`])
      expectPage(await browser.authorize([...pairs, [again, requestOf(CLIENT)[name] ?? '']]));
  });

  test('even if there is something else to say about it', async () =>
    expectPage(await visit({ redirect_uri: evil, response_type: 'token', scope: '"' })));

  test('a request that is too long to be carried along', async () => {
    const sent = form(requestOf(CLIENT, { login_hint: 'x'.repeat(30_000) }));
    expectPage(await browser.go('POST /oauth/authorize', sent));
    const huge = form(requestOf(CLIENT, { claims: 'x'.repeat(100_000) }));
    const refused = await browser.go('POST /oauth/authorize', huge);
    expect([refused.status, pageOf(refused)]).toEqual([413, 'error']);
    expectPage(await visit({ login_hint: 'x'.repeat(100_000) }));
  });

  test('a fault of ours, without a word of its cause (500, 503)', async () => {
    for (const [fault, status] of [
      [throttled, 503],
      [deniedByAws, 500],
    ] as const) {
      service.dynamodb.inject(() => fault);
      const answer = await visit();
      service.dynamodb.heal();
      expect([answer.status, pageOf(answer)]).toEqual([status, 'error']);
      expect(answer.text).not.toMatch(/dynamo|injected/i);
    }
  });
});

describe('programs on the own machine (RFC 8252 §7.3)', () => {
  test.each([
    ['another port', 'http://127.0.0.1:51004/callback'],
    ['no port', 'http://127.0.0.1/callback'],
    ['a port on IPv6', 'http://[::1]:61000/cb'],
    ['a port on localhost', 'http://localhost:3/cb?a=b'],
    ["a scheme of the program's own (RFC 8252 §7.1)", 'com.example.app:/callback'],
  ])('may use %s', async (_case, redirect_uri) => {
    const answer = await visit({ redirect_uri, prompt: 'none' }, NATIVE);
    expect(answer.headers['location']?.startsWith(redirect_uri)).toBe(true);
    expect(answerOf(answer)).toMatchObject({ error: 'login_required' });
  });

  test.each([
    ['another path', 'http://127.0.0.1:51004/callback2'],
    ['another query', 'http://127.0.0.1:51004/callback?a=b'],
    ['another scheme', 'https://127.0.0.1:51004/callback'],
    ['another loopback address', 'http://127.0.0.2:9999/callback'],
    ['localhost in place of an address', 'http://localhost:9999/callback'],
    ['a host behind an @', 'http://127.0.0.1:80@evil.example/callback'],
    ['a longer host', 'http://127.0.0.1.evil.example/callback'],
    ['a port that is none', 'http://127.0.0.1:0/callback'],
    ['a port beyond all', 'http://127.0.0.1:65536/callback'],
    ['a port with a sign', 'http://127.0.0.1:+80/callback'],
    ['a fragment', 'http://127.0.0.1:51004/callback#x'],
  ])('may not use %s', async (_case, redirect_uri) =>
    expectPage(await visit({ redirect_uri }, NATIVE)),
  );
});

describe('other errors are told to the client, with state and iss (RFC 6749 §4.1.2.1, RFC 9207)', () => {
  const pkce = { code_challenge: undefined, code_challenge_method: undefined };
  test.each<[string, Record<string, string | undefined>, string]>([
    ['no response_type', { response_type: undefined }, 'invalid_request'],
    [
      'the implicit grant (RFC 9700 §2.1.2)',
      { response_type: 'token' },
      'unsupported_response_type',
    ],
    ['a hybrid flow', { response_type: 'code id_token' }, 'unsupported_response_type'],
    ['id_token token', { response_type: 'id_token token' }, 'unsupported_response_type'],
    ['an unknown response_type', { response_type: 'Code' }, 'unsupported_response_type'],
    ['response_mode=fragment', { response_mode: 'fragment' }, 'invalid_request'],
    ['an unknown response_mode', { response_mode: 'jwt' }, 'invalid_request'],
    [
      'a request object (Core §6.1)',
      { request: 'eyJhbGciOiJub25lIn0.e30.' },
      'request_not_supported',
    ],
    ['request_uri', { request_uri: 'https://app.example.com/r' }, 'request_uri_not_supported'],
    ['registration', { registration: '{}' }, 'registration_not_supported'],
    ['a quote in the scope (§3.3)', { scope: 'openid "' }, 'invalid_scope'],
    ['a backslash in the scope', { scope: 'openid \\' }, 'invalid_scope'],
    ['two spaces in the scope', { scope: 'openid  email' }, 'invalid_scope'],
    ['a scope beyond ASCII', { scope: 'openid é' }, 'invalid_scope'],
    ['a scope with CR and LF', { scope: 'openid\r\nemail' }, 'invalid_scope'],
    ['a scope of 2 KB', { scope: 'x'.repeat(2048) }, 'invalid_scope'],
    ['an unknown prompt', { prompt: 'create' }, 'invalid_request'],
    ['prompt=none login', { prompt: 'none login' }, 'invalid_request'],
    ['prompt=consent none', { prompt: 'consent none' }, 'invalid_request'],
    ['a negative max_age', { max_age: '-1' }, 'invalid_request'],
    ['a max_age that is no number', { max_age: '1e3' }, 'invalid_request'],
    ['a max_age that is no whole number', { max_age: '1.5' }, 'invalid_request'],
    ['a max_age beyond 2^53-1', { max_age: '9007199254740992' }, 'invalid_request'],
    ['claims that are no JSON', { claims: '{' }, 'invalid_request'],
    ['claims that are a list', { claims: '[]' }, 'invalid_request'],
    ['claims that are null', { claims: 'null' }, 'invalid_request'],
    ['claims without userinfo and id_token', { claims: '{"x":{}}' }, 'invalid_request'],
    ['claims whose id_token is text', { claims: '{"id_token":"x"}' }, 'invalid_request'],
    ['a claim that is a list', { claims: '{"userinfo":{"name":[]}}' }, 'invalid_request'],
    [
      'values that are no list',
      { claims: '{"id_token":{"acr":{"values":"a"}}}' },
      'invalid_request',
    ],
    ['a sub that is no text', { claims: '{"id_token":{"sub":{"value":1}}}' }, 'invalid_request'],
    [
      'too many claims',
      { claims: `{"userinfo":{${Array.from({ length: 51 }, (_, n) => `"c${n}":null`)}}}` },
      'invalid_request',
    ],
    [
      'an essential acr that no sign-in has (Core §5.5.1.1)',
      { claims: '{"id_token":{"acr":{"essential":true,"values":["urn:mfa"]}}}' },
      'unmet_authentication_requirements',
    ],
    ['no code_challenge where one is needed (RFC 7636 §4.4.1)', pkce, 'invalid_request'],
    ['plain (RFC 9700 §2.1.1)', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['no method, which means plain', { code_challenge_method: undefined }, 'invalid_request'],
    ['another method', { code_challenge_method: 'S512' }, 'invalid_request'],
    ['a method without a challenge', { code_challenge: undefined }, 'invalid_request'],
    ['a challenge of 42 characters', { code_challenge: CHALLENGE.slice(1) }, 'invalid_request'],
    ['a challenge of 129 characters', { code_challenge: 'c'.repeat(129) }, 'invalid_request'],
    [
      'a challenge beyond base64url',
      { code_challenge: `${CHALLENGE.slice(1)}=` },
      'invalid_request',
    ],
    ['a nonce of 2 KB', { nonce: 'n'.repeat(2048) }, 'invalid_request'],
    ['an id_token_hint that is none (Core §3.1.2.1)', { id_token_hint: 'hint' }, 'invalid_request'],
    ['a scope as an array', { 'scope[]': 'openid' }, 'invalid_request'],
    ['a scope as a list of places', { 'scope[0]': 'openid' }, 'invalid_request'],
  ])('%s', async (_case, change, error) => {
    await browser.login(await visit());
    const answer = await visit(change);
    expect(answer.status).toBe(303);
    const { error_description: description, ...rest } = answerOf(answer);
    const to = 'https://app.example.com/callback';
    expect(rest).toEqual({ to, tenant: '7', error, state: 'opaque', iss: ISSUER });
    expect(description).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
  });

  test.each<[string, Record<string, string | undefined>, string]>([
    ['a quote in the scope', { scope: '"' }, 'invalid_scope'],
    ['no response_type', { response_type: undefined }, 'invalid_request'],
    ['a request object', { request: 'eyJhbGciOiJub25lIn0.e30.' }, 'request_not_supported'],
    ['prompt=none login', { prompt: 'none login' }, 'invalid_request'],
    ['an id_token_hint that is none', { id_token_hint: 'hint' }, 'invalid_request'],
  ])(
    'A13: %s, while nobody is known to be signed in: a page with a link (RFC 9700 §4.11.2)',
    async (_case, change, error) => {
      const answer = await visit(change);
      expect([answer.status, pageOf(answer)]).toEqual([400, 'error']);
      expect(answer.headers).not.toHaveProperty('location');
      expect(answer.text).not.toMatch(/<script|http-equiv|<form/);
      expect(answerOf(answer)).toMatchObject({ error, state: 'opaque', iss: ISSUER, tenant: '7' });
    },
  );

  test('A13: so too for who was signed in, and is no more, and with a cookie of one’s own making', async () => {
    await browser.login(await visit());
    const { name } = cookieOf(browser) ?? { name: { subject: '', key: '' } };
    expect((await visit({ scope: '"' })).status).toBe(303);
    browser.jar.set('__Host-latchkey', `${name.subject}.${name.key}.${'x'.repeat(43)}`);
    expect((await visit({ scope: '"' })).status).toBe(400);
    browser.jar.clear();
    expect((await visit({ scope: '"' })).status).toBe(400);
  });

  test('A13: an answer by form waits for its button, without a script', async () => {
    const answer = await visit({ scope: '"', response_mode: 'form_post' });
    expect([answer.status, pageOf(answer)]).toEqual([400, 'error']);
    expect(answer.text).not.toContain('<script');
    expect(answer.headers['content-security-policy']).not.toContain('script-src');
    expect(answerOf(answer)).toMatchObject({ to: CALLBACK, error: 'invalid_scope', iss: ISSUER });
  });

  test('A13: a client that is switched off with its domain leads nobody away', async () => {
    await addDomain(service.tables.directory, 'closed.test');
    await setDisabled(service.tables.directory, domainKey('closed.test'), true);
    const id = await addWebClient(service, { id: 'of-no-domain', domain: 'closed.test' });
    const answer = await visit({}, id);
    expect([answer.status, answer.headers['location']]).toEqual([400, undefined]);
  });

  test('A13: who asks in silence is answered at once (OpenID Connect Core §3.1.2.1)', async () => {
    const answer = await visit({ scope: '"', prompt: 'none' });
    expect(answer.status).toBe(303);
    expect(answerOf(answer)).toMatchObject({ error: 'invalid_scope' });
  });

  test.each(Object.keys(requestOf(CLIENT)).filter((name) => !/client_id|redirect_uri/.test(name)))(
    '%s twice: invalid_request, and a state sent twice is not echoed (RFC 6749 §3.1)',
    async (name) => {
      const pairs = Object.entries(requestOf(CLIENT));
      const answer = answerOf(await browser.authorize([...pairs, [name, 'other']]));
      expect(answer).toMatchObject({ error: 'invalid_request', iss: ISSUER });
      expect(answer['state']).toBe(name === 'state' ? undefined : 'opaque');
    },
  );

  test('an unknown parameter twice', async () => {
    const pairs = [...Object.entries(requestOf(CLIENT)), ['x', '1'], ['x', '1']];
    expect(answerOf(await browser.authorize(pairs as [string, string][]))).toMatchObject({
      error: 'invalid_request',
    });
  });

  test('a public client without PKCE, even where its item says optional (RFC 9700 §2.1.1)', async () => {
    const id = await addWebClient(service, { id: 'lenient-app', authentication: 'none' });
    await changeClient(service, id, { pkce: 'optional' });
    expect(answerOf(await visit(pkce, id))).toMatchObject({ error: 'invalid_request' });
    expect(pageOf(await visit({}, id))).toBe('login');
  });

  test('a confidential client may do without, where it is allowed to', async () => {
    const id = await addWebClient(service, { id: 'no-pkce', consent: 'never', pkce: 'optional' });
    const code = await codeOf(service, await browser.login(await visit(pkce, id)));
    expect(code).not.toHaveProperty('challenge');
    const plain = { code_challenge_method: 'plain' };
    expect(answerOf(await visit(plain, id))).toMatchObject({ error: 'invalid_request' });
  });

  test('a client that has not registered the flow: unauthorized_client', async () => {
    const id = await addWebClient(service, { id: 'machine' });
    await changeClient(service, id, { grants: ['client_credentials'] });
    expect(answerOf(await visit({}, id))).toMatchObject({ error: 'unauthorized_client' });
  });

  test.each([
    ['temporarily_unavailable', throttled],
    ['server_error', deniedByAws],
  ])('a fault of ours: %s, without its cause', async (error, fault) => {
    const page = await visit();
    for (const action of ['GetItem', 'PutItem', 'UpdateItem']) {
      service.dynamodb.inject((request) => (request.action === action ? fault : undefined));
      const answer = answerOf(await browser.login(page));
      service.dynamodb.heal();
      expect(answer).toMatchObject({ error, state: 'opaque', iss: ISSUER });
      expect(JSON.stringify(answer)).not.toMatch(/dynamo|injected/i);
    }
  });

  test('a fault before anybody is recognised leads no browser away on its own (RFC 9700 §4.11.2)', async () => {
    let reads = 0;
    service.dynamodb.inject(({ action }) =>
      action === 'BatchGetItem' && reads++ > 0 ? deniedByAws : undefined,
    );
    const answer = await visit();
    service.dynamodb.heal();
    expect([answer.headers['location'], pageOf(answer)]).toEqual([undefined, 'error']);
  });
});

describe('id_token_hint and the sub claim name the only user who will do (Core §3.1.2.1, §5.5.1)', () => {
  const now = () => Date.now() / 1000;
  async function hintFor(sub: string, more: object = {}): Promise<string> {
    const key = (await signingKeys(service)).find(({ alg }) => alg === 'RS256');
    if (!key) throw new Error('no RS256 key');
    const claims = { sub, aud: CLIENT, sid: 'sid', iat: now() - 60, exp: now() + 60, ...more };
    return signIdToken(claims, { issuer: ISSUER }, key);
  }
  const signedIn = async () => {
    await codeOf(service, await browser.login(await visit()));
    return cookieOf(browser)?.name.subject ?? '';
  };
  const claimsOf = (value: string) => JSON.stringify({ id_token: { sub: { value } } });

  test('the user who is signed in: no page, even with prompt=none and an expired hint', async () => {
    const subject = await signedIn();
    for (const more of [{}, { exp: now() - 86_400 }]) {
      const id_token_hint = await hintFor(subject, more);
      const code = await codeOf(service, await visit({ id_token_hint, prompt: 'none' }));
      expect(code.subject).toBe(subject);
    }
    await codeOf(service, await visit({ claims: claimsOf(subject), prompt: 'none' }));
  });

  test('another user: the login page; with prompt=none login_required', async () => {
    await signedIn();
    const { id, username } = await addUser(service);
    for (const more of [{ id_token_hint: await hintFor(id) }, { claims: claimsOf(id) }]) {
      browser = openBrowser(service);
      await signedIn();
      expect(answerOf(await visit({ ...more, prompt: 'none' }))).toMatchObject({
        error: 'login_required',
      });
      const page = await visit(more);
      expect(pageOf(page)).toBe('login');
      expect(page.text).not.toContain('200@mydomain.com');
      // The one who signs in is still not the one who was asked for.
      expect(answerOf(await browser.login(page))).toMatchObject({ error: 'login_required' });
      const code = await codeOf(service, await browser.login(await visit(more), username));
      expect(code.subject).toBe(id);
      await browser.login(await visit({ prompt: 'login' }));
    }
  });

  test('two that name different users suit nobody', async () => {
    const subject = await signedIn();
    const { id } = await addUser(service);
    const more = { id_token_hint: await hintFor(subject), claims: claimsOf(id) };
    expect(answerOf(await visit({ ...more, prompt: 'none' }))).toMatchObject({
      error: 'login_required',
    });
  });

  test('what is no ID token of ours, for this client: invalid_request', async () => {
    const subject = await signedIn();
    const hint = await hintFor(subject);
    const { token } = await service.login('200@mydomain.com');
    const [, payload = ''] = hint.split('.');
    const published = await service.get('/.well-known/jwks.json');
    const bad = {
      'alg none': assemble(
        { alg: 'none', typ: 'JWT' },
        JSON.parse(Buffer.from(payload, 'base64url').toString()),
      ),
      'HS256 with our public key': await new SignJWT({
        sub: subject,
        aud: CLIENT,
        iss: ISSUER,
        sid: 'sid',
      })
        .setProtectedHeader({
          alg: 'HS256',
          typ: 'JWT',
          kid: String((published.body['keys'] as { kid: string }[])[0]?.kid),
        })
        .sign(new TextEncoder().encode(JSON.stringify(published.body).padEnd(64))),
      'another issuer': await forge(service, hint, { claims: { iss: 'https://evil.example' } }),
      'another client': await hintFor(subject, { aud: 'native-app' }),
      'an access token': token,
      'a changed payload': hint.replace(payload, `${payload.slice(0, -2)}AA`),
      'half of it': hint.slice(0, hint.length / 2),
      'CR and LF': `${hint}\r\n`,
    };
    for (const [name, id_token_hint] of Object.entries(bad))
      for (const prompt of ['none', undefined])
        expect(answerOf(await visit({ id_token_hint, prompt })), name).toMatchObject({
          error: 'invalid_request',
          state: 'opaque',
        });
  });
});

describe('every page (RFC 9700 §4.16, OpenID Connect Core §16)', () => {
  const pages: Record<string, () => Promise<Answer>> = {
    login: () => visit(),
    error: () => visit({ redirect_uri: 'https://evil.example/' }),
    form_post: () => visit({ response_mode: 'form_post', prompt: 'none' }),
    expired: async () => browser.submit(await visit(), { token: 'x' }),
    account: async () => {
      await browser.login(await visit());
      return visit({ prompt: 'select_account' });
    },
    consent: async () => {
      await browser.login(await visit());
      return visit({ prompt: 'consent' });
    },
  };
  test.each(Object.entries(pages))(
    '%s: not framed, cached, sniffed or leaked',
    async (name, open) => {
      const page = await open();
      expect(pageOf(page)).toBe(name);
      expect(page.headers).toMatchObject({
        'x-frame-options': 'DENY',
        'content-security-policy': expect.stringMatching(
          /^default-src 'none';.*frame-ancestors 'none'/,
        ),
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'strict-transport-security': expect.stringContaining('max-age='),
        'content-type': 'text/html; charset=utf-8',
      });
    },
  );

  test('and no origin may read it: CORS never (RFC 9700 §2.6)', async () => {
    const elsewhere = openBrowser(service, { origin: 'https://app.example.com' });
    const answers = [
      await elsewhere.authorize(requestOf(CLIENT)),
      await elsewhere.authorize(requestOf(CLIENT, { prompt: 'none' })),
      await elsewhere.login(await elsewhere.authorize(requestOf(CLIENT))),
    ];
    for (const { headers } of answers)
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  test('a redirect is a 303 that nobody keeps, and says nothing of where it came from', async () => {
    const answer = await browser.login(await visit());
    expect(answer.status).toBe(303);
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
  });

  test('F3: no policy cuts where a form leads by way of the client', async () => {
    const { headers } = await visit();
    expect(headers['content-security-policy']).not.toContain('form-action');
  });
});

test('a silent request is two reads and one write', async () => {
  await browser.login(await visit());
  service.dynamodb.requests.length = 0;
  await codeOf(service, await visit({ prompt: 'none' }));
  const actions = service.dynamodb.requests.map(({ action }) => action);
  expect(actions).toEqual(['BatchGetItem', 'BatchGetItem', 'PutItem']);
});

/** As a browser reads it, without the port that programs on the own machine may choose. */
function placeOf(uri: string): string {
  const { protocol, host, hostname, pathname, username, hash } = new URL(uri);
  expect([username, hash]).toEqual(['', '']);
  return `${protocol}//${protocol === 'http:' ? hostname : host}${pathname}`;
}

test('no input ever redirects to an unregistered URI (RFC 9700 §4.1, §4.11)', async () => {
  const places = {
    [CLIENT]: ['https://app.example.com/callback'],
    [NATIVE]: [
      'http://127.0.0.1/callback',
      'http://[::1]/cb',
      'http://localhost/cb',
      'https://127.0.0.1:9999/callback',
      'com.example.app:///callback',
    ],
  };
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(CALLBACK, LOOPBACK, 'https://evil.example/', '//evil.example', 'code', 'none'),
    fc
      .tuple(fc.constantFrom(CALLBACK, LOOPBACK), fc.string({ maxLength: 20 }), fc.nat(60))
      .map(([uri, more, at]) => uri.slice(0, at) + more + uri.slice(at)),
    fc.nat(99_999).map((port) => LOOPBACK.replace('9999', String(port))),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
  );
  const name = fc.oneof(
    fc.constantFrom('redirect_uri', 'redirect_uri[]', 'client_id', 'response_mode', 'return_to'),
    fc.constantFrom('state', 'request_uri', 'prompt', 'scope', 'response_type', 'claims'),
    fc.string({ maxLength: 10 }),
  );
  const more = fc.array(fc.tuple(name, text), { maxLength: 4 });
  const input = { client: fc.constantFrom(CLIENT, NATIVE), uri: text, more, beside: fc.boolean() };
  let led = 0;
  await fc.assert(
    fc.asyncProperty(fc.record(input), async ({ client, uri, more: pairs, beside }) => {
      const base = requestOf(client, { redirect_uri: uri, prompt: 'none' });
      const replaced = Object.entries({ ...base, ...Object.fromEntries(pairs) });
      const sent = beside ? [...Object.entries(base), ...pairs] : replaced;
      const answer = await browser.authorize(sent as [string, string][]);
      const posted = pageOf(answer) === 'form_post' ? formOf(answer).action : undefined;
      const target = answer.headers['location'] ?? posted;
      if (target === undefined) return;
      led += 1;
      const id = new URLSearchParams(sent as [string, string][]).get('client_id');
      expect(places[id as keyof typeof places]).toContain(placeOf(target));
    }),
    { numRuns: 300 },
  );
  expect(led).toBeGreaterThan(5);
});
