/** Importing, exporting and applying on the command line, against the real local stack. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { adminApi } from '../../bin/api/admin-api.ts';
import { carryOut } from '../../bin/commands/apply/carry-out.ts';
import { askWhatIsTaken } from '../../bin/commands/apply/kinds.ts';
import { planOf } from '../../bin/commands/apply/plan.ts';
import { type RunningStack, startStack } from '../../dev/stack.ts';
import { FIXTURES } from '../support/data/foreign-hashes.ts';
import { home } from './command-line.ts';

let stack: RunningStack;
const { run, secret, remove, session } = home();
const folder = mkdtempSync(join(tmpdir(), 'latchkey-moving-'));
const ROOT = ['--username', '100@mydomain.com', '--password-file', secret('secret')];

beforeAll(async () => {
  stack = await startStack();
  expect(await run('login', '--url', stack.urls.service, ...ROOT)).toMatchObject({ code: 0 });
}, 240_000);
afterAll(async () => {
  remove();
  rmSync(folder, { recursive: true });
  await stack.stop();
});

let count = 0;
function file(content: string, ending = 'jsonl'): string {
  count += 1;
  const path = join(folder, `${count}.${ending}`);
  writeFileSync(path, content);
  return path;
}
const lines = (users: readonly unknown[]) =>
  users.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n');
const reported = (path: string) =>
  readFileSync(`${path}.refused.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const signIn = async (username: string, password: string) =>
  (
    await fetch(`${stack.urls.service}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    })
  ).status;

describe('user import', () => {
  test('people of other systems sign in with the passwords that they had', async () => {
    const names = ['passlib pbkdf2_sha256', 'bcrypt $2b$', 'Keycloak pbkdf2-sha256'];
    const users = names.map((name, at) => ({
      username: `moved-${at}`,
      roles: ['user'],
      passwordHash: FIXTURES[name]?.hash,
    }));
    const path = file(lines(users));
    const tried = await run('user', 'import', path, '--dry-run');
    expect(tried).toMatchObject({ code: 0, out: '3 would be created, 0 existed, 0 refused\n' });
    expect(await signIn('moved-0', 'anything')).toBe(404);

    const done = await run('user', 'import', path);
    expect(done).toMatchObject({ code: 0, err: '', out: '3 created, 0 existed, 0 refused\n' });
    for (const [at, name] of names.entries())
      for (const _time of ['first', 'second'])
        expect(await signIn(`moved-${at}`, FIXTURES[name]?.password ?? '')).toBe(200);
    expect(existsSync(`${path}.import.json`)).toBe(false);
    expect(existsSync(`${path}.refused.jsonl`)).toBe(false);
  });

  test('what is refused stands in the report, by line and reason, and the exit code is 1', async () => {
    const hash = `$2b$31$${'a'.repeat(53)}`;
    const path = file(
      `\uFEFF${lines([
        { username: 'fine-1' },
        '',
        { username: 'FINE-1' },
        { username: 'dear', passwordHash: hash },
        { username: 'plain', password: 'hush-hush' },
        '[]',
        { username: 'demoadmin' },
        { username: 'fine-2', verified: { email: true } },
        '{"username":"cut o',
      ])}`,
    );
    const { code, out, err } = await run('user', 'import', path);
    expect(code).toBe(1);
    expect(out).toBe(
      '2 created, 1 existed, 5 refused\n1 were said to be verified, and are not: --trust-verified believes it\n',
    );
    expect(err).toBe(`why is in ${path}.refused.jsonl\n`);
    expect(reported(path)).toMatchObject([
      { line: 3, username: 'FINE-1', detail: 'has the name of line 1' },
      { line: 4, username: 'dear', rule: 'password-hash-too-dear', field: 'passwordHash' },
      { line: 5, username: 'plain', rule: 'field-unknown', field: 'password' },
      { line: 6, detail: 'is no JSON object' },
      { line: 7, username: 'demoadmin', status: 'exists' },
      { line: 9, detail: 'is no JSON; is it cut off?' },
    ]);
    expect(readFileSync(`${path}.refused.jsonl`, 'utf8')).not.toMatch(/hush|\$2b/);
    expect(statSync(`${path}.refused.jsonl`).mode & 0o777).toBe(0o600);
  });

  test('an existing name is refused where that is asked for', async () => {
    const path = file(lines([{ username: 'demoadmin' }]));
    const { code, out } = await run('user', 'import', path, '--on-exists', 'refuse');
    expect({ code, out }).toEqual({ code: 1, out: '0 created, 0 existed, 1 refused\n' });
  });

  test('those who exist are updated where that is asked for, with their passwords if that is, too', async () => {
    const [one, other] = [FIXTURES['bcrypt $2a$'], FIXTURES['Keycloak argon2id']];
    const people = (hash: unknown) => [
      { username: 'updated-1', roles: ['user'], passwordHash: hash },
      { username: 'updated-2', plan: 'p' },
    ];
    await run('user', 'import', file(lines(people(one?.hash).slice(0, 1))));
    const path = file(lines(people(other?.hash)));
    const words = ['user', 'import', path, '--on-exists', 'update'];
    expect(await run(...words)).toMatchObject({
      code: 0,
      err: '',
      out: '1 created, 0 updated, 1 existed, 0 refused\n',
    });
    expect(await signIn('updated-1', one?.password ?? '')).toBe(200);
    expect(await run(...words, '--replace-passwords', '--dry-run')).toMatchObject({
      out: '0 would be created, 1 would be updated, 1 existed, 0 refused\n',
    });
    expect((await run(...words, '--replace-passwords')).out).toContain('1 updated, 1 existed');
    for (const _time of ['first', 'second'])
      expect(await signIn('updated-1', other?.password ?? '')).toBe(200);
    for (const wrong of [['--on-exists', 'fail'], ['--replace-passwords']])
      expect((await run('user', 'import', path, ...wrong)).code).toBe(2);
  });

  test('CSV with its headings, quotes, CRLF and a BOM', async () => {
    const csv = [
      '\uFEFFusername,email,roles,activated,profile.name,profile.address.country,passwordHash',
      `csv-1,csv-1@example.com,user; admin,true,"Ada, ""the"" first",GB,${FIXTURES['bcrypt $2a$']?.hash}`,
      'csv-2,,user,,"two\r\nlines",,',
      'csv-3,,user,perhaps,,,',
    ].join('\r\n');
    const path = file(csv, 'csv');
    expect(await run('user', 'import', path)).toMatchObject({
      code: 1,
      out: '2 created, 0 existed, 1 refused\n',
    });
    expect(reported(path)).toMatchObject([{ username: 'csv-3', field: 'activated' }]);
    const shown = JSON.parse((await run('user', 'show', 'csv-1', '--json')).out);
    expect(shown).toMatchObject({
      email: 'csv-1@example.com',
      roles: ['user', 'admin'],
      activated: true,
      profile: { name: 'Ada, "the" first', address: { country: 'GB' } },
    });
    expect(await signIn('csv-1', FIXTURES['bcrypt $2a$']?.password ?? '')).toBe(200);
  });

  test('one that broke off goes on with --resume, and is not begun anew by mistake', async () => {
    const users = Array.from({ length: 250 }, (_, at) => ({ username: `resumed-${at}` }));
    const path = file(lines(users));
    writeFileSync(
      `${path}.import.json`,
      JSON.stringify({
        id: 'before',
        line: 200,
        counts: { created: 200, updated: 0, existed: 0, refused: 0, untrusted: 0, told: 0 },
      }),
    );
    const begun = await run('user', 'import', path);
    expect(begun).toMatchObject({ code: 1, err: expect.stringContaining('--resume goes on') });
    const resumed = await run('user', 'import', path, '--resume');
    expect(resumed).toMatchObject({ code: 0, out: '250 created, 0 existed, 0 refused\n' });
    expect((await run('user', 'show', 'resumed-199')).code).toBe(5);
    expect((await run('user', 'show', 'resumed-249')).code).toBe(0);
    expect((await run('user', 'import', path, '--resume')).code).toBe(1);
  });

  test('what is exported is imported elsewhere as it was, without passwords', async () => {
    const path = join(folder, 'exported.jsonl');
    expect((await run('user', 'export', path)).code).toBe(0);
    const text = readFileSync(path, 'utf8');
    const users = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(users).toContainEqual(
      expect.objectContaining({ username: 'csv-1', roles: ['user', 'admin'] }),
    );
    expect(text).not.toMatch(/argon2|\$2|"id"/);
    const again = await run('user', 'import', path);
    expect(again).toMatchObject({ out: `0 created, ${users.length} existed, 0 refused\n` });
    expect((await run('user', 'export', path)).err).toContain('EEXIST');
  });

  test('of Firebase, with the hash parameters of its project as they are copied', async () => {
    const { hash, password = '' } = FIXTURES['Firebase scrypt'] ?? {};
    const { hash: own, salt, signerKey, saltSeparator } = hash as Record<string, string>;
    const keys = file(
      `hash_config {\n  algorithm: SCRYPT,\n  base64_signer_key: ${signerKey},\n  base64_salt_separator: ${saltSeparator},\n  rounds: 8,\n  mem_cost: 14,\n}\n`,
      'txt',
    );
    const path = file(
      lines([{ username: 'fire', roles: ['user'], passwordHash: { hash: own, salt } }]),
    );
    expect((await run('user', 'import', path, '--firebase-keys', keys)).code).toBe(0);
    expect(await signIn('fire', password)).toBe(200);
  });
});

describe('apply', () => {
  const STATE = `
domains:
  applied.com: { passwords: full }
resources:
  parcels: { patterns: [/v1/parcels], title: Parcels }
roles:
  packer: { parents: [reader], acl: { parcels: [r, u] } }
  reader: { acl: { parcels: [r] } }
clients:
  warehouse: { name: Warehouse, domain: applied.com, grants: [client_credentials], roles: [packer] }
settings: { keyLifetime: 2592000 }
`;

  test('says what differs, does it, and then has nothing to do', async () => {
    const path = file(STATE, 'yaml');
    const before = await run('apply', path, '--dry-run');
    expect(before.code).toBe(8);
    expect(before.out).toContain('+ domain applied.com');
    expect(before.out.indexOf('+ role reader')).toBeLessThan(before.out.indexOf('+ role packer'));
    expect((await run('role', 'show', 'packer')).code).toBe(5);

    const done = await run('apply', path);
    expect(done).toMatchObject({ code: 0, err: '' });
    const [, made = ''] = /the secret of warehouse, shown this once: (\S+)/.exec(done.out) ?? [];
    expect(made.length).toBeGreaterThan(40);
    const token = await fetch(`${stack.urls.service}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'warehouse',
        client_secret: made,
      }),
    });
    expect(token.status).toBe(200);

    for (const words of [
      ['apply', path],
      ['apply', path, '--dry-run'],
    ])
      expect(await run(...words)).toMatchObject({ code: 0, out: 'nothing differs\n' });
  });

  test('a setting that is declared away has its default, and then nothing differs', async () => {
    const settings = { keyLifetime: null, maxKeyLifetime: null, userCreateScope: null };
    const policy = {
      passwords: null,
      sessionIdle: null,
      sessionAbsolute: null,
      signUp: null,
      mailDomains: null,
      emailCodes: null,
      selfDelete: null,
      brand: null,
    };
    const path = file(JSON.stringify({ domains: { 'applied.com': policy }, settings }), 'json');
    expect((await run('apply', path)).out).toContain('keyLifetime: 2592000 -> none');
    const again = await run('apply', path, '--dry-run');
    expect(again).toMatchObject({ code: 0, out: 'nothing differs\n' });
  });

  test('an ACL is declared as a whole; what is not said stays', async () => {
    const path = file(JSON.stringify({ roles: { reader: { acl: { cdr: ['r'] } } } }), 'json');
    expect((await run('apply', path)).out).toContain('~ role reader');
    const shown = JSON.parse((await run('role', 'show', 'reader', '--json')).out);
    expect(shown).toMatchObject({ acl: { cdr: ['r'] } });
    expect(shown.acl).not.toHaveProperty('parcels');
    const more = file(JSON.stringify({ clients: { warehouse: { roles: ['packer'] } } }), 'json');
    expect((await run('apply', more)).out).toBe('nothing differs\n');
  });

  test('a secret goes to a file where one is named, and nothing is made where it cannot', async () => {
    const path = file('clients: { depot: { grants: [client_credentials] } }', 'yaml');
    const taken = file('');
    expect((await run('apply', path, '--secrets', taken)).err).toContain('EEXIST');
    expect((await run('client', 'show', 'depot')).code).toBe(5);
    const secrets = join(folder, 'secrets.jsonl');
    const { out } = await run('apply', path, '--secrets', secrets);
    const kept = JSON.parse(readFileSync(secrets, 'utf8'));
    expect(kept).toEqual({ client: 'depot', secret: expect.any(String) });
    expect(out).not.toContain(kept.secret);
    expect(statSync(secrets).mode & 0o777).toBe(0o600);
  });

  test('deletes only where it is told to, and only of kinds that the file names', async () => {
    const { out } = await run('role', 'ls', '--json');
    const roles = Object.fromEntries(
      (JSON.parse(out) as { name: string }[])
        .filter(({ name }) => name !== 'packer' && name !== 'reader')
        .map(({ name }) => [name, {}]),
    );
    const kept = file(JSON.stringify({ roles }), 'json');
    expect((await run('apply', kept)).out).toBe('nothing differs\n');
    const tried = await run('apply', kept, '--prune', '--dry-run');
    expect(tried).toMatchObject({ code: 8 });
    expect(tried.out).toBe('- role packer\n- role reader\n0 to create, 0 to change, 2 to delete\n');
    // A client holds it.
    const refused = await run('apply', kept, '--prune');
    expect(refused).toMatchObject({ code: 7 });
    expect(refused.err).toContain('role packer: ');
    await run('client', 'delete', 'warehouse');
    expect((await run('apply', kept, '--prune')).code).toBe(0);
    expect((await run('role', 'show', 'reader')).code).toBe(5);
  });

  describe('of what somebody else has changed since it was compared', () => {
    const planned = async (declared: object, prune: boolean) => {
      vi.stubEnv('LATCHKEY_SESSION', session);
      const api = adminApi({ url: undefined, local: false });
      const taken = await askWhatIsTaken(stack.urls.service);
      const steps = await planOf(api, declared, taken, { prune });
      return { steps, carriedOut: () => carryOut(api, steps, () => {}) };
    };
    const rolesBut = async (...left: string[]) => {
      const { out } = await run('role', 'ls', '--json');
      const names = (JSON.parse(out) as { name: string }[]).map(({ name }) => name);
      return Object.fromEntries(
        names.filter((name) => !left.includes(name)).map((one) => [one, {}]),
      );
    };

    test('nothing is deleted, and it says so', async () => {
      await run('role', 'set', 'leaving');
      const { steps, carriedOut } = await planned({ roles: await rolesBut('leaving') }, true);
      expect(steps).toMatchObject([{ act: 'delete', name: 'leaving' }]);
      await run('role', 'set', 'leaving', '--allow', 'cdr=r');
      await expect(carriedOut()).rejects.toMatchObject({
        exitCode: 7,
        said: { rule: 'changed-meanwhile' },
        message: expect.stringContaining('role leaving: '),
      });
      expect((await run('role', 'show', 'leaving')).code).toBe(0);
    });

    test('what is gone already is no conflict', async () => {
      const { carriedOut } = await planned({ roles: await rolesBut('leaving') }, true);
      await run('role', 'delete', 'leaving');
      await expect(carriedOut()).resolves.toBeUndefined();
    });

    test('a role of which a step before changed the parent is not changed by somebody else', async () => {
      const roles = (letters: string[]) => ({
        above: { acl: { cdr: letters } },
        below: { parents: ['above'], acl: { cdr: letters } },
      });
      const path = (letters: string[]) => file(JSON.stringify({ roles: roles(letters) }), 'json');
      for (const letters of [['r'], ['r', 'u']])
        expect(await run('apply', path(letters))).toMatchObject({ code: 0, err: '' });
      const kept = { ...(await rolesBut('below')), above: { acl: { cdr: ['c'] } } };
      const all = file(JSON.stringify({ roles: kept }), 'json');
      expect(await run('apply', all, '--prune')).toMatchObject({ code: 0, err: '' });
      expect((await run('role', 'show', 'below')).code).toBe(5);
    });
  });

  test.each<[string, string, string]>([
    ['an unknown kind', 'rolls: {}', 'there is no "rolls"'],
    ['an unknown member', 'roles: { x: { color: red } }', 'roles: x: there is no "color"'],
    ['a secret', 'clients: { x: { secret: hush-hush } }', 'clients: x: there is no "secret"'],
    ['a name as a member', 'roles: { x: { name: y } }', 'there is no "name"'],
    ['no YAML', 'roles: {', 'neither YAML nor JSON'],
    ['a key twice', 'roles: { x: {}, x: {} }', 'DUPLICATE_KEY'],
    ['a list', '- x', 'must hold names'],
    ['roles in a circle', 'roles: { a: { parents: [b] }, b: { parents: [a] } }', 'a from b from a'],
    [
      'a bomb',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: [${'*c,'.repeat(9)}]`,
      'repeats itself',
    ],
    ['what holds itself', 'roles: &a { x: *a }', 'repeats itself'],
    [
      'what cannot be changed',
      'clients: { depot: { domain: applied.com } }',
      'its domain cannot be changed',
    ],
  ])('%s is refused before anything is done', async (_case, text, reason) => {
    const path = file(`resources: { never: {} }\n${text}`.replace(/^.*\n(- x)$/s, '$1'), 'yaml');
    const { code, err } = await run('apply', path);
    expect(code).toBe(1);
    expect(err).toContain(reason);
    expect(err).not.toContain('hush-hush');
    expect((await run('resource', 'show', 'never')).code).toBe(5);
  });

  test('where one step is refused, those before it stand, and it says so', async () => {
    const path = file(
      'resources: { halfway: {} }\nroles: { climber: { parents: [no-such-role] } }',
      'yaml',
    );
    const { code, err } = await run('apply', path);
    expect(code).toBe(1);
    expect(err).toContain('role climber: ');
    expect(err).toContain('1 of 2 steps were done; apply again goes on');
    expect((await run('resource', 'show', 'halfway')).code).toBe(0);
  });
});
