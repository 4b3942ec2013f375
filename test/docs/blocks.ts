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

/**
 * What the comments of a block say is answered, in order: a word that ends in `…` stands for any, and so
 * does a number that is a time. An answer goes on in lines that begin with `#  `.
 */
export const answersIn = (text: string): RegExp[] =>
  [...text.matchAll(/^# (\{.*(?:\n# {2}.*)*)/gm)].map(([, answer = '']) => {
    const line = answer.replaceAll(/\n# +/g, '');
    const pattern = line
      .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll(/[^"…]*…/g, '[^"]*')
      .replaceAll(/\d{10,}/g, '\\d+');
    return new RegExp(pattern);
  });
