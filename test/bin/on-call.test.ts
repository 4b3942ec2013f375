/** The commands of whoever is on call, against the real local stack and the log that it keeps. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCAL_CREDENTIALS } from '../../dev/credentials.ts';
import { writeLocalEnv } from '../../dev/local-env.ts';
import { logFile } from '../../dev/log-file.ts';
import { type RunningStack, startStack } from '../../dev/stack.ts';
import { form } from '../support/actors/clients.ts';
import { VERIFIER } from '../support/actors/grants.ts';
import type { Sent } from '../support/calls/events.ts';
import { answerOf, openBrowser } from '../support/web/browser.ts';
import { requestOf } from '../support/web/sign-in.ts';
import { home } from './command-line.ts';

let stack: RunningStack;
const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-on-call-'));
const { run, secret, remove } = home();
const ROOT = ['--username', '100@mydomain.com', '--password-file', secret('secret')];
const USER = '200@mydomain.com';
const [USED_APP, UNUSED_APP] = ['app-in-use', 'app-of-nobody'] as const;
const APPS = [USED_APP, UNUSED_APP];
const redirect = 'https://app.example.com/back';
const appOf = (id: string) => ({
  ...{ id, name: id, secret: `${id}-secret`, domain: 'mydomain.com', roles: [] },
  ...{ scopes: ['openid'], redirectUris: [redirect], consent: 'never' as const },
});

beforeAll(async () => {
  const file = logFile(dataDir);
  const more = { clients: APPS.map(appOf), users: [] };
  stack = await startStack({ dataDir, log: file.line, observe: file.call, more });
  const forget = writeLocalEnv(dataDir, stack.endpoints);
  process.env['LATCHKEY_DATA'] = dataDir;
  process.env['PORT'] = new URL(stack.urls.service).port;
  expect(await run('login', '--url', stack.urls.service, ...ROOT)).toMatchObject({ code: 0 });
  return forget;
}, 240_000);
afterAll(async () => {
  remove();
  await stack.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function json(...words: string[]): Promise<unknown> {
  const { code, out, err } = await run(...words, '--json');
  expect({ words, code, err }).toEqual({ words, code: 0, err: '' });
  return JSON.parse(out);
}

const login = (password: string, username = USER) =>
  fetch(`${stack.urls.service}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
async function signIn() {
  const { token = '', key = '' } = (await (await login('secret')).json()) as Record<string, string>;
  return { key, headers: { authorization: `Bearer ${token}` } };
}
/** @returns The answer's request id, by which its caller asks. */
async function called(headers: Record<string, string>, method: string, path: string) {
  const answer = await fetch(`${stack.urls.http}${path}`, { method, headers });
  await answer.arrayBuffer();
  return { status: answer.status, id: answer.headers.get('apigw-requestid') ?? '' };
}
/** The functions' lines come through a pipe. */
const inLog = (text: string) =>
  expect.poll(() => readFileSync(join(dataDir, 'log.ndjson'), 'utf8')).toContain(text);

describe('latchkey why', () => {
  test('says of a refused call who made it, where, on what, and why', async () => {
    const { key, headers } = await signIn();
    const { status, id } = await called(headers, 'DELETE', '/cdr/7');
    expect(status).toBe(403);
    await inLog(id);
    expect(await json('why', id, '--local')).toMatchObject([
      {
        log: 'authorizer',
        members: {
          ...{ code: 'forbidden', rule: 'letter-not-held', resource: 'cdr', letter: 'd', key },
          ...{ domain: 'mydomain.com', address: '127.0.0.1', requestId: id },
        },
      },
    ]);
    const { out } = await run('why', id, '--local');
    expect(out).toContain('the caller does not hold d on cdr');
  });

  test('finds what a call of the service itself left, in each log', async () => {
    const answer = await login('a wrong password');
    const id = answer.headers.get('apigw-requestid') ?? '';
    await inLog(id);
    const lines = (await json('why', id, '--local')) as { log: string }[];
    expect(lines.map(({ log }) => log).sort()).toEqual(['access', 'login']);
  });

  test('a call that it does not find is exit code 5, and says what may be', async () => {
    const { code, err } = await run('why', 'no-such-request', '--local');
    expect(code).toBe(5);
    expect(err).toContain('not sampled');
  });

  test('in a deployment a time range is compulsory', async () => {
    const { code, err } = await run('why', 'some-request', '--stage', 'prod');
    expect(code).toBe(2);
    expect(err).toContain('--since is required');
  });

  test.each([['a" or 1 = 1'], ['a|b'], ['a b'], ['']])('%j is no id', async (id) => {
    expect((await run('why', id, '--local')).code).toBe(2);
  });
});

