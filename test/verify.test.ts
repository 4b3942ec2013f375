/**
 * The verdict inside a process of one's own: the module as it is built, against the authorizer on the
 * same tables, and what it says of faults. Its types are checked as a consumer's compiler would.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildLibrary } from '../build/library.ts';
import type { createVerifier as CreateVerifier, Verifier } from '../lib/verify.ts';
import { agree, tokensOf, webClient } from './support/actors/grants.ts';
import { httpCall } from './support/calls/events.ts';
import { type Admin, all, type Caller, startAdmin } from './support/running/admin.ts';
import { both, ISSUER, outcome } from './support/running/service.ts';

const ROOT = join(import.meta.dirname, '..');
const BUILT = join(ROOT, `.build/verify-${process.pid}`);
const NOW = Math.floor(Date.parse('2026-01-01T00:00:00Z') / 1000);

let service: Admin;
let root: Caller;
let createVerifier: typeof CreateVerifier;
let verifier: Verifier;
let apiKey: string;
let apiKeyId: string;
let time = NOW;

beforeAll(async () => {
  service = await startAdmin();
  root = await service.by('100@mydomain.com');
  await buildLibrary(BUILT);
  ({ createVerifier } = await import(join(BUILT, 'verify.js')));
  verifier = make();
  const [user] = await all(service, root, '/users?login=200@mydomain.com');
  const wanted = { owner: user?.['id'], name: 'machine', acl: { cdr: ['r'] } };
  const { body } = await service.admin(root, 'POST /keys', { body: wanted });
  apiKey = String(body['key']);
  apiKeyId = String(body['id']);
});
afterAll(async () => {
  rmSync(BUILT, { recursive: true, force: true });
  await service.stop();
});

const make = (change: object = {}) =>
  createVerifier({
    issuer: ISSUER,
    audience: ISSUER,
    directoryTable: service.tables.directory.name,
    sessionsTable: service.tables.sessions.name,
    now: () => time,
    ...change,
  });

type Headers = Record<string, string>;
const CALLS = ['GET /cdr', 'GET /cdr/files/7', 'DELETE /cdr/7', 'POST /book', 'TRACE /cdr'];
const PATHS = ['/cdr/../book', '/cdr%2f..%2fbook', '//cdr', '/CDR', '/cdr;x', '/nowhere', '/cdr/'];
const STATUS = { allowed: 200, forbidden: 403, unauthenticated: 401 } as const;

/** Both, which have to agree. @returns What the process says. */
async function agreed(headers: Headers, call: string) {
  const [method = '', path = ''] = call.split(' ');
  const verdict = await verifier.verify(headers, { method, path });
  const judged = await outcome(() => service.authorizer(httpCall(call, headers)));
  expect([call, STATUS[verdict.status]]).toEqual([call, judged.status]);
  if (verdict.status !== 'allowed') return verdict;
  const { caller, resource, action, own } = verdict;
  const { roles, ...rest } = caller;
  const context = { ...rest, roles: roles.join(' '), resource, action, own: String(own) };
  const { authorizerMs: _, ...said } = judged.context as Record<string, string>;
  expect(said).toEqual(context);
  return verdict;
}

