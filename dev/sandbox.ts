/**
 * The host's side of one Lambda sandbox: calls that are matched to their answers, a deadline for
 * each, and an end that fails what is still open.
 *
 * Units: milliseconds.
 *
 * @module
 */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';

/** What Lambda reports when a function fails. */
export class FunctionError extends Error {
  readonly errorType: string;
  constructor(errorType: string, errorMessage: string, trace?: string) {
    super(errorMessage);
    this.name = 'FunctionError';
    this.errorType = errorType;
    if (trace) this.stack = trace;
  }
}

export interface SandboxOptions {
  name: string;
  file: string;
  exportName: string;
  arn: string;
  memory: number;
  timeout: number;
  env: Record<string, string>;
  log: ((line: string) => void) | undefined;
}

export interface Sandbox {
  run(event: unknown): Promise<unknown>;
  /** Takes no further calls, and ends after the open ones. */
  retire(): void;
  readonly retired: boolean;
  stop(): Promise<void>;
  ended: Promise<void>;
}

type Pending = { resolve(result: unknown): void; reject(error: Error): void };
type Answer = {
  id: number;
  result?: string;
  error?: { errorType: string; errorMessage: string; stack?: string };
};

export function startSandbox(options: SandboxOptions): Sandbox {
  const worker = startWorker(options);
  const calls = openCalls();
  const ended = Promise.withResolvers<void>();
  let retired = false;

  const endIfIdle = () => {
    if (retired && calls.none()) void worker.terminate();
  };
  const fail = (error: FunctionError) => {
    retired = true;
    calls.failAll(error);
  };
  worker.on('message', calls.settle);
  worker.on('error', (error: unknown) => {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    options.log?.(`${options.name}: ${stack ?? message}`);
    fail(new FunctionError(name, message, stack));
  });
  worker.on('exit', (code) => {
    fail(new FunctionError('Runtime.ExitError', `Runtime exited with error: exit status ${code}`));
    ended.resolve();
  });
  // Lambda throws a sandbox away after a timeout: its state can no longer be trusted.
  const onTimeout = () => {
    retired = true;
  };

  return {
    run: (event) =>
      calls
        .begin(options.timeout, onTimeout, (id) =>
          worker.postMessage({ id, event, deadline: Date.now() + options.timeout }),
        )
        .finally(endIfIdle),
    retire() {
      retired = true;
      endIfIdle();
    },
    get retired() {
      return retired;
    },
    async stop() {
      retired = true;
      await worker.terminate();
    },
    ended: ended.promise,
  };
}

/** The calls that a sandbox has not answered yet. */
function openCalls() {
  const open = new Map<number, Pending>();
  let calls = 0;
  return {
    none: (): boolean => open.size === 0,
    begin(timeout: number, onTimeout: () => void, send: (id: number) => void): Promise<unknown> {
      const id = ++calls;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      open.set(id, { resolve, reject });
      const timer = setTimeout(() => {
        onTimeout();
        const seconds = (timeout / 1000).toFixed(2);
        reject(new FunctionError('Sandbox.Timedout', `Task timed out after ${seconds} seconds`));
      }, timeout);
      send(id);
      return promise.finally(() => {
        clearTimeout(timer);
        open.delete(id);
      });
    },
    settle({ id, result, error }: Answer): void {
      const pending = open.get(id);
      if (error)
        pending?.reject(new FunctionError(error.errorType, error.errorMessage, error.stack));
      else pending?.resolve(result === undefined ? null : JSON.parse(result));
    },
    failAll(error: FunctionError): void {
      for (const pending of [...open.values()]) pending.reject(error);
    },
  };
}

function startWorker({ name, file, exportName, arn, memory, env, log }: SandboxOptions): Worker {
  const worker = new Worker(new URL('./lambda-worker.ts', import.meta.url), {
    // What this process preloads (a profiler, a recorder of calls), a sandbox preloads too.
    env: { ...env, NODE_OPTIONS: process.env['NODE_OPTIONS'] },
    name,
    stdout: true,
    stderr: true,
    workerData: { file, exportName, functionName: name, arn, memory: String(memory) },
  });
  for (const stream of [worker.stdout, worker.stderr]) follow(stream, name, log);
  return worker;
}

function follow(stream: Readable, name: string, log: SandboxOptions['log']): void {
  // Read even when nobody listens: a full pipe would hold the function up.
  createInterface({ input: stream }).on('line', (line) => log?.(`${name}: ${line}`));
}
