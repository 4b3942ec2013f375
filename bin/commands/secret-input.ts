/**
 * Reads a secret from a file, from standard input where that is `-`, or from a prompt that does not show it, and a name from one that does.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Failure, Misuse } from './failure.ts';

export async function readSecret(name: string, file: string | undefined): Promise<string> {
  const secret = file === undefined ? await ask(name, { hidden: true }) : firstLine(file);
  if (secret === '') throw new Failure(`the ${name} must not be empty`);
  return secret;
}

/** @param given - Of the option `--name`, so that nobody is asked. */
export async function readName(name: string, given: string | undefined): Promise<string> {
  const text = given ?? (await ask(name, { hidden: false }));
  if (text === '') throw new Misuse(`the ${name} must not be empty`);
  return text;
}

function firstLine(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').split(/\r?\n/)[0] ?? '';
  } catch (error) {
    throw new Failure(`cannot read ${file}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

async function ask(name: string, { hidden }: { hidden: boolean }): Promise<string> {
  if (!process.stdin.isTTY)
    throw new Misuse(`no terminal to ask for the ${name}: use --${name}${hidden ? '-file' : ''}`);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const output = hidden ? silent : process.stderr;
  const prompt = createInterface({ input: process.stdin, output, terminal: true });
  // Only now: before, the terminal itself would show what is typed. The silent one draws no prompt.
  if (hidden) process.stderr.write(`${name}: `);
  try {
    return await prompt.question(hidden ? '' : `${name}: `);
  } finally {
    prompt.close();
    if (hidden) process.stderr.write('\n');
  }
}
