/**
 * A server that is measured, in a process of its own, and how the bench speaks to it.
 *
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export type Ask = { ask: string; id: number; given: unknown };
type Answer = { id: number; answer?: unknown; error?: string };

export type Child = {
  ask: <T>(what: string, given?: unknown) => Promise<T>;
  /** What its process has used of a processor so far: milliseconds. */
  processor: () => Promise<number>;
  stop: () => Promise<void>;
};

/** @param file - Beside this one. */
export function startChild(file: string): Child {
  const child = fork(join(import.meta.dirname, file), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  child.on('message', (message) => {
    const answer = message as Answer;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  child.once('exit', () => {
    for (const [id, settle] of waiting) settle({ id, error: `${file} has ended` });
  });
  let count = 0;
  async function ask<T>(what: string, given: unknown = {}): Promise<T> {
    const id = count++;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    waiting.set(id, resolve);
    child.send({ ask: what, id, given } satisfies Ask);
    const { answer, error } = await promise;
    if (error !== undefined) throw new Error(`${file}, ${what}: ${error}`);
    return answer as T;
  }
  return { ask, processor: () => ask('processor'), stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.disconnect();
  child.kill('SIGTERM');
  await ended;
}

type Answers = Readonly<Record<string, (given: never) => Promise<unknown>>>;

async function processor(): Promise<number> {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** In the child: answers until the bench lets go. */
export function answerWith(own: Answers, stop: () => Promise<unknown>): void {
  const answers: Answers = { ...own, processor };
  process.on('message', async (message) => {
    const { ask, id, given } = message as Ask;
    try {
      const answer = await answers[ask]?.(given as never);
      process.send?.({ id, answer } satisfies Answer);
    } catch (error) {
      process.send?.({ id, error: (error as Error).stack ?? 'failed' } satisfies Answer);
    }
  });
  const leave = () => void stop().finally(() => process.exit(0));
  process.once('disconnect', leave);
  process.once('SIGTERM', leave);
}
