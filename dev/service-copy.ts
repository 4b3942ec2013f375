/**
 * Copies what the serverless CLI needs of a service into a folder of its own, since the CLI writes
 * beside what it reads: two runs at once in one checkout would take each other's output.
 *
 * @module
 */
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A link for source, whose imports must still resolve; a copy for what is read or zipped. */
const LINKED = ['build'];
const COPIED = ['serverless.yml', 'infra', '../handler.mjs', '../socket.mjs', '../graph.mjs'];

/** What decides what is compiled, beside the parameters: of the plugin, its own part. */
const CONFIGURATION = ['serverless.yml', 'infra/*.yml', 'build/plugin.ts'];

/** @returns What they say, by their paths. */
export function configurationOf(dir: string): [path: string, text: string][] {
  const paths = globSync(CONFIGURATION, { cwd: dir }).sort();
  return paths.map((path) => [path, readFileSync(join(dir, path), 'utf8')]);
}

/** @returns The copy of the service's folder, below `into`. */
export function copyService(dir: string, into: string): string {
  const copy = join(into, 'service');
  mkdirSync(copy, { recursive: true });
  for (const file of COPIED)
    if (existsSync(join(dir, file))) copyFile(join(dir, file), join(copy, file));
  for (const file of LINKED)
    if (existsSync(join(dir, file))) symlinkSync(join(dir, file), join(copy, file));
  return copy;
}

function copyFile(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true });
}
