/**
 * One function as AWS runs it: its zip alone, as a user without rights, started by AWS's runtime
 * client with Lambda's own options for Node, and invoked through AWS's emulator.
 *
 * Errors: `invoke` rejects with a `FunctionError`, which holds what Lambda reports to who invoked.
 * Not emulated: billing, freezing between calls, the limit of memory (but `process` tells).
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { lambdaNodeOptions } from '../../build/code-cache/code-cache.ts';
import { freePorts } from '../../dev/ports.ts';
import { FunctionError } from '../../dev/sandbox.ts';
import { supervise } from '../../dev/supervised.ts';
import type { Definition, Environment } from './environment.ts';
import type { Prepared } from './prepare.ts';
import { type ProcessState, processIn } from './process-state.ts';
import { layOut } from './task.ts';

export interface EmulatedFunction {
  /** One call at a time, as each instance has it on AWS. */
  invoke(event: unknown): Promise<unknown>;
  /** What it and its runtime wrote, a line each. */
  log(): string[];
  /** Once it has been called. */
  process(): ProcessState | undefined;
  /** Where its code is. */
  folder: string;
  stop(): Promise<void>;
}

export type Start = {
  prepared: Prepared;
  definition: Definition;
  zip: string;
  environment: (taskRoot: string) => Environment;
};

/** `nobody`; who is not root already has no other user to be. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const READY_WITHIN_MS = 10_000;

export async function startFunction(start: Start): Promise<EmulatedFunction> {
  const { definition, zip, environment } = start;
  const task = await layOut(zip);
  const port = await freePorts(2);
  const output: string[] = [];
  const emulator = supervise(start.prepared.emulator, argumentsOf(start, port), {
    ...NOBODY,
    cwd: task.root,
    env: environment(task.root),
    onOutput: (text) => void output.push(text),
  });
  const url = `http://127.0.0.1:${port}/2015-03-31/functions/function/invocations`;
  let last: Promise<unknown> = listening(port, definition.FunctionName);
  return {
    invoke(event) {
      const answer = last.then(() => post(url, event));
      last = answer.catch(() => {});
      return answer;
    },
    log: () => output.join('').split('\n'),
    process: () => processIn(task.root),
    folder: task.root,
    async stop() {
      await emulator.stop();
      task.remove();
    },
  };
}

function argumentsOf({ prepared, definition }: Start, port: number): string[] {
  const { MemorySize, Handler } = definition;
  return [
    `--runtime-interface-emulator-address=127.0.0.1:${port}`,
    `--runtime-api-address=127.0.0.1:${port + 1}`,
    prepared.node,
    ...lambdaNodeOptions(MemorySize),
    prepared.client,
    Handler,
  ];
}

async function listening(port: number, name: string): Promise<void> {
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await sleep(20)) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    if (answer) return;
  }
  throw new Error(`${name}: the emulator does not listen`);
}

async function post(url: string, event: unknown): Promise<unknown> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(event) });
  const text = await answer.text();
  if (text.startsWith('Task timed out')) throw new FunctionError('Sandbox.Timedout', text);
  const value: unknown = text === '' ? null : JSON.parse(text);
  // The emulator does not hand on which of the two it is; none of our answers looks so.
  const { errorType, errorMessage, trace } = (value ?? {}) as Record<string, unknown>;
  if (errorType === undefined) return value;
  throw new FunctionError(String(errorType), String(errorMessage), String(trace));
}
