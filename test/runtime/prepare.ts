/**
 * Made once for the run: the packaged service, and what AWS runs its functions with, where a user
 * without rights can read it.
 *
 * @module
 */
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { allDone } from '../../dev/all-done.ts';
import { DOMAIN } from '../../dev/demo-directory.ts';
import { shortId } from '../../dev/names.ts';
import { packageInto } from '../deploy/package.ts';
import { installTools } from './tools.ts';

export type Prepared = {
  /** Holds the compiled template and each function's zip. */
  packageFolder: string;
  node: string;
  emulator: string;
  /** The entry point of the runtime client. */
  client: string;
};

declare module 'vitest' {
  interface ProvidedContext {
    prepared: Prepared;
  }
}

export const STACK = 'latchkey-dev';
/** The cache of our own API's authorizer: one that there is. */
export const FLUSHED = `arn:aws:apigateway:us-east-1::/apis/${shortId(STACK, 'HttpApi')}/stages/$default/cache/authorizers`;

export async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-runtime-'));
  chmodSync(folder, 0o755);
  const [packageFolder, tools] = await allDone([packageService(folder), installTools()]);
  const place = (file: string, name: string): string => {
    copyFileSync(file, join(folder, name));
    chmodSync(join(folder, name), 0o755);
    return join(folder, name);
  };
  const client = join(tools, 'node_modules/aws-lambda-ric');
  place(join(client, 'rapid-client.node'), 'rapid-client.node');
  project.provide('prepared', {
    packageFolder,
    node: place(process.execPath, 'node'),
    emulator: place(join(tools, 'aws-lambda-rie'), 'aws-lambda-rie'),
    client: place(join(client, 'index.mjs'), 'index.mjs'),
  });
  return () => rmSync(folder, { recursive: true, force: true });
}

/** The bucket to which events are exported. */
export const BUCKET = 'audit';

/** With what the local stack sets, and a cache to flush: a list is set in the file alone. */
function packageService(folder: string): Promise<string> {
  const parameters = [
    `defaultDomain=${DOMAIN}`,
    'allowRequestsToLoopback=true',
    'flushInterval=1',
    `exportBucket=${BUCKET}`,
  ];
  const options = parameters.flatMap((parameter) => ['--param', parameter]);
  return packageInto(folder, '.', withCache, ['--stage', 'dev', ...options]);
}

function withCache(source: string): string {
  const changed = source.replace('flushApis: []', () => `flushApis: ["${FLUSHED}"]`);
  if (changed === source) throw new Error('serverless.yml has no flushApis to set');
  return changed;
}