describe('the verdict in a process of its own is that of the authorizer', () => {
  test.each<[string, () => Promise<Headers>]>([
    ['a root', async () => root.headers],
    ['a user, by both halves', async () => both(await service.login('200@mydomain.com'))],
    ['an API key', async () => ({ 'x-api-key': apiKey })],
    ['an API key as a bearer', async () => ({ Authorization: `Bearer ${apiKey}` })],
    ['an API key with a wrong secret', async () => ({ 'x-api-key': `${apiKey.slice(0, -1)}x` })],
    ['nobody', async () => ({})],
    ['two credentials', async () => ({ ...root.headers, 'x-api-key': apiKey })],
    ['a credential of another kind', async () => ({ authorization: 'Basic eDp5' })],
    ['a token that is none', async () => ({ authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' })],
  ])('for %s, on every call and path', async (_case, credential) => {
    const headers = await credential();
    for (const call of [...CALLS, ...PATHS.map((path) => `GET ${path}`)])
      await agreed(headers, call);
  });

  test('and as live: a logout, a switched-off key, an edited role count at the next call', async () => {
    const session = await service.login('200@mydomain.com');
    expect(await agreed(both(session), 'GET /cdr')).toMatchObject({ status: 'allowed' });
    await service.logout(session);
    expect(await agreed(both(session), 'GET /cdr')).toMatchObject({ status: 'unauthenticated' });

    const key = { 'x-api-key': apiKey };
    expect(await agreed(key, 'GET /cdr')).toMatchObject({ status: 'allowed' });
    const { etag } = await service.admin(root, `GET /keys/${apiKeyId}`);
    await service.admin(root, `PATCH /keys/${apiKeyId}`, {
      body: { disabled: true },
      headers: { 'if-match': etag },
    });
    expect(await agreed(key, 'GET /cdr')).toMatchObject({ status: 'unauthenticated' });
  });
});

test('R2: a scope of identity lets nothing be done, unless a client is given time', async () => {
  const client = await webClient(service, { scopes: [] });
  const { access } = await tokensOf(service, await agree(service, { client, scope: 'openid' }));
  const call = { method: 'GET', path: '/cdr' };
  expect(await verifier.verify(access, call)).toMatchObject({
    status: 'forbidden',
    reason: 'the token has no scope of an API',
  });
  const unsafe = make({ unsafeImpliedAccess: true });
  expect(await unsafe.verify(access, call)).toMatchObject({ status: 'allowed' });
});

test('an allowed call is one request to DynamoDB', async () => {
  await verifier.verify(root.headers, { method: 'GET', path: '/cdr' });
  service.dynamodb.requests.length = 0;
  await verifier.verify(root.headers, { method: 'GET', path: '/cdr' });
  expect(service.dynamodb.requests).toHaveLength(1);
});

test('it asks DynamoDB for no more than its documentation says that its role needs', async () => {
  service.dynamodb.requests.length = 0;
  const fresh = make();
  for (const headers of [root.headers, { 'x-api-key': apiKey }])
    await fresh.verify(headers, { method: 'GET', path: '/cdr' });
  const { directory, sessions } = service.tables;
  const asked = service.dynamodb.requests.flatMap(({ action, body }) =>
    Object.keys(body['RequestItems'] ?? { [String(body['TableName'])]: 0 }).map(
      (table) => `${action} ${table}`,
    ),
  );
  for (const one of asked)
    expect([
      `GetItem ${directory.name}`,
      `BatchGetItem ${directory.name}`,
      `BatchGetItem ${sessions.name}`,
      `PutItem ${sessions.name}`,
    ]).toContain(one);
});

test('a credential may be a token alone, and headers may have lists', async () => {
  const token = root.headers['authorization']?.slice('Bearer '.length) ?? '';
  const call = { method: 'GET', path: '/cdr' };
  expect(await verifier.verify(token, call)).toMatchObject({ status: 'allowed' });
  expect(await verifier.verify('', call)).toMatchObject({ status: 'unauthenticated' });
  const twice = { 'x-api-key': [apiKey, apiKey], cookie: undefined };
  expect(await verifier.verify(twice, call)).toMatchObject({ status: 'unauthenticated' });
});

test('tokens of another issuer or audience, and expired ones, are refused', async () => {
  const call = { method: 'GET', path: '/cdr' };
  for (const other of [{ issuer: 'https://else.example' }, { audience: 'https://else.example' }])
    expect(await make(other).verify(root.headers, call)).toMatchObject({
      status: 'unauthenticated',
    });
  time = NOW + 86_400;
  expect(await verifier.verify(root.headers, call)).toMatchObject({ status: 'unauthenticated' });
  time = NOW;
});

test('a fault is thrown, and never an allowed call', async () => {
  const gone = make({ sessionsTable: 'no-such-table' });
  await expect(gone.verify(root.headers, { method: 'GET', path: '/cdr' })).rejects.toThrow();
});

test('as a package it needs what it imports and nothing else, and offers three doors', async () => {
  const { stdout } = await promisify(execFile)('npm', ['pack', '--json', '--dry-run', BUILT], {
    cwd: BUILT,
  });
  const packed = JSON.parse(stdout) as { files: { path: string }[] }[] | Record<string, never>;
  const [first] = Array.isArray(packed) ? packed : Object.values(packed);
  const files = first?.files.map(({ path }) => path) ?? [];
  const doors = ['middy', 'testing', 'verify'].flatMap((name) => [`${name}.d.ts`, `${name}.js`]);
  expect(files.filter((path) => !path.startsWith('chunk-')).sort()).toEqual(
    [...doors, 'package.json'].sort(),
  );
  const manifest = JSON.parse(readFileSync(join(BUILT, 'package.json'), 'utf8')) as object;
  expect(manifest).not.toHaveProperty('optionalDependencies');
  expect(Object.keys((manifest as { dependencies: object }).dependencies).sort()).toEqual([
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/util-dynamodb',
    'jose',
    'valibot',
  ]);
});

test('its types name each other and nothing else of ours', () => {
  for (const name of ['middy', 'testing', 'verify']) {
    const declared = readFileSync(join(BUILT, `${name}.d.ts`), 'utf8');
    const named = [...declared.matchAll(/from ['"]([^'"]+)['"]/g)].map(([, from]) => from);
    expect([name, named.filter((from) => from !== './verify.js')]).toEqual([name, []]);
  }
});

test('the middleware of the package refuses and lets through, with the double of the package', async () => {
  const [{ latchkey }, { allows, verifierThat }] = (await Promise.all([
    import(join(BUILT, 'middy.js')),
    import(join(BUILT, 'testing.js')),
  ])) as [typeof import('../lib/middy.ts'), typeof import('../lib/testing.ts')];
  const event = { rawPath: '/cdr', requestContext: { http: { method: 'GET' } } };
  const { before } = latchkey({ verifier: verifierThat(allows({ subject: 'alice' })) });
  const request = { event: { ...event, latchkey: undefined as never } };
  expect(await before(request)).toBeUndefined();
  expect(request.event).toMatchObject({ latchkey: { caller: { subject: 'alice' } } });
});

test('it loads where Node has no Argon2: it hashes no password', () => {
  const built = readFileSync(join(BUILT, 'verify.js'), 'utf8');
  const [names = ''] = /import [^;]*from "node:crypto"/.exec(built) ?? [];
  expect(names).toContain('verify');
  expect(names).not.toContain('argon2');
});

test('its types stand alone, and make a consumer tell the outcomes apart', async () => {
  const consumer = join(BUILT, 'consumer');
  mkdirSync(consumer);
  writeFileSync(
    join(consumer, 'main.mts'),
    `import { createVerifier } from '../verify.js';
     const { verify } = createVerifier({ issuer: 'i', audience: 'a', directoryTable: 'd', sessionsTable: 's' });
     const verdict = await verify({ authorization: 'x' }, { method: 'GET', path: '/' });
     // @ts-expect-error: only an allowed call has a permission
     verdict.own;
     if (verdict.status === 'allowed') verdict.own satisfies boolean;
     // @ts-expect-error: the tables have no default
     createVerifier({ issuer: 'i', audience: 'a' });`,
  );
  const words =
    '--ignoreConfig --noEmit --strict --module nodenext --target es2024 --types node main.mts';
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const run = promisify(execFile)(process.execPath, [compiler, ...words.split(' ')], {
    cwd: consumer,
  });
  expect(await run.catch((error: { stdout: string }) => error)).toMatchObject({ stdout: '' });
});
