/**
 * What a command of the command line is, and how its words are read.
 *
 * @module
 */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { Misuse } from './failure.ts';
import { refuseWholeKey } from './whole-key.ts';

/**
 * `json` for scripts, `text` for people; `note` goes to stderr, beside the text. `exitCode`: where a part of
 * it was refused, or could not be found out.
 */
export type Output = { json: unknown; text: string; note?: string; exitCode?: number };
export type Options = ParseArgsOptionsConfig;
export type Command = {
  summary: string;
  /** Operands and options, as in a manual. */
  usage: string;
  run: (words: string[]) => Promise<Output>;
};

export type Given<T extends Options> = ReturnType<
  typeof parseArgs<{ options: T; strict: true; allowPositionals: true }>
>['values'];
type Definition<T extends Options> = {
  summary: string;
  /** In their order; the last may be left out where it is in brackets. */
  operands?: readonly string[];
  options: T;
  usage?: string;
  run: (operands: string[], options: Given<T>) => Promise<Output>;
};

/** An operand too many and an unknown or misspelt option are refused, not ignored. */
export function command<const T extends Options>(definition: Definition<T>): Command {
  const { summary, operands = [], options, usage = '', run } = definition;
  return {
    summary,
    usage: [...operands, usage].filter(Boolean).join(' '),
    async run(words) {
      refuseWholeKey(words);
      const { values, positionals } = parse(words, options);
      // What was given is not repeated: it may be a secret that should not be here.
      const least = operands.filter((operand) => !operand.startsWith('[')).length;
      if (positionals.length < least)
        throw new Misuse(missing(operands.slice(positionals.length, least)));
      if (positionals.length > operands.length)
        throw new Misuse(`expected ${operands.join(' ') || 'no operand'}; a secret is never one`);
      return run(positionals, values);
    },
  };
}

const missing = (operands: readonly string[]): string =>
  `${operands.join(' and ')} ${operands.length > 1 ? 'are' : 'is'} missing`;

function parse<T extends Options>(words: string[], options: T) {
  try {
    return parseArgs({ args: words, options, strict: true, allowPositionals: true });
  } catch (error) {
    const [firstSentence = ''] = (error as Error).message.split(/(?<=')\. /);
    throw new Misuse(firstSentence);
  }
}

export function required(value: string | undefined, option: string): string {
  if (!value) throw new Misuse(`--${option} is required`);
  return value;
}

/** A whole number of at least `least`. */
export function numberOption(
  value: string | undefined,
  option: string,
  least = 0,
): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value) || Number(value) < least)
    throw new Misuse(`--${option} must be a whole number of at least ${least}`);
  return Number(value);
}
