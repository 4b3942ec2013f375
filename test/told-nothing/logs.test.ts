/** The log: enough to find out what went wrong, and nothing that a caller sent or was given. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { get, put } from '../../lib/aws/table.ts';
import { readUser } from '../../lib/store/directory/users.ts';
import { sessionKey } from '../../lib/store/sessions/sessions.ts';
import { form, posted } from '../support/actors/clients.ts';
import {
  agree,
  publicClient,
  refreshWith,
  sendToken,
  tokensOf,
  VERIFIER,
  webClient,
} from '../support/actors/grants.ts';
import { addUser } from '../support/actors/people.ts';
import { forge } from '../support/actors/tokens.ts';
import { httpCall, restCall, tokenCall } from '../support/calls/events.ts';
import { broken, denied } from '../support/running/proxy.ts';
import {
  advance,
  bearer,
  both,
  coldStart,
  type Service,
  startService,
} from '../support/running/service.ts';
import { answerOf, formOf, openBrowser } from '../support/web/browser.ts';
import { addWebClient, requestOf } from '../support/web/sign-in.ts';

const PASSWORD = 'pässword-5c7e';
const NAME = 'marked-name-91ab@mydomain.com';
const LEVELS = ['debug', 'log', 'info', 'warn', 'error'] as const;

let service: Service;
let id: string;
const lines: { level: string; text: string }[] = [];
beforeAll(async () => {
  service = await startService();
  ({ id } = await addUser(service, { username: NAME, password: PASSWORD }));
});
afterAll(() => service.stop());
beforeEach(() => {
  lines.length = 0;
  for (const level of LEVELS) {
    const keep = (...parts: unknown[]) =>
      void lines.push({ level, text: parts.map(String).join(' ') });
    vi.spyOn(console, level).mockImplementation(keep);
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  service.dynamodb.heal();
  service.secrets.heal();
});

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (body: string, headers = {}) =>
  service.postLogin({
    headers: { ...JSON_TYPE, 'user-agent': 'marked-agent-77', ...headers },
    body,
  });
const login = (change = {}) =>
  post(JSON.stringify({ username: NAME, password: PASSWORD, ...change }));
const errors = () => lines.filter(({ level }) => level === 'error');

/** Nothing of these, whole or in part, may be in the log. */
function expectNoneOf(secrets: readonly string[]): void {
  const log = lines.map(({ text }) => text).join('\n');
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(7);
    expect(log).not.toContain(secret);
  }
}

test('a run of good and bad calls leaves no trace of what was sent or given', async () => {
  const session = await service.login(NAME, PASSWORD);
  const stranger = await forge(service, session.token, { claims: { iss: 'marked-issuer-33' } });
  await login();
  await login({ password: `${PASSWORD}-wrong` });
  await login({ username: 'marked-nobody-42' });
  await login({ username: ['marked-list-58'], password: { $ne: 'marked-object-12' } });
  await post(`{"username":"${NAME}","password":"${PASSWORD}"`);
  await post(`username=${NAME}&password=${PASSWORD}`, { 'content-type': 'marked/type-65' });
  for (const headers of [
    both(session),
    bearer(session),
    { authorization: 'Basic marked-basic-24' },
  ]) {
    for (const call of ['GET /cdr', 'DELETE /cdr', 'GET /marked-path-83'])
      await service.decide(httpCall(call, { ...headers, cookie: 'marked-cookie-19' }));
    await service.decide(restCall('GET /cdr', headers));
  }
  await service.decide(tokenCall('GET /cdr', `Bearer ${stranger}`));
  await service.decide({ type: 'marked-event-70', authorizationToken: session.token });
  await service.decide(httpCall('GET /cdr', both({ ...session, key: 'marked-key-31' })));
  await service.logout({ ...session, key: 'marked-key-31' });
  await service.postLogout({ query: `access_token=${session.token}&x_key=marked-query-66` });
  await service.logout(session);
  await service.logout(session);

  const { passwordHash = '' } = (await readUser(service.tables.directory, id)) ?? {};
  const parts = [...session.token.split('.'), ...stranger.split('.').slice(1)];
  expectNoneOf([PASSWORD, NAME, 'Bearer ey', 'argon2id', passwordHash, ...parts]);
  expect(lines.filter(({ text }) => text.includes('marked'))).toEqual([]);
  expect(lines.length).toBeGreaterThan(15);
});

