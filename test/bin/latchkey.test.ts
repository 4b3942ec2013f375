/**
 * The command line and the tour against the real local stack: what a command does holds at the very
 * next call. One file and so one stack, since two that start at once would package into one folder.
 */
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
} from 'vitest';
import { COMMANDS } from '../../bin/commands/all.ts';
import { writeLocalEnv } from '../../dev/local-env.ts';
import { type RunningStack, startStack } from '../../dev/stack.ts';
import { LOCAL_ARN } from '../../dev/sts.ts';
import { DOCUMENT } from '../../lib/compose/document.ts';
import { markUndeliverable } from '../../lib/store/sessions/mail.ts';
import { instant } from '../../lib/time.ts';
import { observer } from '../support/calls/openapi.ts';
import { nextMail } from '../support/running/mailbox.ts';
import { makeOlder } from '../support/running/older.ts';
import { tableOf } from '../support/running/tables.ts';
import { atTerminal, home, runScript } from './command-line.ts';

/** Not as the OpenAPI document says. */
const different: string[] = [];
const observe = observer(different);

let stack: RunningStack;
const { run, secret, session, remove } = home();
const LONG = 'correct horse, no staple';
const PASSWORD = secret(LONG, 'user');
const ROOT = ['--username', '100@mydomain.com', '--password-file', secret('secret')];

beforeAll(async () => {
  stack = await startStack({ observe });
  expect(await run('login', '--url', stack.urls.service, ...ROOT)).toMatchObject({ code: 0 });
}, 240_000);
afterAll(async () => {
  remove();
  await stack.stop();
});

afterEach(() => expect(different.splice(0)).toEqual([]));

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** @returns What the command printed as JSON, and nothing else. */
async function json(...words: string[]): Promise<unknown> {
  const { code, out, err } = await run(...words, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.trim().split('\n')).toHaveLength(1);
  return JSON.parse(out);
}
/** The command is done. @returns What it printed. */
async function done(...words: string[]): Promise<string> {
  const { code, out, err } = await run(...words);
  expect({ words, code, refused: code === 0 ? '' : err }).toEqual({ words, code: 0, refused: '' });
  return out.trim();
}