test('latchkey top counts who is refused, and why', async () => {
  const { key, headers } = await signIn();
  for (let times = 0; times < 2; times++) await called(headers, 'PUT', '/cdr/7');
  const { id } = await called(headers, 'PUT', '/cdr/7');
  await inLog(id);
  const byKey = (await json('top', '--by', 'key', '--local')) as { key: string; calls: number }[];
  expect(byKey.find((one) => one.key === key)?.calls).toBeGreaterThanOrEqual(3);
  const byReason = (await json('top', '--by', 'reason', '--local')) as { reason: string }[];
  expect(byReason.map(({ reason }) => reason)).toContain('the caller does not hold u on cdr');
  expect((await run('top', '--by', 'password', '--local')).code).toBe(2);
  expect((await run('top', '--local')).code).toBe(2);
});

test('R3, A14: latchkey why, top and used find who was refused by Latchkey itself', async () => {
  const { key, headers } = await signIn();
  const answer = await fetch(`${stack.urls.service}/admin/api/roles`, { headers });
  expect(answer.status).toBe(403);
  const id = answer.headers.get('apigw-requestid') ?? '';
  await inLog(id);
  const refused = { key, resource: 'admin/roles', letter: 'r', address: '127.0.0.1' };
  const found = (await json('why', id, '--local')) as { log: string }[];
  expect(found.find(({ log }) => log === 'admin')).toMatchObject({ members: refused });
  const byKey = (await json('top', '--by', 'key', '--local')) as object[];
  expect(byKey).toContainEqual({ key, calls: 1 });
  const { out } = await run('used', key, '--local', '--json');
  const { key: _, ...row } = refused;
  expect(JSON.parse(out)).toMatchObject([
    { ...row, calls: 1, code: 'insufficient_scope', api: 'GET /admin/api/{proxy+}' },
  ]);
});

