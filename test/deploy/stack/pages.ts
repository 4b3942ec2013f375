/**
 * What README.md and docs/ tell people to type or to copy, as it stands there.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Of the first block of commands in a section of README.md. @throws Error where there is none. */
export function commandsOf(section: string): string[] {
  const readme = readFileSync(resolve(ROOT, 'README.md'), 'utf8');
  const text = readme.split(`\n## ${section}\n`)[1]?.split('\n## ')[0] ?? '';
  const [, block] = /```sh[^\n]*\n([^`]+)```/.exec(text) ?? [];
  if (!block) throw new Error(`README.md has no commands in "${section}"`);
  return block
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

export type Policy = { Version: string; Statement: { Action: string | string[] }[] };

/** The IAM policy of a page. @throws Error where there is none. */
export function policyOf(page: string): Policy {
  const text = readFileSync(resolve(ROOT, page), 'utf8');
  const blocks = [...text.matchAll(/```json\n([^`]+)```/g)].map(([, block = '']) => block);
  const found = blocks.find((block) => block.includes('"Statement"'));
  if (!found) throw new Error(`${page} has no policy`);
  return JSON.parse(found) as Policy;
}
