/**
 * How long `latchkey user import` takes, against the local stack: gateway, functions, embedded engine.
 *
 *   node bench/import.ts           100,000 users, each with an address, a role and a hash of bcrypt
 *   node bench/import.ts 10000
 *   node bench/import.ts 1GB       a dry run of a file of that size, in lines of 1 KB: one in a hundred is a
 *                                  user, one in ten has the name of one before it, the others are cut off,
 *                                  as the file itself is
 *
 * The memory is the most that the command had at any time (VmHWM), so this runs on Linux.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
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

const MEGABYTE = 1_000_000;
const padding = 'x'.repeat(900);

function* linesOfSize(bytes: number): Generator<string> {
  for (let [at, left] = [0, bytes]; left > 0; at++) {
    const user = { username: `sized-${at % 100 === 0 ? at : 0}`, plan: 'p', profile: {} };
    const text = JSON.stringify({ ...user, ...(at % 100 !== 0 && { padding }) });
    const line = `${at % 10 === 0 ? text : text.slice(0, -1)}\n`.slice(0, left);
    left -= line.length;
    yield line;
  }
}

type Took = { seconds: number; megabytes: number };

/** @param code - That it ends with. */
async function run(folder: string, words: string[], code = 0): Promise<Took> {
  const began = performance.now();
  const env = { ...process.env, LATCHKEY_SESSION: join(folder, 'session.json') };
  const child = spawn(process.execPath, [COMMAND, ...words], { env, stdio: 'inherit' });
  let most = 0;
  const looking = setInterval(async () => {
    const text = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(text)?.[1] ?? 0));
  }, 250);
  const [ended] = await once(child, 'close');
  clearInterval(looking);
  if (ended !== code) throw new Error(`${words.slice(0, 2).join(' ')} ended with ${ended}`);
  return { seconds: (performance.now() - began) / 1000, megabytes: (most * 1024) / MEGABYTE };
}

const asked = process.argv[2] ?? '100000';
const gigabytes = /^(\d+)GB$/.exec(asked)?.[1];
const folder = await mkdtemp(join(tmpdir(), 'latchkey-import-'));
const [users, password] = [join(folder, 'users.jsonl'), join(folder, 'password')];
const lines = gigabytes ? linesOfSize(Number(gigabytes) * 1000 * MEGABYTE) : linesOf(Number(asked));
await pipeline(Readable.from(lines), createWriteStream(users));
await writeFile(password, 'secret\n', { mode: 0o600 });
const stack = await startStack();
try {
  const { service: url } = stack.urls;
  const who = ['--username', '100@mydomain.com', '--password-file', password];
  await run(folder, ['login', '--url', url, ...who]);
  const words = ['user', 'import', users];
  const took = {
    'dry run': await run(folder, [...words, '--dry-run'], gigabytes ? 1 : 0),
    ...(!gigabytes && { import: await run(folder, words) }),
  };
  const { size } = await stat(users);
  for (const [name, { seconds, megabytes }] of Object.entries(took)) {
    const rate = gigabytes
      ? `${(size / MEGABYTE / seconds).toFixed(0)} MB a second`
      : `${(Number(asked) / seconds).toFixed(0)} users a second`;
    console.log(`${name}: ${seconds.toFixed(0)} s, ${rate}, ${megabytes.toFixed(0)} MB of memory`);
  }
} finally {
  await stack.stop();
  await rm(folder, { recursive: true });
}
