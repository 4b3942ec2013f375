/**
 * Back-channel logout: who is told what, from a logout to a client's own server. The queue is the local
 * SQS, the client a server on loopback.
 */
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
  vi,
} from 'vitest';
import { deleteIf, get } from '../../../lib/aws/table.ts';
import { call } from '../../../lib/http/outgoing.ts';
import { raiseDomain } from '../../../lib/store/directory/domains.ts';
import { raiseGeneration } from '../../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { sessionKey } from '../../../lib/store/sessions/sessions.ts';
import { type Credentials, form, posted } from '../../support/actors/clients.ts';
import {
  agree,
  CALLBACK,
  openBrowser,
  refreshWith,
  sendToken,
  tokensOf,
  VERIFIER,
  webClient,
} from '../../support/actors/grants.ts';
import { addUser } from '../../support/actors/people.ts';
import { makeDomain } from '../../support/actors/roles.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import { broken } from '../../support/running/proxy.ts';
import { advance, ISSUER, type Service, startService } from '../../support/running/service.ts';
import { openBrowser as visitor } from '../../support/web/browser.ts';
import { changeClient, requestOf } from '../../support/web/sign-in.ts';

type Told = { path: string; type: string; form: URLSearchParams };

let service: Service;
let told: Told[];
let answer: RequestListener;
let base: string;
const server = createServer(async (request, response) => {
  told.push({
    path: request.url ?? '',
    type: String(request.headers['content-type']),
    form: new URLSearchParams(await text(request)),
  });
  answer(request as IncomingMessage, response as never);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  service = await startService({ ALLOW_REQUESTS_TO_LOOPBACK: 'true' });
});
afterAll(async () => {
  await service.stop();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  told = [];
  answer = (_request, response) => response.writeHead(200).end();
});
afterEach(() => service.dynamodb.heal());

const listening = (path: string, more = {}) =>
  webClient(service, { backchannelLogoutUri: `${base}${path}`, ...more });
const record = (body: object | string, tries = 1) => ({
  eventSource: 'aws:sqs',
  messageId: 'm1',
  receiptHandle: 'r1',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes: { ApproximateReceiveCount: String(tries) },
});
const notify = (...records: object[]) => service.notify({ Records: records } as never);
const sidOf = (idToken: string) =>
  JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString())['sid'] as string;
const paths = () => told.map(({ path }) => path).sort();
const verified = async (token: string, audience: Credentials) => {
  const { body } = await service.get('/.well-known/jwks.json');
  const keys = createLocalJWKSet(body as unknown as JSONWebKeySet);
  const options = { issuer: ISSUER, audience: audience.id, currentDate: new Date() };
  return (await jwtVerify(token, keys, options)).payload;
};

/** A grant in a browser, and what it takes to end it. */
async function grantTo(client: Credentials, given: Parameters<typeof agree>[1] = {}) {
  const agreed = await agree(service, { client, ...given });
  const tokens = await tokensOf(service, agreed);
  return { ...agreed, ...tokens, sid: sidOf(tokens.id) };
}
const endBrowser = async ({ subject, key }: { subject: string; key: string }) => {
  const exists = { expression: 'attribute_exists(pk)' };
  await deleteIf(service.tables.sessions, sessionKey({ subject, key }), exists);
};
const isStored = async (subject: string, key: string) =>
  (await get(service.tables.sessions, sessionKey({ subject, key }))) !== undefined;

