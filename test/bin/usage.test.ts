/** The command line without a service: called wrongly, not signed in, nobody there. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../dev/ports.ts';
import manifest from '../../package.json' with { type: 'json' };
import { home, runScript } from './command-line.ts';

const { run, secret, session, remove } = home();
afterAll(remove);

/** Nor does anything look for some in a home or on the network. */
const NO_CREDENTIALS = {
  HOME: '/nowhere',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_ACCESS_KEY_ID: '',
  AWS_SECRET_ACCESS_KEY: '',
  AWS_PROFILE: '',
  AWS_CONFIG_FILE: '/nowhere/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
};
const CREDENTIALS = ['--username', '100@mydomain.com', '--password-file', secret('secret')];

describe('called wrongly: exit 2, the usage on stderr, nothing on stdout', () => {
  test.each([
    ['no command', []],
    ['a command that is half there', ['user']],
    ['an unknown option', ['user', 'ls', '--colour']],
    ['a change of nothing', ['user', 'change', 'bob']],
    ['an operand too few', ['user', 'show']],
    ['an operand too many', ['user', 'show', 'bob', 'alice']],
    ['an option without its value', ['user', 'ls', '--limit']],
    ['a limit that is no number', ['user', 'ls', '--limit', 'many']],
    ['neither --url nor --local', ['login', ...CREDENTIALS]],
    ['both --url and --local', ['login', '--local', '--url', 'https://a.example', ...CREDENTIALS]],
    ['a URL without TLS', ['login', '--url', 'http://auth.example.com', ...CREDENTIALS]],
    ['fewer copies than one', ['key', 'spread', 'k', '0']],
    ['more copies than a transaction holds', ['client', 'spread', 'app', '65']],
    ['a number of copies that is none', ['client', 'spread', 'app', 'many']],
    ['nobody to ask for the password', ['login', '--local', '--username', 'bob']],
  ])('%s', async (_case, words) => {
    const { code, out, err } = await run(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('usage: npm run latchkey -- ');
  });
});

describe('a secret as an argument is refused, and not repeated', () => {
  test.each([
    ['login', ['login', '--local', '--password', 'hush-hush']],
    ['login', ['login', '--local', '--password=hush-hush']],
    ['login', ['login', '--local', 'hush-hush']],
    ['user create', ['user', 'create', 'bob', '--password=hush-hush']],
    ['user password', ['user', 'password', 'bob', 'hush-hush']],
    ['client create', ['client', 'create', 'app', '--secret', 'hush-hush']],
    [
      'admin create',
      ['admin', 'create', '--username', 'r', '--domain', 'd', '--password=hush-hush'],
    ],
  ])('%s', async (_command, words) => {
    const { code, out, err } = await run(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toContain('hush-hush');
  });
});

/** Its id names a key of nobody; what follows is no secret of any key. */
const KEY_ID = `lk_${Buffer.from('key-1 owner mydomain.com user').toString('base64url')}`;

describe('an API key with its secret is refused before anything is sent, and its id is said', () => {
  const whole = `${KEY_ID}_${'hush'.repeat(12)}0`;
  test.each([
    ['key disable', ['key', 'disable', whole]],
    ['key disable, with an owner', ['key', 'disable', whole, '--client', 'app']],
    ['key disable, of which a part is missing', ['key', 'disable', whole.slice(0, -30)]],
    ['key delete', ['key', 'delete', whole]],
    ['key rotate', ['key', 'rotate', whole]],
    ['key spread', ['key', 'spread', whole, '8']],
    ['explain', ['explain', `--key=${whole}`, 'GET', '/cdr']],
    ['session end', ['session', 'end', whole]],
    ['where no key is expected', ['user', 'show', whole]],
  ])('%s', async (_command, words) => {
    // Nobody is signed in here: a request would end with 3.
    const { code, out, err } = await run(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`\n${KEY_ID}\n`);
    expect(err).not.toContain('hush');
  });
});

describe('an unknown command is named in one line, with how to get help: exit 2', () => {
  test.each([
    ['nonsense', 'help'],
    ['user befriend', 'help user'],
    ['help nonsense', 'help'],
  ])('%s', async (words, topic) => {
    const { code, out, err } = await run(...words.split(' '));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    const name = words.replace('help ', '');
    expect(err).toBe(`no such command: ${name} (npm run latchkey -- ${topic} lists them)\n`);
  });

  test.each([['lk_hush.hush'], ['user', 'hush=hush'], ['--token=hush']])(
    'what can be no command is not repeated: %s',
    async (...words) => {
      const { code, err } = await run(...words);
      expect([code, err.split('\n').length]).toEqual([2, 2]);
      expect(err).not.toContain('hush');
    },
  );
});

test.each([
  ['key on', 'key enable'],
  ['key off', 'key disable'],
  ['resources import', 'resource import'],
])('L1: %s is answered with its name of today', async (former, current) => {
  const { code, out, err } = await run(...former.split(' '), 'x');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toBe(`${former} is called ${current} now (npm run latchkey -- help ${current})\n`);
});

test.each([
  [['user', 'show'], 'USER is missing'],
  [['settings', 'set'], 'NAME and VALUE are missing'],
  [['settings', 'set', 'a'], 'VALUE is missing'],
])('L5: which operand is missing is said: %j', async (words, said) => {
  const { code, err } = await run(...words);
  expect([code, err.split('\n')[0]]).toEqual([2, said]);
});

describe('R10: a time is shown', () => {
  const at = Date.UTC(2030, 0, 31, 12) / 1000;
  test.each([
    ['Europe/Prague', '2030-01-31T13:00:00+01:00'],
    ['America/St_Johns', '2030-01-31T08:30:00-03:30'],
    ['UTC', '2030-01-31T12:00:00Z'],
  ])('as it is in %s', (zone, shown) => {
    // A process of its own: a zone is read when it starts.
    const members = ['at', 'expiresAt', 'lastUsed'];
    const program = `import { record } from './bin/api/table.ts';
      for (const name of ${JSON.stringify(members)}) console.log(record({ [name]: ${at} }));`;
    const words = ['--input-type=module', '-e', program];
    const out = execFileSync(process.execPath, words, { env: { TZ: zone }, encoding: 'utf8' });
    expect(out.trim().split('\n')).toEqual(members.map((name) => `${name}  ${shown}`));
  });
});

describe('help of one group: exit 0, on stdout', () => {
  test.each([[['help', 'user']], [['user', '--help']], [['user', '-h']]])('%j', async (words) => {
    const { code, out, err } = await run(...words);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('  user change USER');
    expect(out).not.toMatch(/^ {2}(client|key|login)/m);
  });

  test('key and signing-key are two groups, and a command has its own', async () => {
    expect((await run('help', 'signing-key')).out).not.toContain('  key ');
    const { code, out } = await run('help', 'key', 'disable');
    expect(code).toBe(0);
    expect(out).not.toContain('key enable');
  });

  test('lists say whose things they list', async () => {
    expect((await run('help', 'key')).out).toContain('lists your own keys');
    expect((await run('help', 'session')).out).toContain('lists your own sessions');
  });
});

test('--version is that of the package', async () => {
  expect((await run('-v')).out).toBe(`${manifest.version}\n`);
  expect(await run('--version')).toEqual({ code: 0, out: `${manifest.version}\n`, err: '' });
});

test.each([
  ['admin create', '--username', 'r', '--domain', 'd', '--password-file', secret('secret')],
  ['keys rotate'],
  ['keys rotate', '--withdraw'],
])('%s without AWS credentials says so: exit 1', async (name, ...options) => {
  const words = [...name.split(' '), '--stage', 'prod', ...options];
  const { code, out, err } = await runScript('bin/latchkey.ts', words, NO_CREDENTIALS);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^no AWS credentials: .*set AWS_PROFILE.*\n$/);
});

test('help is no mistake: exit 0, on stdout', async () => {
  const { code, out, err } = await run('help');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  for (const noun of [
    'login',
    'user ls',
    'client secret',
    'key rotate',
    'session end',
    'domain sign-out',
  ])
    expect(out).toContain(`  ${noun}`);
});

test('without a login every command of the admin API ends with 3', async () => {
  const { code, out, err } = await run('user', 'ls', '--json');
  expect({ code, out }).toEqual({ code: 3, out: '' });
  const message = 'nobody is signed in: npm run latchkey -- login';
  expect(err).toBe(`${JSON.stringify({ error: { message, exitCode: 3 } })}\n`);
});

describe('a name that would lead to another thing is none: exit 5, before anything is sent', () => {
  beforeAll(async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const saved = { url, username: 'root', token: 'token', key: 'key' };
    mkdirSync(dirname(session), { recursive: true });
    writeFileSync(session, JSON.stringify(saved));
  });
  afterAll(() => rmSync(session));

  test.each([
    ['resource', 'show', '../clients/shop'],
    ['resource', 'set', '../settings'],
    ['resource', 'set', 'cdr//files'],
    ['role', 'show', '..'],
    ['role', 'delete', '.'],
    ['client', 'delete', ''],
    ['domain', 'disable', '..'],
  ])('%s %s %s', async (...words) => {
    const { code, out, err } = await run(...words);
    expect({ code, out, err }).toEqual({
      code: 5,
      out: '',
      err: 'there is nothing of that name\n',
    });
  });

  test('any other is asked for', async () => {
    expect((await run('resource', 'show', '..cdr/.files')).code).toBe(4);
  });
});