test('each line is one JSON object, of one line, that names its level and reason', async () => {
  await login({ password: 'guess' });
  await service.decide({});
  service.dynamodb.inject(() => denied);
  await login();
  expect(lines).toHaveLength(3);
  for (const { level, text } of lines) {
    expect(text).not.toContain('\n');
    expect(JSON.parse(text)).toMatchObject({
      level,
      code: expect.any(String),
      reason: expect.any(String),
    });
  }
});

test('a sign-in by a browser leaves no password, cookie, code or parameter in the log', async () => {
  await addWebClient(service, { id: 'marked-client' });
  const browser = openBrowser(service, { 'user-agent': 'marked-agent-77' });
  const marks = {
    state: 'marked-state-12',
    nonce: 'marked-nonce-34',
    login_hint: 'marked-hint-56',
  };
  const page = await browser.authorize(requestOf('marked-client', marks));
  const refused = await browser.login(page, NAME, 'marked-guess-78');
  const consent = await browser.login(refused, NAME, PASSWORD);
  const answer = await browser.submit(consent, { action: 'allow' });
  const { code = '' } = answerOf(answer);
  await browser.submit(consent, { action: 'deny' });
  await browser.submit(consent, { token: 'marked-token-90' });
  service.dynamodb.inject(() => denied);
  await browser.authorize(requestOf('marked-client', marks));
  service.dynamodb.heal();
  const { code: reason = '' } = JSON.parse(lines[0]?.text ?? '{}');
  expect([reason, lines.length]).toEqual(['invalid_credentials', 4]);
  const cookies = [...browser.jar.values()].flatMap((value) => value.split('.').slice(-1));
  const forms = Object.values(formOf(consent).hidden).filter((value) => value.length > 12);
  const sent = [...Object.values(marks), 'marked-guess-78', 'marked-token-90', 'marked-agent-77'];
  expectNoneOf([NAME, PASSWORD, code, ...cookies, ...forms, ...sent]);
});

test('nor do tokens, codes, secrets and verifiers, good or bad, at any endpoint of clients', async () => {
  const client = await publicClient(service);
  const secret = await webClient(service);
  const agreed = await agree(service, { client });
  const { access, refresh, id: idToken } = await tokensOf(service, agreed);
  const next = String((await refreshWith(service, client, refresh)).body['refresh_token']);
  await sendToken(service, {
    ...agreed.exchange,
    code_verifier: 'marked-verifier'.padEnd(43, '-'),
  });
  await sendToken(service, { ...agreed.exchange, code: 'marked-code-11' });
  await sendToken(service, { ...agreed.exchange, redirect_uri: 'https://marked-uri-22.example' });
  await refreshWith(service, secret, next, { client_secret: 'marked-secret-33' });
  await refreshWith(service, client, next, { scope: 'marked-scope-44' });
  const assertion = 'eyJtYXJrZWQiOjF9.eyJzdWIiOiJtYXJrZWQtc3ViLTU1In0.bWFya2Vk';
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  const proof = { client_assertion: assertion, client_assertion_type: type };
  await sendToken(service, { grant_type: 'client_credentials', ...proof });
  for (const path of ['userinfo', 'introspect', 'revoke'])
    for (const token of [access, next, idToken, 'marked-token-66'])
      await service.send(
        `POST /oauth/${path}`,
        form({ token, access_token: `${token}x`, ...posted(secret) }),
      );
  await service.send(`GET /session/end?id_token_hint=${idToken}x&state=marked-state-77`);
  await service.send('GET /oauth/userinfo?access_token=marked-query-88');
  advance(31);
  await refreshWith(service, client, refresh);
  await sendToken(service, agreed.exchange);
  service.dynamodb.inject(() => denied);
  await refreshWith(service, client, next);
  await sendToken(service, agreed.exchange);
  const tokens = [access, idToken, assertion].flatMap((token) => token.split('.'));
  const parts = [refresh, next].flatMap((token) => [token, ...token.split('.').slice(-2)]);
  const { code, browser } = agreed;
  expectNoneOf([...tokens.filter((part) => part.length > 7), ...parts, code, VERIFIER]);
  expectNoneOf([secret.secret, browser.name.key, browser.name.subject]);
  expect(lines.filter(({ text }) => text.includes('marked'))).toEqual([]);
  expect(lines.length).toBeGreaterThan(15);
});

