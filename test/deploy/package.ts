/**
 * Runs `serverless package` on a copy of a service in a folder of its own, so that tests and a
 * running local stack never share an output folder. Without credentials or anything of this
 * process's environment but the compile cache: packaging must work offline.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { copyService } from '../../dev/service-copy.ts';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');

type Resource = {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  DependsOn?: string | string[];
};
export type Template = {
  Conditions?: Record<string, unknown>;
  Resources: Record<string, Resource>;
  Outputs: Record<string, { Value: unknown; Export?: { Name: string } }>;
};
/** `zips` holds the names of the files in each function's zip. */
export type Packaged = { template: Template; zips: Record<string, string[]> };

/** @param service - The service's folder, relative to the repository. */
export const packageService = (service: string, ...options: string[]): Promise<Packaged> =>
  packageChanged(service, (text) => text, ...options);

/** @param change - What to make of its serverless.yml before. */
export async function packageChanged(
  service: string,
  change: (text: string) => string,
  ...options: string[]
): Promise<Packaged> {
  const copy = await mkdtemp(join(tmpdir(), 'latchkey-package-'));
  try {
    return await readPackage(await packageInto(copy, service, change, options));
  } finally {
    await rm(copy, { recursive: true });
  }
}

/**
 * @param more - Variables of its environment.
 * @returns The folder of the compiled template and the zips, inside `copy`.
 */
export async function packageInto(
  copy: string,
  service: string,
  change: (text: string) => string,
  options: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = copyService(join(ROOT, service), copy);
  const map = join(folder, 'serverless.yml');
  await writeFile(map, change(await readFile(map, 'utf8')));
  const cli = join(ROOT, 'node_modules/serverless/bin/serverless.js');
  const cache = process.env['NODE_COMPILE_CACHE'];
  const env = {
    HOME: copy,
    PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
    ...(cache && { NODE_COMPILE_CACHE: cache }),
    ...more,
  };
  await run(process.execPath, [cli, 'package', ...options], { cwd: folder, env });
  return join(folder, '.serverless');
}

async function readPackage(folder: string): Promise<Packaged> {
  const text = await readFile(join(folder, 'cloudformation-template-update-stack.json'), 'utf8');
  const template: Template = JSON.parse(text);
  const zips: Record<string, string[]> = {};
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type !== 'AWS::Lambda::Function') continue;
    const { S3Key } = Properties['Code'] as { S3Key: string };
    const name = S3Key.split('/').at(-1) ?? '';
    zips[name] = entriesOf(await readFile(join(folder, name)));
  }
  return { template, zips };
}

/** The names in a zip's central directory. */
function entriesOf(zip: Buffer): string[] {
  const names: string[] = [];
  const header = Buffer.from('PK\x01\x02', 'latin1');
  for (let at = zip.indexOf(header); at >= 0; at = zip.indexOf(header, at + 46)) {
    names.push(zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28)));
  }
  return names;
}
