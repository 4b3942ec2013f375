/**
 * Runs a command as a person types it, at a terminal of its own where it asks for something.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { PYTHON } from './emulator.ts';

export type Ended = { code: number | null; output: string };

/** A terminal, and somebody who answers once, when asked for a password. */
const TERMINAL = `
import os, pty, sys
answers = [os.environ.pop('ANSWER').encode() + b'\\n']
def read(fd):
    data = os.read(fd, 4096)
    if b'password: ' in data and answers:
        os.write(fd, answers.pop())
    return data
sys.exit(os.waitstatus_to_exitcode(pty.spawn(['sh', '-c', sys.argv[1]], read)))
`;

type Place = { cwd: string; env: Record<string, string> };

export const typed = (line: string, { cwd, env }: Place, password = ''): Promise<Ended> =>
  ended(PYTHON, ['-c', TERMINAL, line], { cwd, env: { ...env, ANSWER: password } });

/** With nobody at a terminal. */
export const shell = (line: string, place: Place): Promise<Ended> =>
  ended('sh', ['-c', line], place);

function ended(program: string, words: string[], place: Place): Promise<Ended> {
  const child = spawn(program, words, { ...place, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
