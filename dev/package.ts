/**
 * Packages the services of the local stack with the serverless CLI, and reads what it compiled.
 *
 * A template that was compiled from the same files with the same parameters is used again.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { configurationOf, copyService } from './service-copy.ts';
import type { Template } from './template.ts';

export interface Service {
  /** The stack's name, as the CLI gives it: service and stage. */
  name: string;
  dir: string;
  params?: Record<string, string>;
  /** What takes the place of which text in the compiled template. */
  places?: Record<string, string>;
}

const STAGE = 'dev';
const TEMPLATE = 'cloudformation-template-update-stack.json';
const CLI = createRequire(import.meta.url).resolve('serverless/bin/serverless.js');

/**
 * Stacks that start at once may share a cache: what is in it is whole, and never changes.
 *
 * @param cacheDir Where compiled templates are kept, a file for each outcome.
 */
export async function packageService(
  service: Service,
  cacheDir: string,
  signal: AbortSignal,
): Promise<Template> {
  const key = keyOf(service);
  const kept = join(cacheDir, `${service.name}-${key}.json`);
  if (key && existsSync(kept)) return placed(service, kept);

  mkdirSync(cacheDir, { recursive: true });
  const work = mkdtempSync(join(cacheDir, 'work-'));
  try {
    // Not inside: the CLI empties the folder that it packages into.
    const [sources, out] = [join(work, 'source'), join(work, 'out')];
    await runCli({ ...service, dir: copyService(service.dir, sources) }, out, signal);
    const made = join(out, TEMPLATE);
    const template = placed(service, made);
    // In one step, so that nobody sees half of it.
    if (key) renameSync(made, kept);
    return template;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function placed({ places = {} }: Service, file: string): Template {
  let text = readFileSync(file, 'utf8');
  for (const [sentinel, place] of Object.entries(places)) text = text.replaceAll(sentinel, place);
  return JSON.parse(text) as Template;
}

/** @returns Undefined for a service whose outcome depends on more than its own files. */
function keyOf({ dir, params = {} }: Service): string | undefined {
  const source = configurationOf(dir);
  const yaml = source.filter(([path]) => path.endsWith('.yml'));
  if (yaml.some(([, text]) => /\$\{((env|git|s3|ssm|cf)\b|file\((?!infra\/))/.test(text)))
    return undefined;
  const version = readFileSync(join(CLI, '../../package.json'), 'utf8');
  return createHash('sha256')
    .update(JSON.stringify([source, params, version]))
    .digest('hex')
    .slice(0, 16);
}

function runCli({ name, dir, params = {} }: Service, outDir: string, signal: AbortSignal) {
  const given = Object.entries(params).flatMap(([key, value]) => ['--param', `${key}=${value}`]);
  const args = [CLI, 'package', '--stage', STAGE, '--package', outDir, ...given];
  const child = spawn(process.execPath, args, {
    cwd: dir,
    signal,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off' },
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => output.push(chunk));
  }
  return new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`serverless package failed for ${name}:\n${output.join('')}`));
    });
  });
}