test('where nobody listens: exit 4', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const { code, out, err } = await run('login', '--url', url, ...CREDENTIALS);
  expect({ code, out }).toEqual({ code: 4, out: '' });
  expect(err).toMatch(new RegExp(`^${url} cannot be reached: .*\n$`));
});

test('a password file that is not there: exit 1, and its name', async () => {
  const words = ['login', '--local', '--username', 'bob', '--password-file', '/nowhere/at/all'];
  const { code, err } = await run(...words);
  expect({ code, err }).toEqual({ code: 1, err: 'cannot read /nowhere/at/all: ENOENT\n' });
});

test.each([['admin create --username r --domain d'], ['keys rotate'], ['signing-key ls']])(
  'N8: %s --local says what its stack is found by',
  async (words) => {
    const settings = { LATCHKEY_DATA: '/nowhere/at/all' };
    const file = ['--password-file', secret('secret')];
    const all = [...words.split(' '), '--local', ...(words.startsWith('admin') ? file : [])];
    const { code, out, err } = await runScript('bin/latchkey.ts', all, settings);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(
      /^no local stack runs here: \/nowhere\/at\/all\/local\.env .*LATCHKEY_DATA.*\n$/,
    );
  },
);

test('N3: the example says in one sentence that its issuer does not answer, whatever PORT is', async () => {
  const port = await freePort();
  const { code, out, err } = await runScript('examples/application/app.mjs', [], {
    ISSUER: `http://127.0.0.1:${port}`,
    PORT: '1',
  });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toBe(
    `http://127.0.0.1:${port} does not answer (ECONNREFUSED): ISSUER names another\n`,
  );
});

test('N4: a description that is not there is named', async () => {
  const { code, err } = await run('resource', 'import', 'openapi.yaml');
  expect({ code, err }).toEqual({ code: 1, err: 'cannot read openapi.yaml: ENOENT\n' });
});