describe('a logout token (Back-Channel Logout §2.4)', () => {
  test.each(['RS256', 'ES256'] as const)('by %s, as the client verifies ID tokens', async (alg) => {
    const client = await listening('/logout', { idTokenAlgorithm: alg });
    const { browser, sid } = await grantTo(client);
    await endBrowser(browser.name);
    expect(await notify(record({ subject: browser.name.subject }))).toEqual({
      batchItemFailures: [],
    });
    await expect.poll(() => told.length).toBe(1);
    const [{ path, type, form } = { path: '', type: '', form: new URLSearchParams() }] = told;
    expect([path, type]).toEqual(['/logout', 'application/x-www-form-urlencoded']);
    expect([...form.keys()]).toEqual(['logout_token']);

    const token = form.get('logout_token') ?? '';
    expect(decodeProtectedHeader(token)).toEqual({
      alg,
      typ: 'logout+jwt',
      kid: expect.any(String),
    });
    const now = Math.floor(Date.now() / 1000);
    expect(await verified(token, client)).toEqual({
      iss: ISSUER,
      aud: client.id,
      sub: browser.name.subject,
      sid,
      iat: now,
      exp: now + 120,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    });
  });

  test('opens nothing: it is neither an access token nor a hint of who is signed in', async () => {
    const client = await listening('/logout');
    const { browser } = await grantTo(client);
    await endBrowser(browser.name);
    await notify(record({ subject: browser.name.subject }));
    await expect.poll(() => told.length).toBe(1);
    const token = told[0]?.form.get('logout_token') ?? '';
    const userinfo = await service.send('GET /oauth/userinfo', {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(userinfo.status).toBe(401);
    const hinted = await service.send(`GET /session/end?id_token_hint=${token}`);
    expect(hinted.status).toBe(400);
  });
});

describe('who is told', () => {
  test('every client of the session that wants to know, each of its own session, and no other', async () => {
    const [one, two] = [await listening('/one'), await listening('/two')];
    const deaf = await webClient(service);
    const first = await grantTo(one);
    const { browser } = first;
    const second = await grantTo(two, { browser });
    const third = await grantTo(deaf, { browser });
    const elsewhere = await openBrowser(service, browser.name.subject);
    const other = await grantTo(one, { browser: elsewhere });

    await endBrowser(browser.name);
    await notify(record({ subject: browser.name.subject }));
    await expect.poll(paths).toEqual(['/one', '/two']);
    const sids = await Promise.all(
      told.map(async ({ path, form }) => {
        const audience = path === '/one' ? one : two;
        return (await verified(form.get('logout_token') ?? '', audience))['sid'];
      }),
    );
    expect(sids.sort()).toEqual([first.sid, second.sid].sort());

    const { subject } = browser.name;
    for (const { sid } of [first, second, third]) expect(await isStored(subject, sid)).toBe(false);
    expect(await isStored(subject, other.sid)).toBe(true);
    expect(await isStored(subject, elsewhere.name.key)).toBe(true);
  });

  test('nobody a second time', async () => {
    const { browser } = await grantTo(await listening('/once'));
    await endBrowser(browser.name);
    await notify(record({ subject: browser.name.subject }));
    await expect.poll(paths).toEqual(['/once']);
    await notify(record({ subject: browser.name.subject }));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(paths()).toEqual(['/once']);
  });

  test('a client with offline access too, once, whose grant lives on', async () => {
    const client = await listening('/offline');
    const granted = await grantTo(client, { scope: 'openid offline_access' });
    const { name } = granted.browser;
    await notify(record({ subject: name.subject }));
    await endBrowser(name);
    await notify(record({ subject: name.subject }));
    await expect.poll(paths).toEqual(['/offline']);
    await notify(record({ subject: name.subject }));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(paths()).toEqual(['/offline']);
    expect((await refreshWith(service, client, granted.refresh)).status).toBe(200);
  });

  const revoke = (client: Credentials, token: string) =>
    service.send('POST /oauth/revoke', form({ ...posted(client), token }));

  test.each([
    ['its access token', 'openid', 'access'],
    ['its refresh token', 'openid', 'refresh'],
    ['its access token, for offline access', 'openid offline_access', 'access'],
    ['its refresh token, for offline access', 'openid offline_access', 'refresh'],
  ] as const)(
    'F7: a client that gave up %s before (RFC 7009 §2.1)',
    async (_case, scope, which) => {
      const [a, b] = [await listening('/a'), await listening('/b')];
      const first = await grantTo(a, { scope });
      const { browser } = first;
      const second = await grantTo(b, { browser });
      expect((await revoke(a, first[which])).status).toBe(200);
      const { subject } = browser.name;
      expect(await isStored(subject, first.sid)).toBe(false);
      expect((await refreshWith(service, a, first.refresh)).status).toBe(400);
      await notify(record({ subject }));
      expect(paths()).toEqual([]);

      await endBrowser(browser.name);
      await notify(record({ subject }));
      await expect.poll(paths).toEqual(['/a', '/b']);
      const [token = ''] = told
        .filter(({ path }) => path === '/a')
        .map(({ form: sent }) => sent.get('logout_token') ?? '');
      expect(await verified(token, a)).toMatchObject({ sub: subject, sid: first.sid });
      expect(await isStored(subject, second.sid)).toBe(false);
      await notify(record({ subject }));
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(paths()).toEqual(['/a', '/b']);
    },
  );

  test('F7: a client whose token was given up twice, once', async () => {
    const client = await listening('/twice');
    const granted = await grantTo(client);
    await Promise.all([revoke(client, granted.access), revoke(client, granted.access)]);
    await endBrowser(granted.browser.name);
    await notify(record({ subject: granted.browser.name.subject }));
    await expect.poll(paths).toEqual(['/twice']);
  });

  test('F7: nobody whose grant would have ended by itself meanwhile', async () => {
    const client = await listening('/over');
    const granted = await grantTo(client);
    await revoke(client, granted.access);
    await endBrowser(granted.browser.name);
    advance(90_000);
    await notify(record({ subject: granted.browser.name.subject }));
    advance(-90_000);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(paths()).toEqual([]);
  });

  test('F7: one for offline access that was told of the logout before is not told again', async () => {
    const client = await listening('/before');
    const granted = await grantTo(client, { scope: 'openid offline_access' });
    const { name } = granted.browser;
    await endBrowser(name);
    await notify(record({ subject: name.subject }));
    await expect.poll(paths).toEqual(['/before']);
    await revoke(client, granted.refresh);
    await notify(record({ subject: name.subject }));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(paths()).toEqual(['/before']);
  });

  test.each(['user', 'domain'])(
    'all clients of a %s who was signed out everywhere',
    async (what) => {
      const domain = what === 'domain' ? 'signed-out.example' : 'mydomain.com';
      await makeDomain(service, domain);
      const user = await addUser(service, { domain });
      const browser = await openBrowser(service, user.id);
      const one = await grantTo(await listening('/one', { domains: ['*'] }), { browser });
      const two = await grantTo(await listening('/two', { domains: ['*'] }), {
        browser,
        scope: 'openid offline_access',
      });
      const { directory } = service.tables;
      if (what === 'user') await raiseGeneration(directory, subjectKey(user.id));
      else await raiseDomain(directory, domain);
      await notify(record({ subject: user.id }));
      await expect.poll(paths).toEqual(['/one', '/two']);
      for (const { sid } of [one, two]) expect(await isStored(user.id, sid)).toBe(false);
    },
  );

  test('A6: the client of a user who was disabled, whose sessions have ended', async () => {
    const { browser, sid } = await grantTo(await listening('/disabled'));
    const { subject } = browser.name;
    await setDisabled(service.tables.directory, subjectKey(subject), true);
    await notify(record({ subject }));
    await expect.poll(paths).toEqual(['/disabled']);
    expect(await isStored(subject, sid)).toBe(false);
  });

  test('nobody of a session that ended by itself', async () => {
    const { browser } = await grantTo(await listening('/expired'));
    await endBrowser(browser.name);
    advance(90_000);
    await notify(record({ subject: browser.name.subject }));
    advance(-90_000);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(paths()).toEqual([]);
  });

  test('no client that is gone, or that has changed its mind', async () => {
    const client = await listening('/gone');
    await changeClient(service, client.id, { backchannelLogoutUri: undefined });
    const notice = { client: client.id, subject: 'x', sid: 'y' };
    expect(await notify(record(notice), record({ ...notice, client: 'nobody' }))).toEqual({
      batchItemFailures: [],
    });
    expect(paths()).toEqual([]);
  });
});

describe('what fails is tried again, later each time', () => {
  const failing: [string, RequestListener][] = [
    ['500', (_request, response) => response.writeHead(500).end()],
    ['400', (_request, response) => response.writeHead(400).end()],
    ['202', (_request, response) => response.writeHead(202).end()],
    [
      'a redirect, which is not followed',
      (_request, response) => response.writeHead(307, { location: `${base}/elsewhere` }).end(),
    ],
    ['too much', (_request, response) => response.writeHead(200).end('x'.repeat(100_000))],
    ['nothing', (request) => request.socket.destroy()],
  ];
  test.each(failing)('the client answers %s', async (_case, listener) => {
    const { id } = await listening('/failing');
    answer = listener;
    const { batchItemFailures } = await notify(record({ client: id, subject: 'x', sid: 'y' }));
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'm1' }]);
    expect(paths()).toEqual(['/failing']);
  });

  test('204 is as good as 200', async () => {
    const { id } = await listening('/empty');
    answer = (_request, response) => response.writeHead(204).end();
    const { batchItemFailures } = await notify(record({ client: id, subject: 'x', sid: 'y' }));
    expect(batchItemFailures).toEqual([]);
  });

  test.each(['', '{', 'null', '[]', '{}', '{"subject":1}', '{"client":"a","subject":"b"}'])(
    'a message that makes no sense: %s',
    async (body) => {
      expect((await notify(record(body))).batchItemFailures).toHaveLength(1);
    },
  );

  test('a failure of one is not one of the others', async () => {
    const { id } = await listening('/others');
    const good = { ...record({ client: id, subject: 'x', sid: 'y' }), messageId: 'good' };
    const { batchItemFailures } = await notify(record('nonsense'), good);
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'm1' }]);
    expect(paths()).toEqual(['/others']);
  });

  test('a database that fails after some are queued: told twice rather than never', async () => {
    const { browser, sid } = await grantTo(await listening('/twice'));
    await endBrowser(browser.name);
    service.dynamodb.inject(({ action }) => (action === 'DeleteItem' ? broken : undefined));
    const news = record({ subject: browser.name.subject });
    expect((await notify(news)).batchItemFailures).toHaveLength(1);
    service.dynamodb.heal();
    expect(await isStored(browser.name.subject, sid)).toBe(true);
    expect((await notify(news)).batchItemFailures).toEqual([]);
    await expect.poll(paths).toEqual(['/twice', '/twice']);
  });

  test('and no line of the log holds a token', async () => {
    const lines: string[] = [];
    const spy = vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(line));
    onTestFinished(() => spy.mockRestore());
    const { id } = await listening('/logged');
    answer = (_request, response) => response.writeHead(500).end('secret words of the client');
    await notify(record({ client: id, subject: 'x', sid: 'y' }));
    expect(lines.join()).toContain('the client answered 500');
    expect(lines.join()).not.toMatch(/eyJ|secret words|logout_token/);
  });
});