test('latchkey used says from where a key was used, by each of its names', async () => {
  const made = await run('key', 'create', 'probe', '--user', USER, '--allow', 'cdr=r');
  const text = made.out.trim();
  const part = text.slice(0, text.lastIndexOf('_'));
  const { id } = await called({ 'x-api-key': text }, 'DELETE', '/cdr/7');
  await inLog(id);
  const raw = Buffer.from(part.slice(3), 'base64url').toString().split(' ')[0] ?? '';
  const keys = (await json('key', 'ls', '--user', USER)) as { id: string; name: string }[];
  const shown = keys.find(({ name }) => name === 'probe')?.id ?? '';
  for (const name of [part, raw, shown]) {
    const { code, out } = await run('used', name, '--local', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject([
      { calls: 1, code: 'forbidden', address: '127.0.0.1', resource: 'cdr', letter: 'd' },
    ]);
  }
  expect((await run('used', 'no key', '--local')).code).toBe(2);
  expect((await run('used', text, '--local')).code).toBe(2);
});

test('latchkey who-can names those who may, by which role, and nobody else', async () => {
  const able = (await json('who-can', 'r', 'cdr')) as { name: string; by: string; kind: string }[];
  expect(able).toContainEqual(
    expect.objectContaining({ kind: 'user', name: '100@mydomain.com', by: 'root' }),
  );
  const { headers } = await signIn();
  for (const letter of ['r', 'd']) {
    const holders = (await json('who-can', letter, 'cdr')) as { name: string }[];
    const method = letter === 'r' ? 'GET' : 'DELETE';
    const { status } = await called(headers, method, '/cdr/7');
    expect([letter, holders.some(({ name }) => name === USER)]).toEqual([letter, status === 200]);
  }
  expect((await run('who-can', 'x', 'cdr')).code).toBe(2);
  expect((await run('who-can', 'r', 'nothing')).code).toBe(5);
}, 60_000);

test('latchkey signing-key ls says which key signs, and how old each is', async () => {
  const keys = (await json('signing-key', 'ls', '--local')) as Record<string, unknown>[];
  expect(keys.map(({ alg, state }) => [alg, state]).sort()).toEqual([
    ['ES256', 'signs'],
    ['RS256', 'signs'],
  ]);
  expect(JSON.stringify(keys)).not.toContain('"d"');
  await run('signing-key', 'rotate', '--local');
  const rotated = (await json('signing-key', 'ls', '--local')) as Record<string, unknown>[];
  const states = rotated.map(({ state }) => state);
  expect(states.toSorted()).toEqual(['signs', 'signs', 'waits', 'waits']);
  expect(rotated.find(({ state }) => state === 'signs')).toHaveProperty('goesAt');
}, 60_000);

test('latchkey status says whether it is us', async () => {
  const { verdict, service, keys } = (await json('status', '--local')) as Record<string, never>;
  expect(service).toMatchObject({ us: false, said: expect.stringContaining('answers 200 in') });
  expect(keys).toMatchObject({ us: false, said: expect.stringContaining('ES256 signs') });
  expect(verdict).toBe('nothing here says that it is us');
  const gone = (await json('status', '--local', '--url', 'http://127.0.0.1:9')) as Record<
    string,
    unknown
  >;
  expect(gone['verdict']).toBe('it may be us: service');
}, 60_000);

describe('an application that signs users in', () => {
  const send = async (call: string, { cookies = [], headers, body }: Sent = {}) => {
    const [method = '', path = ''] = call.split(' ');
    const answer = await fetch(`${stack.urls.service}${path}`, {
      ...{ method, redirect: 'manual', headers: { ...headers, cookie: cookies.join('; ') } },
      ...(body !== undefined && { body: String(body) }),
    });
    const text = await answer.text();
    const json = /json/.test(answer.headers.get('content-type') ?? '');
    return {
      ...{ status: answer.status, text, headers: Object.fromEntries(answer.headers) },
      ...{ cookies: answer.headers.getSetCookie(), body: json ? JSON.parse(text) : {} },
    };
  };
  /** As if it had been made two hours ago. */
  const backdate = (id: string) =>
    new DynamoDBClient({
      ...{ endpoint: stack.endpoints.dynamodb, region: 'us-east-1' },
      credentials: LOCAL_CREDENTIALS,
    }).send(
      new UpdateItemCommand({
        TableName: stack.tables.directory,
        Key: { pk: { S: id }, sk: { S: 'subject' } },
        UpdateExpression: 'SET createdAt = :then',
        ExpressionAttributeValues: { ':then': { N: String(Math.floor(Date.now() / 1000) - 7200) } },
      }),
    );
  const unusedClients = async () => {
    const rows = (await json('unused', '--since', '1h')) as { kind: string; id: string }[];
    return rows.flatMap(({ kind, id }) => (kind === 'client' ? id : []));
  };
  async function signInBy(client: string) {
    const browser = openBrowser({ send });
    const page = await browser.authorize(requestOf(client, { redirect_uri: redirect }));
    const { code = '' } = answerOf(await browser.login(page));
    const { status, body } = await send(
      'POST /oauth/token',
      form({
        ...{ grant_type: 'authorization_code', code, redirect_uri: redirect },
        ...{ code_verifier: VERIFIER, client_id: client, client_secret: `${client}-secret` },
      }),
    );
    expect(status).toBe(200);
    return String(body['access_token']);
  }

  test('is not listed by latchkey unused: while they are, and after', async () => {
    for (const id of APPS) await backdate(id);
    expect(await unusedClients()).toEqual(expect.arrayContaining(APPS));
    await signInBy(USED_APP);
    const whileSignedIn = await unusedClients();
    expect(await run('session', 'end', '--user', USER)).toMatchObject({ code: 0 });
    for (const found of [whileSignedIn, await unusedClients()]) {
      expect(found).not.toContain(USED_APP);
      expect(found).toContain(UNUSED_APP);
    }
  }, 120_000);

  test('latchkey used says for what its session was used, by the key that the log has', async () => {
    const token = await signInBy(USED_APP);
    const { id } = await called({ authorization: `Bearer ${token}` }, 'DELETE', '/cdr/7');
    await inLog(id);
    const [line] = (await json('why', id, '--local')) as { members: { key: string } }[];
    const key = line?.members.key ?? '';
    expect(key).toMatch(/^[0-9a-f-]{36}~[0-9a-f-]{36}$/);
    const { code, out } = await run('used', key, '--local', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject([{ calls: 1, code: 'forbidden', address: '127.0.0.1' }]);
  }, 120_000);
});

test('latchkey statistics counts sign-ins and refusals of the whole deployment', async () => {
  await login('wrong');
  await login('secret');
  const totals = async () => {
    const found = (await json('statistics', '--span', '7d')) as Record<
      string,
      { by: string; counts: number[] }[]
    >;
    const of = (series: string) =>
      found[series]?.find(({ by }) => by === 'POST /login')?.counts.reduce((sum, one) => sum + one);
    return Number(of('signIns')) > 0 && Number(of('signInsRefused')) > 0;
  };
  await expect.poll(totals).toBe(true);
  const { code, out } = await run('statistics');
  expect(code).toBe(0);
  expect(out).toMatch(/WHAT +BY +TOTAL +THIS HOUR\nsigned in +POST \/login +\d+ +\d+\n/);
  expect(await run('statistics', '--span', '30d')).toMatchObject({ code: 1, out: '' });
});

test('what a browser calls itself cannot write to the terminal of who audits', async () => {
  const headers = { 'content-type': 'application/json', 'user-agent': 'evil \u009b31m' };
  const body = JSON.stringify({ username: USER, password: 'secret' });
  await fetch(`${stack.urls.service}/login`, { method: 'POST', headers, body });
  const words = ['audit', '--type', 'session.opened', '--since', '1h'];
  // Found by its type once it was numbered.
  for (const how of ['--lines', '--json'])
    await expect.poll(async () => (await run(...words, how)).out).toContain('evil \\u009b31m');
});
