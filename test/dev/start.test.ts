/** `npm start` as a person uses it: ready, killed at any moment, started again, stopped. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../../dev/gateway/server.ts';
import { freePorts } from '../../dev/ports.ts';
import { PORTS } from '../../dev/services.ts';
import { runScript } from '../bin/command-line.ts';
import { open, opened } from '../support/gateways/socket-client.ts';

const START = join(import.meta.dirname, '../../dev/start.mjs');

function start(port: number, dataDir: string) {
  const env = { ...process.env, PORT: String(port), LATCHKEY_DATA: dataDir };
  const child = spawn(process.execPath, [START], { env });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.err += text;
  });
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = () =>
    expect
      .poll(() => output.out.split('\n'), { timeout: 120_000 })
      .toContain(`ready http://127.0.0.1:${port}`);
  return { child, exit, ready, output };
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'latchkey-start-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const post = (url: string, headers: Record<string, string>, body?: object) =>
  fetch(url, { method: 'POST', headers, ...(body && { body: JSON.stringify(body) }) });

test('a login outlives a kill -9, a logout is final, and SIGTERM ends it all', async () => {
  const [port, dataDir] = [await freePorts(PORTS), folder()];
  const service = `http://127.0.0.1:${port}`;
  const first = start(port, dataDir);
  await first.ready();
  const credentials = { username: '100@mydomain.com', password: 'secret' };
  const login = await post(`${service}/login`, { 'content-type': 'application/json' }, credentials);
  const { token, key } = (await login.json()) as Record<string, string>;
  const headers = { 'x-access-token': String(token), 'x-key': String(key) };
  const call = async (api: number) =>
    (await fetch(`http://127.0.0.1:${port + api}/cdr`, { headers })).status;

  first.child.kill('SIGKILL');
  await first.exit;
  const second = start(port, dataDir);
  await second.ready();
  const socketUrl = `ws://127.0.0.1:${port + 3}/dev`;
  const graphqlUrl = `http://127.0.0.1:${port + 4}/graphql`;
  const ask = (query: string) => post(graphqlUrl, { authorization: String(token) }, { query });
  expect([await call(1), await call(2)]).toEqual([200, 200]);
  const socket = await opened(socketUrl, { headers });
  expect(await socket.ask({ action: 'whoami' })).toMatchObject({
    caller: { username: '100@mydomain.com' },
  });
  expect(await (await ask('{ whoami { username } }')).json()).toEqual({
    data: { whoami: { username: '100@mydomain.com' } },
  });
  expect((await post(`${service}/logout`, headers)).status).toBe(200);
  expect([await call(1), await call(2)]).toEqual([401, 401]);
  expect(await open(socketUrl, { headers })).toMatchObject({ status: 401 });
  expect((await ask('{ whoami { username } }')).status).toBe(401);

  const kids = async () => {
    const { keys } = (await (await fetch(`${service}/.well-known/jwks.json`)).json()) as {
      keys: { kid: string }[];
    };
    return keys.map(({ kid }) => kid);
  };
  const before = await kids();
  const words = ['keys', 'rotate', '--local', '--withdraw'];
  expect(await runScript('bin/latchkey.ts', words, { LATCHKEY_DATA: dataDir })).toMatchObject({
    code: 0,
    err: '',
  });
  await expect.poll(kids).not.toContain(before[0]);
  expect(await kids()).toHaveLength(2);

  const signalled = Date.now();
  second.child.kill('SIGTERM');
  expect(await second.exit).toBe(0);
  expect(Date.now() - signalled).toBeLessThan(10_000);
}, 300_000);

test('a port that is taken is one clear line, and exit 1', async () => {
  const port = await freePorts(PORTS);
  const other = createServer();
  await listen(other, port + 1);
  onTestFinished(() => void other.close());
  const { exit, output } = start(port, folder());
  expect(await exit).toBe(1);
  expect(output).toEqual({
    out: '',
    err: `Port ${port + 1} is taken by another program; set PORT to another one\n`,
  });
});
