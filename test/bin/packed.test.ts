/** N6: the command line as a packed tarball, in an empty folder, by `npx`: no clone and no other package. */
import { execFile } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../bin/commands/all.ts';
import { FUNCTIONS } from '../../bin/stage/names.ts';
import { buildCli } from '../../build/cli.ts';
import { writeLocalEnv } from '../../dev/local-env.ts';
import { logFile } from '../../dev/log-file.ts';
import { type RunningStack, startStack } from '../../dev/stack.ts';
import manifest from '../../package.json' with { type: 'json' };

const run = promisify(execFile);

let folder: string;
let tarball: string;
let stack: RunningStack;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-packed-'));
  const built = join(folder, 'built');
  await buildCli(built);
  mkdirSync(join(folder, 'empty'));
  await run('npm', ['pack', built, '--pack-destination', join(folder, 'empty'), '--silent']);
  tarball = `./latchkey-cli-${manifest.version}.tgz`;
  env = {
    // Of this machine's set-up nothing counts, and no registry can be asked.
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    HOME: folder,
    npm_config_cache: join(folder, 'cache'),
    npm_config_offline: 'true',
    LATCHKEY_SESSION: join(folder, 'session.json'),
    LATCHKEY_DATA: folder,
  };
  const file = logFile(folder);
  stack = await startStack({ log: file.line, observe: file.call });
  env['PORT'] = new URL(stack.urls.service).port;
}, 240_000);
afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true });
});

async function latchkey(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const cwd = join(folder, 'empty');
  try {
    const { stdout, stderr } = await run('npx', ['--yes', tarball, ...words], { cwd, env });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}
const file = (text: string): string => {
  const path = join(folder, 'secret');
  writeFileSync(path, `${text}\n`);
  return path;
};

describe('N6: the packed command line', () => {
  test('depends on nothing, and brings the licences of what is in it', () => {
    const packed = JSON.parse(readFileSync(join(folder, 'built/package.json'), 'utf8'));
    expect(packed).toMatchObject({
      name: 'latchkey-cli',
      version: manifest.version,
      bin: { latchkey: 'latchkey.js' },
    });
    expect(Object.keys(packed).filter((key) => /ependencies/.test(key))).toEqual([]);
    const licences = readFileSync(join(folder, 'built/THIRD-PARTY-LICENSES'), 'utf8');
    for (const name of ['valibot', 'yaml', '@aws-sdk/client-cloudformation', 'jose'])
      expect(licences).toContain(`${name} `);
    expect(licences).not.toContain('(undefined)');
  });

  test('says its version and what it is called', async () => {
    expect(await latchkey('--version')).toEqual({ code: 0, out: `${manifest.version}\n`, err: '' });
    const { code, out, err } = await latchkey('help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^usage: latchkey COMMAND/);
    for (const name of Object.keys(COMMANDS)) expect(out).toContain(`  ${name}`);
    expect(out).not.toContain('npm run');
  }, 60_000);

  test('without a login: exit 3, and how to log in with it', async () => {
    expect(await latchkey('user', 'ls')).toEqual({
      code: 3,
      out: '',
      err: 'nobody is signed in: latchkey login\n',
    });
  }, 60_000);

  test('administers a service', async () => {
    const words = ['--username', '100@mydomain.com', '--password-file', file('secret')];
    expect(await latchkey('login', '--url', stack.urls.service, ...words)).toMatchObject({
      code: 0,
    });
    expect((await latchkey('user', 'ls')).out).toContain('200@mydomain.com');
    const description = file('openapi: 3.1.0\npaths:\n  /packed/{id}:\n    get: {}');
    expect((await latchkey('resource', 'import', description)).out).toMatch(/packed .*created/);
    expect(await latchkey('user', 'show', 'nobody')).toMatchObject({ code: 5 });
  }, 120_000);

  test('and its tables, with what it loads late', async () => {
    const forget = writeLocalEnv(folder, stack.endpoints);
    expect((await latchkey('signing-key', 'ls', '--local', '--json')).err).toBe('');
    const words = ['--username', 'first', '--domain', 'first.example', '--local'];
    const password = file('correct horse, no staple');
    const made = await latchkey('admin', 'create', ...words, '--password-file', password);
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toContain('created first');
    forget();
  }, 120_000);

  test('answers who is on call, from every log', async () => {
    const body = JSON.stringify({ username: 'nobody@mydomain.com', password: 'wrong' });
    const headers = { 'content-type': 'application/json' };
    const url = `${stack.urls.service}/login`;
    const answer = await fetch(url, { method: 'POST', headers, body });
    const id = answer.headers.get('apigw-requestid') ?? '';
    // The function's line comes through a pipe.
    const why = () => latchkey('why', id, '--local');
    await expect.poll(why, { timeout: 30_000 }).toMatchObject({
      ...{ code: 0, err: '', out: expect.stringMatching(/ {2}login\n/) },
    });
    const forget = writeLocalEnv(folder, stack.endpoints);
    const { code, out, err } = await latchkey('status', '--local');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('nothing here says that it is us\n');
    forget();
  }, 120_000);

  test('a stage in AWS: without credentials that is said', async () => {
    env['AWS_EC2_METADATA_DISABLED'] = 'true';
    for (const words of [['adopt'], ['destroy', '--confirm', 'prod']])
      expect(await latchkey(...words, '--stage', 'prod')).toMatchObject({
        code: 1,
        err: expect.stringMatching(/^no AWS credentials: /),
      });
  }, 60_000);
});

test('N6: what destroy knows of functions is what there is', () => {
  const there = globSync('functions/*.ts').map((path) => basename(path, '.ts'));
  expect(FUNCTIONS).toEqual(there.sort());
});
