/** The command line and the tour as processes of their own, as a person runs them. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export type Ended = { code: number | null; out: string; err: string };

/**
 * Runs a script of the project to its end. There is no terminal, so nothing can be asked.
 *
 * @param input - What stands on its standard input; nothing does without it.
 */
export function runScript(
  script: string,
  words: readonly string[],
  settings: Record<string, string> = {},
  input?: string,
): Promise<Ended> {
  const child = spawn(process.execPath, [join(ROOT, script), ...words], {
    env: { ...process.env, ...settings },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {}).end(input);
  const ended: Ended = { code: null, out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    ended.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    ended.err += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...ended, code }));
  });
}

/**
 * The command line at a terminal, where somebody types the password once it is asked for.
 *
 * @returns What was to be seen there.
 */
export async function atTerminal(
  words: readonly string[],
  settings: Record<string, string>,
  password: string,
): Promise<Pick<Ended, 'code' | 'out'>> {
  const called = [process.execPath, join(ROOT, 'bin/latchkey.ts'), ...words].map(
    (word) => `'${word}'`,
  );
  const child = spawn('script', ['-qec', called.join(' '), '/dev/null'], {
    env: { ...process.env, ...settings },
  });
  const seen = { code: null as number | null, out: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    seen.out += text;
    if (text.includes('password: ')) child.stdin.write(`${password}\n`);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...seen, code }));
  });
}

/** An administrator's home: a session file and password files, in a folder of its own. */
export function home() {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-cli-'));
  const session = join(folder, 'config', 'session.json');
  return {
    session,
    run: (...words: string[]): Promise<Ended> =>
      runScript('bin/latchkey.ts', words, { LATCHKEY_SESSION: session }),
    /** @returns The path of a file that holds it. */
    secret: (text: string, name = 'password'): string => {
      const file = join(folder, name);
      writeFileSync(file, `${text}\n`, { mode: 0o600 });
      return file;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