describe('the waiting', () => {
  test('doubles from 10 seconds up to a quarter of an hour', async () => {
    service.queue.requests.length = 0;
    service.queue.inject(() => ({ status: 200, body: {} }));
    for (const tries of [1, 2, 3, 7, 8, 14]) await notify(record('nonsense', tries));
    service.queue.heal();
    const waits = service.queue.requests.map(({ action, body }) => [
      action,
      body['VisibilityTimeout'],
    ]);
    expect(waits).toEqual(
      [10, 20, 40, 640, 900, 900].map((seconds) => ['ChangeMessageVisibility', seconds]),
    );
  });

  test('is that of the queue where it cannot be said', async () => {
    service.queue.inject(() => ({ status: 500, body: {} }));
    expect((await notify(record('nonsense'))).batchItemFailures).toHaveLength(1);
    service.queue.heal();
  });
});

describe('from the logout page', () => {
  /** @returns How the user's logout was answered. */
  async function signOut(client: Credentials) {
    const browser = visitor(service);
    await changeClient(service, client.id, { consent: 'never' });
    const signedIn = await browser.login(
      await browser.authorize(requestOf(client.id, { redirect_uri: CALLBACK })),
    );
    const code = new URL(String(signedIn.headers['location'])).searchParams.get('code') ?? '';
    const tokens = await sendToken(service, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
      ...posted(client),
    });
    expect(tokens.status).toBe(200);
    const page = await browser.go('GET /session/end');
    return browser.submit(page, { action: 'yes' });
  }

  test('the client is told, by way of the queue', async () => {
    expect((await signOut(await listening('/from-page'))).text).toContain('You are signed out');
    await service.readEvents();
    await expect.poll(paths).toEqual(['/from-page']);
  });

  test('a client that hangs holds nobody up', async () => {
    const ended = Promise.withResolvers<void>();
    answer = (_request, response) => void ended.promise.then(() => response.writeHead(200).end());
    const client = await listening('/hanging');
    expect((await signOut(client)).status).toBe(200);
    await service.readEvents();
    await expect.poll(paths).toEqual(['/hanging']);
    ended.resolve();
  });

  test('no logout waits for a queue: whoever reads its event fills that', async () => {
    service.queue.requests.length = 0;
    expect((await signOut(await listening('/later'))).text).toContain('You are signed out');
    expect(service.queue.requests).toEqual([]);
    await service.readEvents();
    await expect.poll(paths).toEqual(['/later']);
  });
});

test('a client on this machine is called only where that is allowed (SSRF)', async () => {
  const limits = { milliseconds: 500, bytes: 1, allowLoopback: false };
  await expect(call(`${base}/x`, { method: 'POST' }, limits)).rejects.toThrow('not https');
  expect(paths()).toEqual([]);
});