async function signIn(username: string, password = 'correct horse, no staple') {
  const answer = await fetch(`${stack.urls.service}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  const { token = '', key = '' } = (await answer.json()) as { token?: string; key?: string };
  return { status: answer.status, key, headers: { authorization: `Bearer ${token}` } };
}
const call = async (headers: Record<string, string>, path = '/cdr') =>
  (await fetch(`${stack.urls.http}${path}`, { headers })).status;

test('GET /openapi.json is the document as built, with this stack as its server', async () => {
  const answer = await fetch(`${stack.urls.service}/openapi.json`, {
    headers: { origin: 'https://portal.example' },
  });
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(await answer.json()).toEqual({ ...DOCUMENT, servers: [{ url: stack.urls.service }] });
});

describe('npm run tour', () => {
  const tour = () => runScript('dev/tour.ts', [], { PORT: new URL(stack.urls.service).port });

  test('each example is answered as documented, also the second time', async () => {
    for (const _time of ['first', 'second']) {
      const { code, out, err } = await tour();
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(/\n\d+ requests, each answered as documented\n$/);
      for (const call of [
        'POST /login',
        'POST /logout',
        'GET /api/v2/whoami',
        'GET /api/v2/acl/roles',
        'POST /user/auth',
        'POST /user',
        'GET /user',
        'POST /api/v1/authenticate?username=demoadmin&password=demopass',
        'GET /api/v1/authenticate/user',
        'GET /api/v1/helpdesk/api_key',
        'POST /login/connect/token',
      ])
        expect(out).toContain(call.replace(' ', ` ${stack.urls.service}`));
      expect(out).toContain(`GET ${stack.urls.http}/api/v1/Sessions/1234`);
    }
  }, 60_000);

  test('no token and no key is printed whole', async () => {
    const { out } = await tour();
    expect(out).toContain('X-Key: ');
    expect(out).not.toMatch(/[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/);
    expect(out).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(out).not.toMatch(/api_key=\w{20}/);
  });
});

test('login keeps a session in a file that only its owner can read', () => {
  expect((statSync(session).mode & 0o777).toString(8)).toBe('600');
});

describe('users', () => {
  test('one is made, listed, disabled, and refused at the very next call', async () => {
    const words = ['user', 'create', 'bob', '--role', 'user', '--password-file', PASSWORD];
    expect(await json(...words)).toMatchObject({ username: 'bob', roles: ['user'] });
    expect(await done('user', 'ls')).toMatch(/^ID .*USERNAME.*\n[\s\S]*\n[0-9a-f]{8,10} +bob /);
    const bob = await signIn('bob');
    expect(await call(bob.headers)).toBe(200);

    expect(await done('user', 'disable', 'bob')).toBe('bob is disabled');
    expect(await call(bob.headers)).toBe(401);
    await done('user', 'enable', 'BOB');
    expect(await call(bob.headers)).toBe(401);
    const again = await signIn('bob');
    expect(await call(again.headers)).toBe(200);

    await done('user', 'password', 'bob', '--password-file', secret('fresh', 'new'));
    expect(await call(again.headers)).toBe(401);
    expect([(await signIn('bob')).status, (await signIn('bob', 'fresh')).status]).toEqual([
      401, 200,
    ]);
    await done('user', 'delete', 'bob');
    expect(await run('user', 'show', 'bob')).toMatchObject({
      code: 5,
      err: 'there is no user bob\n',
    });
  }, 40_000);

  test('one is changed in what is named, and in nothing else', async () => {
    const words = ['--email', 'carol@example.com', '--role', 'user', '--password-file', PASSWORD];
    await done('user', 'create', 'carol', ...words);
    const before = (await json('user', 'show', 'carol')) as Record<string, unknown>;
    const { updatedAt: _, ...kept } = before;
    expect(before).toMatchObject({ activated: false, roles: ['user'] });
    expect(await json('user', 'change', 'carol', '--active')).toMatchObject({
      ...kept,
      activated: true,
    });
    const roles = ['--role', 'admin', '--role', 'user'];
    expect(await json('user', 'change', 'carol@example.com', ...roles)).toMatchObject({
      email: 'carol@example.com',
      activated: true,
      roles: ['admin', 'user'],
    });
    await done('user', 'change', 'carol', '--email', 'c@example.com');
    expect(await run('user', 'show', 'carol@example.com')).toMatchObject({ code: 5 });
    expect(await json('user', 'show', 'c@example.com')).toMatchObject({ roles: ['admin', 'user'] });
    const bad = await run('user', 'change', 'carol', '--role', 'ghost');
    expect({ ...bad, err: '' }).toEqual({ code: 1, out: '', err: '' });
    expect(bad.err).toContain('roles');
    expect((await run('user', 'change', 'carol', '--email', 'no-address')).err).toContain('email');
    expect((await run('user', 'change', 'nobody', '--active')).code).toBe(5);
    await done('user', 'delete', 'carol');
  }, 40_000);

  test('a list is one JSON document, of as many as were asked for', async () => {
    const users = (await json('user', 'ls')) as Record<string, unknown>[];
    expect(users.length).toBeGreaterThan(2);
    expect(users).toContainEqual(
      expect.objectContaining({ username: '100@mydomain.com', roles: ['root'], disabled: false }),
    );
    const { out, err } = await run('user', 'ls', '--limit', '2', '--json');
    expect(JSON.parse(out)).toHaveLength(2);
    expect(err).toBe('');
  });

  test('a refusal is the service’s own words, on stderr, and exit 7 for a conflict', async () => {
    const words = ['user', 'create', 'DEMOADMIN', '--password-file', PASSWORD];
    expect(await run(...words)).toEqual({ code: 7, out: '', err: 'username: is taken\n' });
  });
});

test('a session is listed, ended, and refused at the very next call', async () => {
  const { headers } = await signIn('200@mydomain.com', 'secret');
  const [only] = (await json('session', 'ls', '--user', '200@mydomain.com')) as { id: string }[];
  expect(await call(headers)).toBe(200);
  await done('session', 'end', String(only?.id));
  expect(await call(headers)).toBe(401);

  const again = await signIn('200@mydomain.com', 'secret');
  await done('session', 'end', '--user', '200@mydomain.com');
  expect(await call(again.headers)).toBe(401);
}, 40_000);

test('a session is named by its X-Key, too, where its owner is named', async () => {
  const { headers, key } = await signIn('200@mydomain.com', 'secret');
  const user = ['--user', '200@mydomain.com'];
  expect(await json('explain', '--key', key, ...user, 'GET', '/cdr')).toMatchObject({
    verdict: 'allowed',
  });
  expect(await run('explain', '--key', key, 'GET', '/cdr')).toMatchObject({ code: 2 });
  expect(await run('session', 'end', key)).toMatchObject({
    code: 2,
    err: expect.stringContaining('session ls'),
  });
  const wrong = await run('session', 'end', key, '--user', '100@mydomain.com');
  expect(wrong).toMatchObject({ code: 5, out: '' });
  expect(await call(headers)).toBe(200);
  await done('session', 'end', key, ...user);
  expect(await call(headers)).toBe(401);
  expect(await run('session', 'end', key, ...user)).toMatchObject({ code: 5, out: '' });
}, 40_000);

test('where the stage is not deployed, its table is named', async () => {
  const folder = dirname(PASSWORD);
  onTestFinished(writeLocalEnv(folder, stack.endpoints));
  const ask = (...words: string[]) => {
    const place = ['--local', '--stage', 'nowhere'];
    return runScript('bin/latchkey.ts', [...words, ...place], { LATCHKEY_DATA: folder });
  };
  const root = ['--username', 'r', '--domain', 'd', '--password-file', PASSWORD];
  const advice = 'in us-east-1: deploy the stage first, or give --region\n';
  expect(await ask('admin', 'create', ...root)).toEqual({
    code: 1,
    out: '',
    err: `no table latchkey-nowhere-directory ${advice}`,
  });
  expect(await ask('keys', 'rotate')).toEqual({
    code: 1,
    out: '',
    err: `no table latchkey-nowhere-directory ${advice}`,
  });
}, 40_000);

test('a client’s secret is alone on stdout, once; a new one ends the old one', async () => {
  const token = async (password: string) => {
    const form = { grant_type: 'client_credentials', client_id: 'app', client_secret: password };
    const body = new URLSearchParams(form);
    return (await fetch(`${stack.urls.service}/oauth/token`, { method: 'POST', body })).status;
  };
  const first = await done('client', 'create', 'app', '--role', 'api');
  expect(first).toMatch(/^\w{43}$/);
  expect(await token(first)).toBe(200);
  const second = await done('client', 'secret', 'app');
  expect([await token(first), await token(second)]).toEqual([401, 200]);
  await done('client', 'disable', 'app');
  expect(await token(second)).toBe(401);
  expect(await done('client', 'ls')).toMatch(/\napp .* true$/m);
  await done('client', 'delete', 'app');
}, 40_000);

test('a client of users is made and changed; a public one has no secret', async () => {
  const uri = [
    '--redirect-uri',
    'https://app.example.com/cb',
    '--redirect-uri',
    'com.example.app:/cb',
  ];
  const made = await json('client', 'create', 'spa', '--public', ...uri, '--consent', 'never');
  expect(made).toMatchObject({
    authentication: 'none',
    grants: ['authorization_code', 'refresh_token'],
    redirectUris: [uri[1], uri[3]],
    consent: 'never',
    secrets: [],
  });
  expect(made).not.toHaveProperty('secret');
  const jwks = secret(
    JSON.stringify({ keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }] }),
    'jwks',
  );
  expect(await json('client', 'change', 'spa', '--jwks', jwks)).toMatchObject({
    authentication: 'private_key_jwt',
    jwks: { keys: [{ kty: 'EC' }] },
    redirectUris: [uri[1], uri[3]],
  });
  const byUri = await json('client', 'change', 'spa', '--jwks-uri', 'https://app.example.com/jwks');
  expect(byUri).toMatchObject({ jwksUri: 'https://app.example.com/jwks' });
  expect(byUri).not.toHaveProperty('jwks');
  const bad = await run('client', 'create', 'bad', '--redirect-uri', 'http://app.example.com/');
  expect(bad.code).toBe(1);
  expect(bad.err).toContain('redirectUris');
  await done('client', 'delete', 'spa');
}, 40_000);

test('a key is made, switched off and on, gets another secret, and is deleted', async () => {
  const key = await done('key', 'create', 'ci', '--user', '200@mydomain.com', '--allow', 'cdr=r');
  const callWith = (text: string) => call({ 'x-api-key': text });
  expect(await callWith(key)).toBe(200);
  const keys = (await json('key', 'ls', '--user', '200@mydomain.com')) as { id: string }[];
  const id = String(keys[0]?.id);
  await done('key', 'disable', id);
  expect(await callWith(key)).toBe(401);
  await done('key', 'enable', id);
  const other = await done('key', 'rotate', id);
  expect([await callWith(key), await callWith(other)]).toEqual([401, 200]);
  await done('key', 'delete', id);
  expect(await callWith(other)).toBe(401);
}, 40_000);

test('A10: an administrator has left: what they made is listed, and ends at the next call', async () => {
  const [name, file] = ['leaver@mydomain.com', secret(LONG, 'leaver')];
  await done('role', 'set', 'keeper', '--allow', 'admin/keys=*', '--allow', 'cdr=r');
  await done('user', 'create', name, '--role', 'keeper', '--password-file', file);
  const leaver = home();
  onTestFinished(leaver.remove);
  const words = ['--username', name, '--password-file', file];
  await leaver.run('login', '--url', stack.urls.service, ...words);
  const made = ['ci', 'cd'].map((key) =>
    leaver.run('key', 'create', key, '--domain', 'mydomain.com', '--allow', 'cdr=r'),
  );
  const keys = (await Promise.all(made)).map(({ out }) => out.trim());
  const answers = () => Promise.all(keys.map((key) => call({ 'x-api-key': key })));
  expect(await answers()).toEqual([200, 200]);

  await done('user', 'disable', name);
  // They belong to the domain, and so outlive the one who knows their secrets.
  expect(await answers()).toEqual([200, 200]);
  expect(await json('key', 'ls', '--created-by', name)).toMatchObject([
    { owner: 'domain#mydomain.com' },
    { owner: 'domain#mydomain.com' },
  ]);
  expect(await json('domain-token', 'ls', '--created-by', name)).toEqual([]);
  expect(await done('key', 'delete', '--created-by', name)).toBe(
    `deleted 2 keys that ${name} had made`,
  );
  expect(await done('domain-token', 'delete', '--created-by', name)).toContain('deleted 0');
  expect(await answers()).toEqual([401, 401]);
  expect(await json('key', 'ls', '--created-by', name)).toEqual([]);
  for (const wrong of [
    ['key', 'delete'],
    ['key', 'delete', 'x', '--created-by', name],
    ['key', 'ls', '--created-by', name, '--domain', 'mydomain.com'],
  ])
    expect((await run(...wrong)).code).toBe(2);
  expect((await run('key', 'ls', '--created-by', 'nobody')).code).toBe(5);
}, 60_000);

test('A10: what is refused of all that somebody made keeps none of the rest alive', async () => {
  const file = secret(LONG, 'maker');
  await done('role', 'set', 'key-keeper', '--allow', 'admin/keys=*', '--allow', 'admin/users=r');
  await done('role', 'set', 'holds-more', '--allow', 'cdr=r');
  const names = ['maker', 'promoted', 'deputy'].map((name) => `${name}@mydomain.com`);
  const [maker = '', promoted = '', deputy = ''] = names;
  for (const name of names)
    await done('user', 'create', name, '--role', 'key-keeper', '--password-file', file);
  const by = (name: string) => {
    const place = home();
    onTestFinished(place.remove);
    const words = ['--username', name, '--password-file', file];
    return { ...place, login: () => place.run('login', '--url', stack.urls.service, ...words) };
  };
  const [making, ending] = [by(maker), by(deputy)];
  await Promise.all([making.login(), ending.login()]);
  for (const owner of [promoted, deputy, promoted])
    expect(
      await making.run('key', 'create', 'k', '--user', owner, '--allow', 'admin/users=r'),
    ).toMatchObject({ code: 0 });
  expect((await json('key', 'ls', '--created-by', maker)) as object[]).toHaveLength(3);

  // Nobody ends a key of somebody who holds more.
  await done('user', 'change', promoted, '--role', 'key-keeper', '--role', 'holds-more');
  const { code, out } = await ending.run('key', 'delete', '--created-by', maker, '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual({
    deleted: [expect.any(String)],
    refused: Array(2).fill({ id: expect.any(String), error: expect.any(String) }),
  });
  const again = await ending.run('key', 'delete', '--created-by', maker);
  expect(again).toMatchObject({ code: 1, out: expect.stringContaining('deleted 0 keys') });
  expect(again.out.trim().split('\n')).toHaveLength(3);
  expect(await done('key', 'delete', '--created-by', maker)).toContain('deleted 2 keys');
}, 60_000);

test('A10: a key that a client, or a domain by its key, has made is found by it', async () => {
  expect(await json('key', 'ls', '--created-by', 'domain#mydomain.com')).toEqual([]);
  expect(await json('key', 'ls', '--created-by', 'demo-api')).toEqual([]);
  expect((await run('key', 'ls', '--created-by', 'demo-nothing')).code).toBe(5);
});

test('A10: a key that never ends is asked for as such', async () => {
  const created = async (...more: string[]) => json('key', 'create', 'ends', ...more);
  expect(await created()).toHaveProperty('expiresAt');
  expect(await created('--expires', 'never')).not.toHaveProperty('expiresAt');
  expect(await json('settings', 'set', 'maxKeyLifetime', '86400')).toMatchObject({
    maxKeyLifetime: 86_400,
  });
  expect(await run('key', 'create', 'ends', '--expires', 'never')).toMatchObject({
    code: 1,
    err: expect.stringContaining('86400 seconds'),
  });
  await done('settings', 'set', 'maxKeyLifetime', 'null');
}, 40_000);

describe('whoever found a key can switch it off', () => {
  const USER = ['--user', '200@mydomain.com'];
  const callWith = (text: string) => call({ 'x-api-key': text });

  test('by its lk_ part, its id, or key-… and the owner, each at the next call', async () => {
    const key = await done('key', 'create', 'leaky', ...USER, '--allow', 'cdr=r');
    const part = key.slice(0, key.lastIndexOf('_'));
    const id = Buffer.from(part.slice(3), 'base64url').toString().split(' ')[0] ?? '';
    expect(id).toMatch(/^key-/);
    for (const named of [[part], [part.slice(3)], [id, ...USER]]) {
      await done('key', 'disable', ...named);
      expect(await callWith(key)).toBe(401);
      await done('key', 'enable', ...named);
      expect(await callWith(key)).toBe(200);
    }
    expect(await json('explain', '--key', part, 'GET', '/cdr')).toMatchObject({
      verdict: 'allowed',
    });
    expect(await json('explain', '--key', id, ...USER, 'PUT', '/cdr')).toMatchObject({
      verdict: 'forbidden',
    });
    const other = await done('key', 'rotate', part);
    expect([await callWith(key), await callWith(other)]).toEqual([401, 200]);
    await done('key', 'delete', part);
    expect(await callWith(other)).toBe(401);
    const gone = await run('key', 'delete', part);
    expect(gone).toMatchObject({ code: 5, err: expect.stringContaining('there is no key') });
  }, 60_000);

  test('anything else is refused with what is expected, and nothing is said to be done', async () => {
    const key = await done('key', 'create', 'leaky', ...USER, '--allow', 'cdr=r');
    const id = Buffer.from(key.slice(3, key.lastIndexOf('_')), 'base64url').toString();
    const raw = id.split(' ')[0] ?? '';
    for (const named of [[raw], ['leaky'], ['leaky', ...USER], [key.slice(0, -9)]]) {
      const { code, out, err } = await run('key', 'delete', ...named);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/expected KEY: .*key ls|its id is enough/);
      expect(err).not.toContain(key.slice(-20, -9));
    }
    const elsewhere = await run('key', 'delete', raw, '--user', '100@mydomain.com');
    expect(elsewhere).toMatchObject({ code: 5, out: '' });
    expect(elsewhere.err).toContain('key ls lists');
    expect((await run('session', 'end', key.slice(0, key.lastIndexOf('_')))).code).toBe(2);
    expect(await callWith(key)).toBe(200);
    await done('key', 'delete', raw, ...USER);
  }, 60_000);
});

test('roles and resources: set makes them, and then changes what is named', async () => {
  await done('resource', 'set', 'cdr/archive');
  await done('resource', 'set', 'cdr/archive', '--pattern', '/cdr/archive/{id}');
  expect(await json('resource', 'ls')).toContainEqual({
    name: 'cdr/archive',
    patterns: ['/cdr/archive/{id}'],
  });
  await done('role', 'set', 'desk', '--parent', 'user', '--allow', 'cdr=r,u', '--allow', 'book=r');
  await done('role', 'set', 'desk', '--allow', 'book=', '--no-parents');
  expect(await json('role', 'show', 'desk')).toMatchObject({
    parents: [],
    acl: { cdr: ['r', 'u'] },
  });
  await done('role', 'delete', 'desk');
  expect(await run('role', 'show', 'desk')).toMatchObject({ code: 5, err: 'Role not found.\n' });
}, 40_000);

test('a domain is made, disabled, enabled, and signed out', async () => {
  await done('domain', 'create', 'other.example');
  const words = ['--domain', 'other.example', '--role', 'user', '--password-file', PASSWORD];
  await done('user', 'create', 'eve', ...words);
  const eve = await signIn('eve');
  await done('domain', 'disable', 'other.example');
  expect(await call(eve.headers)).toBe(401);
  await done('domain', 'enable', 'other.example');
  expect(await call(eve.headers)).toBe(401);
  const again = await signIn('eve');
  expect(await call(again.headers)).toBe(200);
  await done('domain', 'sign-out', 'other.example');
  expect(await call(again.headers)).toBe(401);
  expect(await done('domain', 'ls')).toMatch(/^other\.example +false +full$/m);
  expect(await done('domain', 'change', 'other.example', '--self-delete', 'true')).toMatch(
    /selfDelete +true/,
  );
  const odd = await run('domain', 'change', 'other.example', '--self-delete', 'perhaps');
  expect(odd).toMatchObject({ code: 2, err: expect.stringContaining('true or false') });
  expect(await done('domain', 'change', 'other.example', '--self-delete', 'default')).toMatch(
    /selfDelete +false/,
  );
}, 40_000);

test('an API description becomes resources, and explain says why a call is refused', async () => {
  const description = secret(
    'openapi: 3.1.0\npaths:\n  /orders/{id}:\n    get: {}\n  /book:\n    get: {}',
    'openapi.yaml',
  );
  const imported = { created: ['orders'], changed: [], unchanged: ['book'] };
  expect(await json('resource', 'import', description, '--dry-run')).toEqual(imported);
  expect(await json('resource', 'import', description)).toEqual(imported);
  expect(await done('resource', 'import', description)).toMatch(/orders +\/orders +unchanged/);
  expect(await run('resource', 'import', '/nowhere')).toMatchObject({ code: 1 });
  expect(await run('resource', 'import', PASSWORD)).toMatchObject({ code: 1 });

  const [session] = (await json('session', 'ls')) as { id: string }[];
  const key = session?.id ?? '';
  expect(await json('explain', '--key', key, 'get', '/cdr/7')).toMatchObject({
    verdict: 'allowed',
    own: false,
  });
  const refused = await done('explain', '--key', key, 'GET', '/orders/7');
  expect(refused).toMatch(/NO +role root +r on orders: not granted/);
  expect(refused).toMatch(/\nforbidden\n\nto allow it: r on orders in a role of its owner/);
  expect(await run('explain', '--key', 'lk_abc', 'GET', '/cdr')).toMatchObject({ code: 2 });
});

describe('who is signed in', () => {
  test('a wrong password is refused: exit 1, and the session before it stays', async () => {
    const wrong = ['--username', '100@mydomain.com', '--password-file', PASSWORD];
    const refused = await run('login', '--url', stack.urls.service, ...wrong);
    expect(refused).toEqual({ code: 1, out: '', err: 'Invalid credentials\n' });
    await done('domain', 'ls');
  });

  test('a token goes to the service that issued it, and to no other', async () => {
    const { code, err } = await run('user', 'ls', '--url', stack.urls.http);
    expect(code).toBe(1);
    expect(err).toContain('log in there first');
  });

  test('who may not administer is refused: exit 6', async () => {
    const other = home();
    const file = other.secret('secret');
    const words = ['--username', '200@mydomain.com', '--password-file', file];
    expect((await other.run('login', '--url', stack.urls.service, ...words)).code).toBe(0);
    expect(await other.run('user', 'ls')).toEqual({
      code: 6,
      out: '',
      err: 'The caller may not do this.\n',
    });
    const said = {
      error: {
        ...{ code: 'insufficient_scope', rule: 'not-permitted' },
        ...{ message: 'The caller may not do this.', exitCode: 6 },
      },
    };
    expect(JSON.parse((await other.run('user', 'ls', '--json')).err)).toEqual(said);

    // N9: what is one's own belongs to everybody.
    expect((await other.run('whoami')).out).toContain('200@mydomain.com');
    expect((await other.run('session', 'ls')).code).toBe(0);
    const made = await other.run('key', 'create', 'mine', '--json');
    const { id } = JSON.parse(made.out);
    expect((await other.run('key', 'ls')).out).toContain('mine');
    expect((await other.run('key', 'show', id)).out).toContain('mine');
    expect((await other.run('key', 'disable', id)).code).toBe(0);
    expect((await other.run('key', 'delete', id)).code).toBe(0);
    expect((await other.run('me', 'consents')).code).toBe(0);
    const taken = await other.run('me', 'withdraw', 'calendar');
    expect(taken).toMatchObject({ code: 0, out: 'calendar has no access any more\n' });
    await expect
      .poll(async () => (await other.run('me', 'activity')).out, { timeout: 20_000 })
      .toMatch(/key\.deleted +oneself/);
    const acts = JSON.parse((await other.run('me', 'activity', '--limit', '1', '--json')).out);
    expect(acts).toHaveLength(1);
    other.remove();
  }, 60_000);

  test('a session that has ended is exit 3, and so is one that was logged out', async () => {
    await done('session', 'end', '--user', '100@mydomain.com');
    const { code, err } = await run('user', 'ls');
    expect({ code, err }).toMatchObject({ code: 3, err: expect.stringContaining('has ended') });
    await done('login', '--url', stack.urls.service, ...ROOT);
    expect(await done('logout')).toBe(`signed out of ${stack.urls.service}`);
    expect(await run('user', 'ls')).toMatchObject({ code: 3 });
  });
});

describe('L6, N5: every noun has its show', () => {
  beforeAll(() => done('login', '--url', stack.urls.service, ...ROOT));

  test('and whoami, settings and the audit are there', async () => {
    expect(await json('whoami')).toMatchObject({ username: '100@mydomain.com' });
    const untouched = await json('settings', 'show');
    expect(untouched).toMatchObject({ faveoApiKeyMandatory: false });
    expect(await json('settings', 'set', 'userCreateScope', '["admin"]')).toMatchObject({
      userCreateScope: ['admin'],
    });
    expect(await json('settings', 'set', 'userCreateScope', 'null')).toEqual(untouched);
    expect(await json('domain', 'show', 'mydomain.com')).toMatchObject({ passwords: 'seed' });
    expect(await json('resource', 'show', 'cdr/files')).toMatchObject({ name: 'cdr/files' });
    const [first] = (await json('session', 'ls')) as { id: string }[];
    expect(await json('session', 'show', String(first?.id))).toMatchObject({ id: first?.id });
    expect(await done('audit', 'ls')).toMatch(/settings/);
    expect(await json('domain-token', 'ls')).toEqual([]);
  }, 40_000);

  test('what happened is a table, differences, or a line of JSON each', async () => {
    await done('settings', 'set', 'faveoApiKeyMandatory', 'true');
    await done('settings', 'set', 'faveoApiKeyMandatory', 'false');
    expect(await done('audit', '--limit', '1')).toMatch(
      /^AT +TYPE +TARGET +DOMAIN +ACTOR +ADDRESS\n\S+ +settings.changed +settings +100@mydomain.com +127.0.0.1$/,
    );
    const diff = await done('audit', '--since', '1h', '--limit', '1', '--diff');
    expect(diff).toMatch(/ settings.changed +settings +by 100@mydomain.com\n/);
    expect(diff).toContain('  - faveoApiKeyMandatory: true\n  + faveoApiKeyMandatory: false');
    const lines = (await done('audit', '--limit', '2', '--lines')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(Array(2).fill('settings.changed'));
    expect(await run('audit', '--since', 'yesterday')).toMatchObject({ code: 2 });
    expect(await run('audit', '--diff', '--lines')).toMatchObject({ code: 2 });
    expect(await run('audit', '--type', 'user.eaten')).toMatchObject({ code: 1 });
  }, 40_000);

  test('what is done with AWS credentials is told in their holder’s name', async () => {
    const folder = dirname(PASSWORD);
    onTestFinished(writeLocalEnv(folder, stack.endpoints));
    const ask = (...words: string[]) =>
      runScript('bin/latchkey.ts', [...words, '--local'], { LATCHKEY_DATA: folder });
    const root = ['--username', 'second root', '--domain', 'second.example'];
    const password = secret('a long enough pass phrase', 'second');
    const made = await ask('admin', 'create', ...root, '--password-file', password);
    expect(made.code).toBe(0);
    expect((await ask('signing-key', 'rotate')).code).toBe(0);
    expect((await ask('audit', 'migrate')).out).toMatch(/^moved 0 events/);
    expect((await ask('lists', 'fill')).out).toMatch(/^listed \d+ users and clients of \d domains/);
    const events = (await json('audit')) as {
      type: string;
      actor: { kind: string; arn: string };
    }[];
    const byAws = events.filter(({ actor }) => actor.kind === 'aws');
    expect(new Set(byAws.map(({ type }) => type))).toEqual(
      new Set([
        ...['domain.created', 'user.created', 'user.made-administrator'],
        ...['signing-keys.rotation-requested', 'signing-keys.rotated'],
      ]),
    );
    const hands = byAws.filter(({ type }) => type !== 'signing-keys.rotated');
    expect(new Set(hands.map(({ actor }) => actor.arn))).toEqual(new Set([LOCAL_ARN]));
  }, 60_000);

  test('mail check --local sends to the mailbox, and mail unmark is told of', async () => {
    const folder = dirname(PASSWORD);
    onTestFinished(writeLocalEnv(folder, stack.endpoints));
    const ask = (...words: string[]) =>
      runScript('bin/latchkey.ts', [...words, '--local'], { LATCHKEY_DATA: folder });
    const checked = await ask('mail', 'check', '--to', 'you@example.com');
    expect(checked).toMatchObject({ code: 0, err: '' });
    expect(checked.out).toMatch(
      /^yes {2}127\.0\.0\.1:\d+ is there \(none\)\nyes {2}a test was sent/,
    );
    expect((await nextMail(stack, 'you@example.com')).subject).toBe('A test of Latchkey');
    const unmark = () => ask('mail', 'unmark', 'you@example.com');
    expect(await unmark()).toMatchObject({ code: 1, err: expect.stringContaining('not marked') });
    await markUndeliverable(tableOf(stack, 'sessions'), 'you@example.com', {
      why: 'bounced',
      at: instant(1_800_000_000),
    });
    expect(await unmark()).toMatchObject({ code: 0, err: '' });
    expect(await done('audit', '--type', 'mail.resumed')).toContain(LOCAL_ARN);
  }, 60_000);

  test('user invite writes in the language that is said, and does when it is asked again', async () => {
    const place = ['domain', 'change', 'mydomain.com', '--sign-up'];
    await done(...place, 'invite');
    onTestFinished(async () => {
      await done(...place, 'default');
      await done('user', 'delete', 'eva@example.com');
    });
    expect(await done('user', 'invite', 'eva@example.com', '--locale', 'cs')).toMatch(
      /^invited eva/,
    );
    const first = await nextMail(stack, 'eva@example.com');
    expect(first.subject).toContain('Pozvánka');
    expect(await done('user', 'invite', 'eva@example.com')).toContain('again');
    expect((await nextMail(stack, 'eva@example.com', 1)).subject).toBe(first.subject);
  }, 60_000);

  test('L2: root is said to be what it is', async () => {
    const { code, err } = await run('role', 'show', 'root');
    expect(code).toBe(5);
    expect(err).toContain('root is the role that may do everything');
  });

  test('R9: letters that the owner of a key does not hold are warned of', async () => {
    const words = ['key', 'create', 'wide', '--user', '200@mydomain.com'];
    const { code, err } = await run(...words, '--allow', 'cdr=r,d', '--allow', 'book=c');
    expect(code).toBe(0);
    expect(err).toContain('warning: its owner may not cdr=d, so neither may the key');
    expect((await run(...words, '--allow', 'cdr=r')).err).not.toContain('warning');
  });

  test("L5: --email '' takes the address away", async () => {
    const words = ['--email', 'dave@example.com', '--password-file', PASSWORD];
    await done('user', 'create', 'dave', ...words);
    expect(await json('user', 'change', 'dave', '--email', '')).not.toHaveProperty('email');
    await done('user', 'delete', 'dave');
  });

  test('L4: a refusal with --json has code, rule and field', async () => {
    const { code, out, err } = await run(
      'user',
      'create',
      'DEMOADMIN',
      '--password-file',
      PASSWORD,
      '--json',
    );
    expect({ code, out }).toEqual({ code: 7, out: '' });
    expect(JSON.parse(err)).toEqual({
      error: {
        message: 'username: is taken',
        exitCode: 7,
        code: 'conflict',
        rule: 'already-taken',
        field: 'username',
      },
    });
  });

  test('L5: https at a plain port is said in words', async () => {
    const url = stack.urls.service.replace('http:', 'https:');
    const { code, err } = await run('login', '--url', url, ...ROOT);
    expect(code).toBe(4);
    expect(err).toContain('it does not speak https');
    expect(err).not.toMatch(/ssl|openssl/i);
  });
});

describe('R10: short ids', () => {
  const USER = ['--user', '200@mydomain.com'];
  const ids = (text: string) =>
    text
      .split('\n')
      .slice(1)
      .map((line) => line.split(' ')[0] ?? '');
  beforeAll(() => done('login', '--url', stack.urls.service, ...ROOT));

  test('a list shows them, and --full and --json the whole ones', async () => {
    await done('key', 'create', 'short', ...USER, '--allow', 'cdr=r');
    const [short = ''] = ids(await done('key', 'ls', ...USER));
    expect(short).toMatch(/^key-[0-9a-f-]{8,12}$/);
    const [full = ''] = ids(await done('key', 'ls', ...USER, '--full'));
    const keys = (await json('key', 'ls', ...USER)) as { id: string }[];
    expect(keys.map(({ id }) => id)).toContain(full);
    expect(full.length).toBeGreaterThan(60);
    for (const list of [
      ['user', 'ls'],
      ['session', 'ls'],
      ['key', 'ls', ...USER],
    ])
      for (const line of (await done(...list)).split('\n'))
        expect(line.length, line).toBeLessThan(160);
  }, 40_000);

  test('the beginning of an id is accepted where an id is, whole ones as before', async () => {
    const key = await done('key', 'create', 'begun', ...USER, '--allow', 'cdr=r');
    const all = (await json('key', 'ls', ...USER)) as { id: string; name: string }[];
    const { id = '' } = all.find(({ name }) => name === 'begun') ?? {};
    const [, own = ''] = JSON.parse(Buffer.from(id, 'base64url').toString()) as string[];
    const short = own.slice(0, 16);
    expect(await json('key', 'show', short, ...USER)).toMatchObject({ id, name: 'begun' });
    expect(await json('explain', '--key', short, ...USER, 'GET', '/cdr')).toMatchObject({
      verdict: 'allowed',
    });
    await done('key', 'disable', short, ...USER);
    expect(await call({ 'x-api-key': key })).toBe(401);
    await done('key', 'delete', short, ...USER);
    expect(await run('key', 'show', short, ...USER)).toMatchObject({
      code: 5,
      err: `there is no key whose id begins with ${short}: key ls lists them\n`,
    });
    // Of one's own, unless an owner is named.
    const [mine = ''] = ids(await done('session', 'ls'));
    expect(await done('session', 'show', mine)).toContain('current');
    expect(await run('session', 'show', mine, ...USER)).toMatchObject({ code: 5 });
    const [user = ''] = ids(await done('user', 'ls'));
    expect(await done('user', 'show', user.slice(0, 8))).toContain('username');
  }, 60_000);

  test('a domain token is shown, switched and deleted by them', async () => {
    const answer = await fetch(`${stack.urls.service}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: '100@mydomain.com', password: 'secret' }),
    });
    const { token } = (await answer.json()) as { token: string };
    const made = await fetch(`${stack.urls.service}/api/v2/domains/mydomain.com/settings/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ role: 'user', expire: Date.now() + 86_400_000 }),
    });
    expect(made.status).toBe(200);
    const [id = ''] = ids(await done('domain-token', 'ls'));
    expect(id).toMatch(/^[0-9a-f-]{8,12}$/);
    expect(await json('domain-token', 'show', id)).toMatchObject({ domain: 'mydomain.com' });
    await done('domain-token', 'disable', id);
    await done('domain-token', 'delete', id, '--domain', 'mydomain.com');
    expect(await json('domain-token', 'ls')).toEqual([]);
  }, 40_000);
});

describe('what a whole domain has, and who holds what', () => {
  beforeAll(() => done('login', '--url', stack.urls.service, ...ROOT));

  type Row = Record<string, unknown>;
  const rows = async (...words: string[]) => (await json(...words)) as Row[];

  test('users by the beginning of their name, by role and by state', async () => {
    await done('role', 'set', 'sorter', '--allow', 'cdr=r');
    await done('user', 'create', 'sorted', '--password-file', PASSWORD, '--role', 'sorter');
    const named = async (...words: string[]) =>
      (await rows('user', 'ls', ...words)).map(({ username }) => username);
    expect(await named('--prefix', 'SORT')).toEqual(['sorted']);
    expect(await named('--role', 'sorter')).toEqual(['sorted']);
    expect(await named('--role', 'sorter', '--state', 'disabled')).toEqual([]);
    expect((await run('user', 'ls', '--state', 'off')).code).not.toBe(0);
  });

  test('who holds a role, and who would lose by an edit, which is not made', async () => {
    expect(await rows('role', 'holders', 'sorter')).toMatchObject([
      { kind: 'user', name: 'sorted' },
    ]);
    const tried = await done('role', 'set', 'sorter', '--allow', 'cdr=', '--dry-run');
    expect(tried).toMatch(/ROLE +GAINS +LOSES +HOLDERS\nsorter +cdr=r +1$/);
    expect(await json('role', 'show', 'sorter')).toMatchObject({ acl: { cdr: ['r'] } });
  });

  test('all of its keys, and all of its sessions', async () => {
    await done('key', 'create', 'of-domain', '--user', 'sorted', '--allow', 'cdr=r');
    const keys = await rows('key', 'ls', '--in', 'mydomain.com');
    expect(keys).toContainEqual(
      expect.objectContaining({ name: 'of-domain', ownerName: 'sorted', left: { cdr: ['r'] } }),
    );
    await signIn('sorted');
    const all = ['session', 'ls', '--in', 'mydomain.com'];
    const sessions = await rows(...all, '--kind', 'webitel', '--through', 'webitel');
    expect(sessions.map(({ username }) => username)).toContain('sorted');
    expect(await rows(...all, '--address', '203.0.113.7')).toEqual([]);
    expect((await run(...all, '--user', 'sorted')).code).toBe(2);
  });

  test('a token, alone on stdout, this once', async () => {
    const wanted = ['--role', 'sorter', '--expires', inDays(7)];
    const { out, err } = await run('domain-token', 'create', ...wanted);
    expect(err).toContain('shown this once');
    expect(await call({ authorization: `Bearer ${out.trim()}` })).toBe(200);
  });

  test('what a user has agreed to, which is none, and taken back all the same', async () => {
    expect(await rows('user', 'consents', 'sorted')).toEqual([]);
    expect(await done('user', 'withdraw', 'sorted', 'calendar')).toContain('no access');
  });
});

describe('N5: what is looked for is found', () => {
  beforeAll(() => done('login', '--url', stack.urls.service, ...ROOT));

  test.each([
    [['user', 'ls'], 'DEMOADMIN', 'demoadmin'],
    [['client', 'ls'], 'demo-web-2', 'demo-web-2'],
    [['role', 'ls'], 'cdr', 'user'],
    [['resource', 'ls'], '/cdr/files', 'cdr/files'],
  ])('%j --search %s', async (list, text, found) => {
    const all = (await json(...list)) as unknown[];
    const some = (await json(...list, '--search', text)) as unknown[];
    expect(some.length).toBeGreaterThan(0);
    expect(some.length).toBeLessThan(all.length);
    expect(JSON.stringify(some)).toContain(found);
  });

  test('nothing is a list of none, and a limit is one of what was found', async () => {
    expect(await json('user', 'ls', '--search', 'nobody at all')).toEqual([]);
    const { out, err } = await run('user', 'ls', '--search', '@', '--limit', '1');
    expect(out.trim().split('\n')).toHaveLength(2);
    expect(err).toContain('there are more than 1');
  });
});

test('a resource gets a title, another, and none, and keeps its paths', async () => {
  await done('login', '--url', stack.urls.service, ...ROOT);
  await done('resource', 'set', 'titled', '--pattern', '/titled/{id}', '--title', 'Your notes');
  expect(await done('resource', 'ls', '--search', 'your notes')).toMatch(/^titled +Your notes +/m);
  await done('resource', 'set', 'titled', '--title', 'All notes');
  expect(await json('resource', 'show', 'titled')).toEqual({
    name: 'titled',
    patterns: ['/titled/{id}'],
    title: 'All notes',
  });
  await done('resource', 'set', 'titled', '--title', '');
  expect(await json('resource', 'show', 'titled')).toEqual({
    name: 'titled',
    patterns: ['/titled/{id}'],
  });
}, 40_000);

describe('L3: - is standard input', () => {
  beforeAll(() => done('login', '--url', stack.urls.service, ...ROOT));
  const piped = (input: string, ...words: string[]) =>
    runScript('bin/latchkey.ts', words, { LATCHKEY_SESSION: session }, input);

  test('of a password', async () => {
    const words = ['--username', '100@mydomain.com', '--password-file', '-'];
    const login = await piped('secret\nmore\n', 'login', '--url', stack.urls.service, ...words);
    expect(login).toMatchObject({ code: 0, err: '' });
    const wrong = await piped('other\n', 'login', '--url', stack.urls.service, ...words);
    expect(wrong.code).toBe(1);
    expect(await piped('', 'user', 'create', 'x', '--password-file', '-')).toEqual({
      code: 1,
      out: '',
      err: 'the password must not be empty\n',
    });
  }, 40_000);

  test('of an API description and of keys', async () => {
    const description = 'openapi: 3.1.0\npaths:\n  /piped/{id}:\n    get: {}';
    expect((await piped(description, 'resource', 'import', '-', '--dry-run')).out).toContain(
      'piped',
    );
    const jwks = JSON.stringify({ keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }] });
    const made = await piped(jwks, 'client', 'create', 'piped-app', '--jwks', '-', '--json');
    expect(JSON.parse(made.out)).toMatchObject({ authentication: 'private_key_jwt' });
    await done('client', 'delete', 'piped-app');
  }, 40_000);
});

test('L5: which ids a client may have is said', async () => {
  await done('login', '--url', stack.urls.service, ...ROOT);
  for (const id of ['x', 'a b c', 'settings', '0123456789abcdef01234567', 'webitel']) {
    const { code, err } = await run('client', 'create', id);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^id: must be 3 to 64 letters, digits, .*, and no name that is reserved\n$/,
    );
  }
}, 40_000);

test('L6: every noun that has a list has a show', () => {
  const nouns = Object.keys(COMMANDS).flatMap((name) =>
    / ls$/.test(name) ? [name.replace(/ ls$/, '')] : [],
  );
  expect(nouns.length).toBeGreaterThan(8);
  const without = nouns.filter((noun) => !Object.hasOwn(COMMANDS, `${noun} show`));
  // An event and a signing key are nothing but their line of the list.
  expect(without).toEqual(['audit', 'signing-key']);
});

describe('what is grave (RFC 9470)', () => {
  beforeEach(async () => {
    await done('login', '--url', stack.urls.service, ...ROOT);
    await makeOlder(stack, 700);
  });

  test('says, where nobody can be asked, how to sign in; the rest goes on', async () => {
    const refused = await run('key', 'create', 'late');
    expect(refused).toMatchObject({ code: 3, out: '' });
    expect(refused.err).toMatch(
      /^This needs a sign-in of the last ten minutes\. Sign in again: .* login --url \S+ --username 100@mydomain\.com\n$/,
    );
    await done('key', 'ls');
    await done('domain', 'ls');
  }, 40_000);

  // `script` is called otherwise elsewhere.
  test.skipIf(process.platform !== 'linux')(
    'asks for the password at a terminal, and goes on in a session of that',
    async () => {
      const before = JSON.parse(readFileSync(session, 'utf8')) as { token: string };
      const settings = { LATCHKEY_SESSION: session };
      const { code, out } = await atTerminal(['key', 'create', 'late'], settings, 'secret');
      expect(code).toBe(0);
      expect(out).toContain('100@mydomain.com at ');
      expect(out).not.toContain('secret\r\n');
      expect(out).toMatch(/lk_[\w-]{40,}/);
      expect(await done('key', 'create', 'later')).toMatch(/^lk_/);
      expect(await call({ authorization: `Bearer ${before.token}` })).toBe(401);
    },
    40_000,
  );

  test.skipIf(process.platform !== 'linux')(
    'with a wrong password does nothing, and leaves the session as it is',
    async () => {
      const settings = { LATCHKEY_SESSION: session };
      const { code, out } = await atTerminal(['key', 'create', 'wrong'], settings, 'guess');
      expect(code).toBe(1);
      expect(out).not.toMatch(/lk_/);
      await done('whoami');
    },
    40_000,
  );
});

test('what became of a call is found by whoever is signed in, without AWS credentials', async () => {
  await done('login', '--url', stack.urls.service, ...ROOT);
  const { headers } = await fetch(`${stack.urls.http}/cdr`);
  const id = headers.get('apigw-requestid') ?? '';
  await expect
    .poll(() => run('why', id, '--signed-in'))
    .toMatchObject({ code: 0, out: expect.stringMatching(/^rule +no-credential$/m) });
  const found = await json('why', id, '--signed-in', '--since', '24h');
  expect(found).toMatchObject([{ code: 'unauthenticated', rule: 'no-credential' }]);
  expect((await run('why', 'no-such-call', '--signed-in')).code).toBe(5);
  expect((await run('why', id, '--signed-in', '--since', '2d')).code).toBe(2);
}, 40_000);

test('signing keys are seen and rotated by the root who is signed in, without AWS credentials', async () => {
  await done('login', '--url', stack.urls.service, ...ROOT);
  const { items } = (await json('signing-key', 'ls', '--signed-in')) as {
    items: { kid: string; part: string }[];
  };
  expect(items.map(({ part }) => part)).toContain('current');
  expect(await done('signing-key', 'ls', '--signed-in')).toMatch(/^KID +ALG +PART +SIGNS FROM/);
  expect(await done('signing-key', 'rotate', '--signed-in')).toMatch(/^asked for/);
  await stack.secrets.idle();
  const { items: after } = (await json('signing-key', 'ls', '--signed-in')) as {
    items: { kid: string; part: string }[];
  };
  expect(after.length).toBeGreaterThan(items.length);
  await makeOlder(stack, 700);
  expect((await run('signing-key', 'rotate', '--signed-in', '--withdraw')).code).toBe(3);
}, 40_000);