describe('a fault logs exactly one line of level error,', () => {
  test.each([
    ['a fault of DynamoDB', broken],
    ['no permission', denied],
  ])('%s, in each function', async (_case, fault) => {
    const session = await service.login(NAME, PASSWORD);
    const { get: discover } = service;
    service.dynamodb.inject(() => fault);
    for (const work of [
      login,
      () => service.call(session, 'GET /cdr'),
      () => service.logout(session),
      () => discover('/.well-known/jwks.json'),
    ]) {
      lines.length = 0;
      await work();
      expect(lines.map(({ level }) => level)).toEqual(['error']);
    }
  });

  test('also an item of the store that is malformed, without the session’s key', async () => {
    const session = await service.login(NAME, PASSWORD);
    const key = sessionKey({ subject: id, key: session.key });
    const item = await get(service.tables.sessions, key);
    await put(service.tables.sessions, { ...item, expiresAt: 'marked-value-48' });
    expect((await service.call(session, 'GET /cdr')).status).toBe(500);
    expect(errors()).toHaveLength(1);
    expect(errors()[0]?.text).toContain('expiresAt');
    expectNoneOf([session.key, 'marked-value-48', id]);
  });

  test('also a secret that holds no key set, without a word of it', async () => {
    const { postLogin } = await coldStart();
    const SecretString = '{"marked-secret-90":"PEM where JSON should be';
    service.secrets.inject(() => (answer) => ({ ...answer, SecretString }));
    const body = JSON.stringify({ username: NAME, password: PASSWORD });
    expect((await postLogin({ headers: JSON_TYPE, body })).status).toBe(500);
    expect(errors()).toHaveLength(1);
    expectNoneOf(['marked-secret-90', 'PRIVATE KEY', PASSWORD]);
  });

  test('also a step of the rotation that fails', async () => {
    const step = {
      Step: 'finishSecret',
      SecretId: 'signing-keys',
      ClientRequestToken: 'x'.repeat(32),
    };
    await expect(service.rotate(step)).rejects.toThrow();
    expect(errors()).toHaveLength(1);
  });

  test('also keys that could not be refreshed, though the login goes on', async () => {
    await login();
    service.secrets.inject(() => broken);
    advance(301);
    lines.length = 0;
    expect((await login()).status).toBe(200);
    expect(errors().map(({ text }) => JSON.parse(text).code)).toEqual(['signing_keys_stale']);
  });
});

test('a refusal is no error, and a success says where somebody signed in and what it took, and no more', async () => {
  const session = await service.login(NAME, PASSWORD);
  await service.call(session, 'GET /cdr');
  await service.get('/.well-known/jwks.json');
  await service.logout(session);
  const isMetric = ({ text }: { text: string }) => text.includes('"code":"metrics"');
  const said = lines.filter((line) => !isMetric(line));
  expect(said.map(({ text }) => Object.keys(JSON.parse(text)))).toEqual([
    ['level', 'code', 'route', 'requestId', 'address', 'hashMilliseconds'],
  ]);
  await service.call(session, 'GET /cdr');
  await login({ password: 'guess' });
  const refusals = lines.filter((line) => !isMetric(line)).slice(said.length);
  expect(refusals.map(({ level }) => level)).toEqual(['info', 'info']);
});
