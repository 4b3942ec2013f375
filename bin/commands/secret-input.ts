/**
 * Reads a secret: from a file, or from a prompt that does not show it.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Failure } from './failure.ts';

export async function readSecret(name: string, file: string | undefined): Promise<string> {
  const secret = file ? firstLine(file) : await ask(name);
  if (secret === '') throw new Failure(`the ${name} must not be empty`);
  return secret;
}

const firstLine = (file: string): string => readFileSync(file, 'utf8').split(/\r?\n/)[0] ?? '';

async function ask(name: string): Promise<string> {
  if (!process.stdin.isTTY)
    throw new Failure(`no terminal to ask for the ${name}: use --${name}-file`);
  process.stderr.write(`${name}: `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await prompt.question('');
  } finally {
    prompt.close();
    process.stderr.write('\n');
  }
}
