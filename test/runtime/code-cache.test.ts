/** The authorizer's zip with V8's code cache, packaged by `serverless` and run by AWS's own runtime. */
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { packageInto } from '../deploy/package.ts';
import { httpCall } from '../support/calls/events.ts';
import { outcome } from '../support/running/service.ts';
import type { EmulatedFunction } from './emulated-function.ts';
import { type EmulatedService, startEmulatedService } from './emulated-service.ts';

const run = promisify(execFile);
const HERE = process.arch === 'arm64' ? 'arm64' : 'x86_64';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-cached-'));
const here = (text: string) => text.replace('architecture: arm64', `architecture: ${HERE}`);
const packageCached = (change: (text: string) => string, into: string) =>
  packageInto(join(folder, into), '.', change, ['--stage', 'dev'], {
    CODE_CACHE_NODE: inject('prepared').node,
  });

let service: EmulatedService;
let zips: string;
let token: string;
beforeAll(async () => {
  [service, zips] = await Promise.all([startEmulatedService(), packageCached(here, 'here')]);
  const { body } = await service.send('POST /user/auth', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: '100@mydomain.com', password: 'secret' }),
  });
  token = String(body['token']);
}, 240_000);
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

let started: EmulatedFunction | undefined;
afterEach(async () => {
  await started?.stop();
  started = undefined;
});

const CALL = httpCall('DELETE /cdr/files/7', {});
const authorized = () => ({
  ...CALL,
  headers: { ...CALL.headers, authorization: `Bearer ${token}` },
});

async function decideBy(zip: string) {
  started = await service.startNew('authorizer', { zip });
  const emulated = started;
  return {
    allowed: await outcome(() => emulated.invoke(authorized())),
    refused: await outcome(() => emulated.invoke(CALL)),
  };
}
const DECIDED = { allowed: { status: 200 }, refused: { status: 401 } };

/** A zip in which a file is another. */
async function changed(name: string, contents: string): Promise<string> {
  const zip = join(mkdtempSync(join(folder, 'changed-')), 'authorizer.zip');
  const lay = join(zip, '../lay');
  await run('unzip', ['-q', join(zips, 'authorizer.zip'), '-d', lay]);
  chmodSync(join(lay, name), 0o644);
  writeFileSync(join(lay, name), contents);
  await run('zip', ['-q', '-r', zip, '.'], { cwd: lay });
  return zip;
}

test('each zip holds an entry, the bundle, the cache and what that was made for', async () => {
  const { stdout } = await run('unzip', ['-Z1', join(zips, 'authorizer.zip')]);
  expect(stdout.trim().split('\n').sort()).toEqual([
    'functions/authorizer.bundle.js',
    'functions/authorizer.cache',
    'functions/authorizer.cache.json',
    'functions/authorizer.js',
  ]);
});

describe("on AWS's runtime the authorizer decides as without", () => {
  test('from the cache', async () => {
    expect(await decideBy(join(zips, 'authorizer.zip'))).toMatchObject(DECIDED);
  });

  test.each([
    ['of another Node', 'functions/authorizer.cache.json', '{}'],
    ['that is none', 'functions/authorizer.cache', 'none'],
  ])('from its bundle, beside a cache %s', async (_case, name, contents) => {
    expect(await decideBy(await changed(name, contents))).toMatchObject(DECIDED);
  });
});

test('a Node that is not of the functions own architecture stops the packaging', async () => {
  const other = HERE === 'arm64' ? 'x86_64' : 'arm64';
  const change = (text: string) => text.replace('architecture: arm64', `architecture: ${other}`);
  await expect(packageCached(change, 'other')).rejects.toMatchObject({
    stdout: expect.stringMatching(/CODE_CACHE_NODE: Node v24.* is not nodejs24.x on /),
  });
}, 120_000);
