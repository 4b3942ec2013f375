/**
 * How long `latchkey user import` takes, against the local stack: gateway, functions, embedded engine.
 *
 *   node bench/import.ts           100,000 users, each with an address, a role and a hash of bcrypt
 *   node bench/import.ts 10000
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { startStack } from '../dev/stack.ts';

const COMMAND = resolve(import.meta.dirname, '../bin/latchkey.ts');
const HASH = `$2b$12$${'a'.repeat(53)}`;

function* linesOf(count: number): Generator<string> {
  for (let at = 0; at < count; at++) {
    const username = `moved-${at}@mydomain.com`;
    const profile = { given_name: 'Ada', family_name: `Number ${at}` };
    const user = { username, email: username, roles: ['user'], profile, passwordHash: HASH };
    yield `${JSON.stringify(user)}\n`;
  }
}

/** @returns Seconds. */
async function run(folder: string, ...words: string[]): Promise<number> {
  const began = performance.now();
  const env = { ...process.env, LATCHKEY_SESSION: join(folder, 'session.json') };
  const child = spawn(process.execPath, [COMMAND, ...words], { env, stdio: 'inherit' });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${words.slice(0, 2).join(' ')} ended with ${code}`);
  return (performance.now() - began) / 1000;
}

const count = Number(process.argv[2] ?? 100_000);
const folder = await mkdtemp(join(tmpdir(), 'latchkey-import-'));
const [users, password] = [join(folder, 'users.jsonl'), join(folder, 'password')];
await pipeline(Readable.from(linesOf(count)), createWriteStream(users));
await writeFile(password, 'secret\n', { mode: 0o600 });
const stack = await startStack();
try {
  const { service: url } = stack.urls;
  const who = ['--username', '100@mydomain.com', '--password-file', password];
  await run(folder, 'login', '--url', url, ...who);
  const took = {
    'dry run': await run(folder, 'user', 'import', users, '--dry-run'),
    import: await run(folder, 'user', 'import', users),
  };
  for (const [name, seconds] of Object.entries(took))
    console.log(`${name}: ${seconds.toFixed(0)} s, ${(count / seconds).toFixed(0)} users a second`);
} finally {
  await stack.stop();
  await rm(folder, { recursive: true });
}
