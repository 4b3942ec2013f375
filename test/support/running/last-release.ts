/**
 * The code of before what all share was named, from the history of the repository, in a process of its own: what
 * wrote the tables of older deployments, and judged by them.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = resolve(import.meta.dirname, '../../..');
const git = (...words: string[]): Buffer =>
  execFileSync('git', words, { cwd: ROOT, maxBuffer: 1 << 28 });

/** Each line of its input is [function, ...arguments]; each of its output what came of it. */
const PROGRAM = `
import { createInterface } from 'node:readline';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { registerResources } from './lib/manage/resources/registry.ts';
import { editRole } from './lib/manage/roles/edit.ts';
import {
  createDomain,
  deleteDomain,
  domainKey,
  readDomain,
  saveDomain,
} from './lib/store/directory/domains.ts';
import { raiseGeneration, raiseGenerationTo } from './lib/store/directory/revocation.ts';
import { judge } from './lib/verdict/judge.ts';

const [endpoint, directoryName, sessionsName] = process.argv.slice(2);
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
const directory = { client, name: directoryName };
const sessions = { client, name: sessionsName };
const can = {
  editRole: (edit) => editRole(directory, edit),
  registerResources: (resources) => registerResources(directory, resources),
  createDomain: (domain) => createDomain(directory, domain),
  raiseDomain: (name) => raiseGeneration(directory, domainKey(name)),
  raiseDomainTo: (name, to) => raiseGenerationTo(directory, domainKey(name), to),
  changeDomain: async (name, change) => {
    const before = await readDomain(directory, name);
    return saveDomain(directory, before, { ...before, ...change });
  },
  deleteDomain: async (name) => deleteDomain(directory, await readDomain(directory, name)),
  judge: async (...asked) => (await judge({ directory, sessions }, ...asked)).status,
};
for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...given] = JSON.parse(line);
  const answer = await can[name](...given).then(
    (done) => ({ done }),
    (error) => ({ error: error.name }),
  );
  console.log(JSON.stringify(answer));
}
`;

export type LastRelease = Awaited<ReturnType<typeof startLastRelease>>;
type Answer = { done?: unknown; error?: string };

export async function startLastRelease(endpoint: string, directory: string, sessions: string) {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-last-release-'));
  const [added = ''] = git(
    'log',
    '--diff-filter=A',
    '--format=%H',
    '--',
    'lib/store/named/manifest.ts',
  )
    .toString()
    .trim()
    .split('\n')
    .reverse();
  if (!added) throw new Error('needs the history of the repository: git fetch --unshallow');
  const archive = git('archive', `${added}^`, 'lib', 'package.json');
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'program.ts'), PROGRAM);

  const child = spawn(process.execPath, ['program.ts', endpoint, directory, sessions], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** One at a time. */
    async ask(name: string, ...given: unknown[]): Promise<Answer> {
      child.stdin.write(`${JSON.stringify([name, ...given])}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('the last release has ended');
      return JSON.parse(value) as Answer;
    },
    async stop(): Promise<void> {
      child.stdin.end();
      await new Promise((ended) => child.once('exit', ended));
      rmSync(folder, { recursive: true });
    },
  };
}
