/**
 * What every file of the project `deployment` shares: the emulator, a clone of the repository to deploy
 * from, and the addresses in front of what is deployed.
 */
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { freePorts } from '../../../dev/ports.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { startFront } from './front.ts';
import { addressOf, stacksOf } from './stacks.ts';
import { cloneOfToday } from './workspace.ts';

export type Shared = Omit<Emulator, 'stop'> & {
  folder: string;
  /** Where commands are run. */
  clone: string;
  /** Of the service of the stage `prod`, with the example HTTP API on the port above. */
  port: number;
};

/** What is left for a look: every decision of IAM, and what the emulator said. */
const ARTEFACTS = resolve(process.env['TEST_ARTEFACTS'] ?? '.artefacts', 'deployment');

declare module 'vitest' {
  interface ProvidedContext {
    shared: Shared;
  }
}

export async function setup(project: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-deployed-'));
  const { stop, ...emulator } = await startEmulator(folder);
  const clone = cloneOfToday(join(folder, 'clone'));
  const port = await freePorts(2);
  const fronts = await Promise.all(
    ['latchkey-prod', 'latchkey-example-http-prod'].map((stack, above) =>
      startFront(() => addressOf(emulator.endpoint, stack), port + above),
    ),
  );
  project.provide('shared', { ...emulator, folder, clone, port });
  return async () => {
    try {
      console.log(await countsOf(emulator));
    } finally {
      for (const front of fronts) front.stop();
      await stop();
    }
    mkdirSync(ARTEFACTS, { recursive: true });
    for (const file of ['iam.jsonl', 'emulator.log'])
      copyFileSync(join(folder, file), join(ARTEFACTS, file));
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
}

async function countsOf({ endpoint, iamLog }: Pick<Emulator, 'endpoint' | 'iamLog'>) {
  const stacks = await stacksOf(endpoint);
  const resources = stacks.flatMap((stack) => stack.resources);
  const functions = resources.filter(({ type }) => type === 'AWS::Lambda::Function');
  const decisions = readFileSync(iamLog, 'utf8').trimEnd().split('\n');
  return (
    `\nstacks at the end: ${stacks.length}, with ${functions.length} functions in ` +
    `${resources.length} resources; decisions of IAM: ${decisions.length}`
  );
}
