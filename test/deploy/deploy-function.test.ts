/** `serverless deploy function`, against a Lambda that knows the functions and notes what is sent. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyService } from '../../dev/service-copy.ts';

const ROOT = join(import.meta.dirname, '../..');
const ROLE = 'arn:aws:iam::123456789012:role/latchkey-dev-LoginRole-1A2B3C';

type Sent = { call: string; body: Record<string, unknown> };
let folder: string;
let sent: Sent[];
let lambda: ReturnType<typeof createServer>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-one-'));
  sent = [];
  lambda = createServer(async (request, response) => {
    const body = await text(request);
    const path = (request.url ?? '').replace('/2015-03-31/functions/', '');
    sent.push({ call: `${request.method} ${path}`, body: body ? JSON.parse(body) : {} });
    const state = { State: 'Active', LastUpdateStatus: 'Successful', PackageType: 'Zip' };
    const Configuration = { ...state, Role: ROLE, CodeSha256: 'of-other-code', Timeout: 3 };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(request.method === 'GET' ? { Configuration } : Configuration));
  });
  await new Promise<void>((resolve) => lambda.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  lambda.closeAllConnections();
  await new Promise((resolve) => lambda.close(resolve));
  await rm(folder, { recursive: true });
});

function deploy(name: string): Promise<{ failed: boolean; said: string }> {
  const cli = join(ROOT, 'node_modules/serverless/bin/serverless.js');
  const { port } = lambda.address() as AddressInfo;
  const env = {
    HOME: folder,
    PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
  };
  const cwd = copyService(ROOT, folder);
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, 'deploy', 'function', '-f', name], { cwd, env }, (...it) =>
      resolve({ failed: it[0] !== null, said: `${it[1]}${it[2]}` }),
    );
  });
}

test('D7: sends the code and what is written of it; its role and its settings stay', async () => {
  const { failed, said } = await deploy('login');
  expect(said).toMatch(/Function code deployed/);
  expect(failed).toBe(false);
  const code = sent.find(({ call }) => call === 'PUT latchkey-dev-login/code');
  expect(code?.body['ZipFile']).toEqual(expect.any(String));
  const settings = sent.find(({ call }) => call === 'PUT latchkey-dev-login/configuration');
  expect(settings?.body).toMatchObject({ Timeout: 10, MemorySize: 1769 });
  expect(settings?.body).not.toHaveProperty('Role');
  expect(settings?.body).not.toHaveProperty('Environment');
}, 120_000);

test('the authorizer is refused: its alias would not move', async () => {
  const { failed, said } = await deploy('authorizer');
  expect(failed).toBe(true);
  expect(said).toMatch(
    /authorizer is called by its alias, which only a whole deployment moves: npx serverless deploy/,
  );
  expect(sent).toEqual([]);
}, 120_000);
