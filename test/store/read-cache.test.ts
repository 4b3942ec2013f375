/** The moment's memory: its bound, its single flight, and that no fault is remembered. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCache } from '../../lib/store/read-cache.ts';

const TTL = 100;

function start(milliseconds = TTL) {
  let now = 0;
  let state = 0;
  const reads: unknown[] = [];
  const remember = readCache(milliseconds, () => now);
  return {
    reads,
    wait: (time: number) => {
      now += time;
    },
    now: () => now,
    change: () => ++state,
    ask: (question: unknown = 'q', read = async () => state) =>
      remember(question, () => {
        reads.push(question);
        return read();
      }),
  };
}

test('a hundred calls at once share one read, and the next ones within the time its answer', async () => {
  const { ask, reads, wait } = start();
  const { promise, resolve } = Promise.withResolvers<number>();
  const calls = Array.from({ length: 100 }, () => ask('q', () => promise));
  resolve(7);
  expect(new Set(await Promise.all(calls))).toEqual(new Set([7]));
  wait(TTL - 1);
  expect(await ask()).toBe(7);
  expect(reads).toHaveLength(1);
});

test('the time counts from the start of the read, however long it takes', async () => {
  const { ask, wait, change } = start();
  const { promise, resolve } = Promise.withResolvers<number>();
  const slow = ask('q', () => promise);
  wait(TTL);
  change();
  const next = ask();
  resolve(0);
  expect([await slow, await next]).toEqual([0, 1]);
});

test('a call sees every change that was made longer ago than the time, always', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.record({ wait: fc.integer({ min: 1, max: 120 }) }),
          fc.constant('change' as const),
          fc.constant('ask' as const),
        ),
        { maxLength: 60 },
      ),
      async (steps) => {
        const { ask, wait, change, now } = start();
        const madeAt: number[] = [0];
        for (const step of steps) {
          if (step === 'change') madeAt[change()] = now();
          else if (step === 'ask') {
            const seen = await ask();
            const due = madeAt.filter((at) => at <= now() - TTL).length - 1;
            expect(seen).toBeGreaterThanOrEqual(due);
          } else wait(step.wait);
        }
      },
    ),
  ));

test('what is absent is forgotten as soon as what is there', async () => {
  const { ask, reads, wait } = start();
  expect(await ask('q', async () => undefined as never)).toBeUndefined();
  wait(TTL);
  expect(await ask()).toBe(0);
  expect(reads).toHaveLength(2);
});

test('a fault goes to all who wait, and is not remembered', async () => {
  const { ask, reads } = start();
  const failing = Array.from({ length: 3 }, () =>
    ask('q', () => Promise.reject(new Error('down'))),
  );
  const settled = await Promise.allSettled(failing);
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(await ask()).toBe(0);
  expect(reads).toHaveLength(2);
});

test('a slow fault does not drop the answer of a later read', async () => {
  const { ask, reads, wait } = start();
  const { promise, reject } = Promise.withResolvers<number>();
  const slow = ask('q', () => promise);
  wait(TTL);
  await ask();
  reject(new Error('late'));
  await expect(slow).rejects.toThrow('late');
  await ask();
  expect(reads).toHaveLength(2);
});

test('questions are told apart by all that is in them', async () => {
  const { ask, reads } = start();
  const questions = [
    [
      { subject: 'a', key: 'b' },
      { domain: 'd', roles: ['r'] },
    ],
    [
      { subject: 'a', key: 'bb' },
      { domain: 'd', roles: ['r'] },
    ],
    [
      { subject: 'a', key: 'b' },
      { domain: 'd', roles: ['r', 's'] },
    ],
    [
      { subject: 'a', key: 'b' },
      { domain: 'd', roles: ['r,s'] },
    ],
    [{ domain: 'd', roles: ['r'] }],
  ];
  for (const question of questions) await ask(question);
  expect(reads).toHaveLength(questions.length);
});

test('a thousand are remembered; then the oldest go', async () => {
  const { ask, reads } = start();
  for (let index = 0; index <= 1000; index++) await ask(index);
  await ask(1000);
  await ask(1);
  expect(reads).toHaveLength(1001);
  await ask(0);
  expect(reads).toHaveLength(1002);
});
