/**
 * The stage `prod`, as far as a test needs it: each step is taken once a run, by whoever needs it first.
 *
 * @module
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { command } from './commands.ts';
import { commandsOf } from './readme.ts';

export const ADMINISTRATOR = { username: 'root@example.com', password: 'correct horse' };

export type Said = { line: string; output: string }[];

/** What is remembered of a step, since test files share no modules. */
export async function once<T>(step: string, take: () => Promise<T>): Promise<T> {
  const file = join(inject('shared').folder, `${step}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as T;
  const taken = await take();
  writeFileSync(file, JSON.stringify(taken ?? null));
  return taken;
}

/** As README says in "Deploy", word for word. */
export const deployed = (): Promise<Said> =>
  once('deployed', async () => {
    const said: Said = [];
    for (const line of commandsOf('Deploy'))
      said.push({ line, output: await command(line, { password: ADMINISTRATOR.password }) });
    return said;
  });

export const serviceUrl = (): string => `http://127.0.0.1:${inject('shared').port}`;
export const exampleUrl = (): string => `http://127.0.0.1:${inject('shared').port + 1}`;

export type Example = 'http' | 'rest' | 'websocket' | 'appsync';
export const exampleFolder = (kind: Example): string =>
  `${inject('shared').clone}/examples/protected-api/${kind}`;

/** As its own head says. */
export const exampleDeployed = (kind: Example): Promise<string> =>
  once(`example-${kind}`, async () => {
    await deployed();
    return command('npx serverless deploy --stage prod', { cwd: exampleFolder(kind) });
  });
