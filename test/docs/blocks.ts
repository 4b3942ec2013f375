/**
 * The commands of the documents: their fences in `sh`, with the word that says why one cannot be run.
 *
 *   aws        needs an account
 *   checkout   installs or tests this very checkout
 */
import { globSync, readFileSync } from 'node:fs';

export type Block = { file: string; text: string; mark: string };

const FENCE = /^( *)```(\S*) *(\S*)\n([\s\S]*?)^ *```$/gm;

const FILES = ['*.md', 'docs/**/*.md', 'examples/**/*.md', 'test/**/*.md'];

const fences = globSync(FILES, { exclude: ['CHANGELOG.md'] })
  .sort()
  .flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(FENCE)].map(
      ([, indent = '', language = '', mark = '', text = '']) => ({
        file,
        language,
        mark,
        text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      }),
    ),
  );

export const BLOCKS: readonly Block[] = fences.filter(({ language }) => language === 'sh');
export const OTHERS = fences.filter(({ language }) => language !== 'sh');

/** What the comments of a block say is answered, in order. It goes on in lines that begin with `#  `. */
export const answersIn = (text: string): unknown[] =>
  [...text.matchAll(/^# (\{.*(?:\n# {2}.*)*)/gm)].map(([, answer = '']) =>
    JSON.parse(answer.replaceAll(/\n# +/g, '')),
  );

/** Each JSON object that stands in an output. */
export function objectsIn(output: string): unknown[] {
  const found: unknown[] = [];
  for (let start = output.indexOf('{'); start >= 0; start = output.indexOf('{', start + 1)) {
    let end = output.indexOf('}', start) + 1;
    while (end > 0 && !isJson(output.slice(start, end))) end = output.indexOf('}', end) + 1;
    if (end === 0) continue;
    found.push(JSON.parse(output.slice(start, end)));
    start = end - 1;
  }
  return found;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A word that ends in `…` stands for any, and so does a number that is a time. */
export function isLike(shown: unknown, real: unknown): boolean {
  if (typeof shown === 'string')
    return shown.endsWith('…') ? typeof real === 'string' : shown === real;
  if (typeof shown === 'number' && shown > 1e9) return typeof real === 'number';
  if (typeof shown !== 'object' || typeof real !== 'object' || !shown || !real)
    return shown === real;
  const [one, other] = [new Map(Object.entries(shown)), new Map(Object.entries(real))];
  return (
    one.size === other.size && [...one].every(([name, value]) => isLike(value, other.get(name)))
  );
}
