/**
 * A worker of Vitest that stays for the next run. Vitest ends its own after each, and a start costs more than
 * most test files do.
 *
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { PoolOptions, PoolWorker, WorkerRequest } from 'vitest/node';

const ENTRY = fileURLToPath(new URL('entry.ts', import.meta.url));
/** A process that has loaded the modules this often is replaced: what tests leave behind adds up. */
const RUNS = 150;
/** Milliseconds. */
const PATIENCE = 10_000;

type Listener = (...values: unknown[]) => void;

/** Owns the process; each run of Vitest borrows it. */
export class Keeper {
  #child: ChildProcess | undefined;
  #runs = 0;
  #given = Promise.resolve();

  readonly name = 'kept';
  readonly createPoolWorker = (options: PoolOptions): PoolWorker => new Kept(this, options);

  /** @returns It, and what gives it back. */
  async borrow({ env, execArgv }: PoolOptions): Promise<[ChildProcess, () => void]> {
    this.#runs++;
    const inTime = this.#given.then(() => true);
    // One that is not given back hangs in what the last run left behind.
    const hangs = !(await Promise.race([inTime, sleep(PATIENCE, false, { ref: false })]));
    if (hangs || this.#runs > RUNS) this.end();
    const child = this.#child ?? this.#start(env, execArgv);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#given = promise;
    return [child, resolve];
  }

  #start(env: PoolOptions['env'], execArgv: string[]): ChildProcess {
    const child = fork(ENTRY, [], {
      env: env as NodeJS.ProcessEnv,
      execArgv,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    child.once('exit', () => {
      if (this.#child === child) this.#child = undefined;
    });
    this.#child = child;
    this.#runs = 1;
    return child;
  }

  /** At once: whatever runs in it may never end by itself. */
  end(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
    this.#given = Promise.resolve();
  }
}

class Kept implements PoolWorker {
  readonly name = 'kept';
  readonly cacheFs = true;
  readonly #keeper: Keeper;
  readonly #options: PoolOptions;
  readonly #listeners: [string, Listener][] = [];
  #child: ChildProcess | undefined;
  #giveBack = (): void => {};

  constructor(keeper: Keeper, options: PoolOptions) {
    this.#keeper = keeper;
    this.#options = options;
  }
  async start(): Promise<void> {
    [this.#child, this.#giveBack] = await this.#keeper.borrow(this.#options);
  }
  /** Gives the process back as it was found. */
  async stop(): Promise<void> {
    for (const [event, listener] of this.#listeners) this.#child?.off(event, listener);
    this.#listeners.length = 0;
    this.#giveBack();
  }
  on(event: string, listener: Listener): void {
    this.#listeners.push([event, listener]);
    this.#child?.on(event, listener);
  }
  off(event: string, listener: Listener): void {
    this.#child?.off(event, listener);
  }
  send(message: WorkerRequest): void {
    if (this.#child?.connected) this.#child.send(message);
  }
  deserialize(data: unknown): unknown {
    return data;
  }
}
