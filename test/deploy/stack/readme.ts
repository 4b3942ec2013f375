/**
 * The commands of a section of README.md, as they stand there.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const README = resolve(import.meta.dirname, '../../../README.md');

/** Of the first block of commands. @throws Error where there is none. */
export function commandsOf(section: string): string[] {
  const text = readFileSync(README, 'utf8').split(`\n## ${section}\n`)[1]?.split('\n## ')[0] ?? '';
  const [, block] = /```sh\n([^`]+)```/.exec(text) ?? [];
  if (!block) throw new Error(`README.md has no commands in "${section}"`);
  return block
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
}
