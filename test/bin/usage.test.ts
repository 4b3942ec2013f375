/** The command line without a service: called wrongly, not signed in, nobody there. */
import { afterAll, describe, expect, test } from 'vitest';
import { freePort } from '../../dev/ports.ts';
import { home } from './command-line.ts';

const { run, secret, remove } = home();
afterAll(remove);

const CREDENTIALS = ['--username', '100@mydomain.com', '--password-file', secret('secret')];

describe('called wrongly: exit 2, the usage on stderr, nothing on stdout', () => {
  test.each([
    ['no command', []],
    ['an unknown command', ['user', 'befriend', 'bob']],
    ['a command that is half there', ['user']],
    ['an unknown option', ['user', 'ls', '--colour']],
    ['an operand too few', ['user', 'show']],
    ['an operand too many', ['user', 'show', 'bob', 'alice']],
    ['an option without its value', ['user', 'ls', '--limit']],
    ['a limit that is no number', ['user', 'ls', '--limit', 'many']],
    ['neither --url nor --local', ['login', ...CREDENTIALS]],
    ['both --url and --local', ['login', '--local', '--url', 'https://a.example', ...CREDENTIALS]],
    ['a URL without TLS', ['login', '--url', 'http://auth.example.com', ...CREDENTIALS]],
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
  expect(err).toBe('nobody is signed in: npm run latchkey -- login\n');
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
