/**
 * What a command of the command line is, and how its options are read.
 *
 * @module
 */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { Misuse } from './failure.ts';

export type Command = {
  summary: string;
  usage: readonly string[];
  /** @returns What to print. */
  run: (words: string[]) => Promise<string>;
};

const STAGE = { stage: { type: 'string', default: 'dev' } } as const;

/** Every command takes `--stage`; an unknown or misspelt option is refused, not ignored. */
export function readOptions<const T extends ParseArgsOptionsConfig>(words: string[], options: T) {
  try {
    return parseArgs({ args: words, options: { ...STAGE, ...options }, strict: true }).values;
  } catch (error) {
    throw new Misuse((error as Error).message);
  }
}

export function required(value: string | undefined, option: string): string {
  if (!value) throw new Misuse(`--${option} is required`);
  return value;
}
