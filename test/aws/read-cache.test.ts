/** The moment's memory: its bound for each item, its single flight, and that no fault is remembered. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCache } from '../../lib/aws/read-cache.ts';
import type { Item } from '../../lib/aws/table.ts';
import { elapsed } from '../../lib/time.ts';

const TTL = 100;
/** Of one table; `REGISTRY` stands for what every caller reads. */
const REGISTRY = 'registry';
const wanted = (name: string, table = 'directory', sk = 'item') => ({
  table: { client: undefined as never, name: table },
  key: { pk: name, sk },
});

/** A table whose items are all in the state of the moment at which they are read. */
function start(milliseconds = TTL) {
  let now = 0;
  let state = 0;
  const reads: string[][] = [];
  const remember = readCache(milliseconds, () => now);
  const current = async (names: readonly string[]): Promise<(Item | undefined)[]> => {
    const seen = state;
    return names.map((name) => ({ name, state: seen }));
  };
  const askFor = (items: readonly ReturnType<typeof wanted>[], read = current) =>
    remember(items, (missing) => {
      const names = missing.map(({ key }) => key.pk);
      reads.push(names);
      return read(names);
    });
  return {
    reads,
    wait: (time: number) => {
      now += time;
    },
    now: () => now,
    change: () => ++state,
    askFor,
    ask: (names: string | readonly string[] = 'a', read = current) =>
      askFor(
        [names].flat().map((name) => wanted(name)),
        read,
      ),
    /** The state in which the one item is seen. */
    async see(name = 'a') {
      const [item] = await askFor([wanted(name)]);
      return item?.['state'] as number;
    },
  };
}
const failing = () => Promise.reject(new Error('down'));

test('a hundred calls at once share one read, and the next ones within the time its answer', async () => {
  const { ask, reads, wait } = start();
  const { promise, resolve } = Promise.withResolvers<Item[]>();
  const calls = Array.from({ length: 100 }, () => ask('a', () => promise));
  resolve([{ name: 'a' }]);
  for (const answer of await Promise.all(calls)) expect(answer).toEqual([{ name: 'a' }]);
  wait(TTL - 1);
  expect(await ask()).toEqual([{ name: 'a' }]);
  expect(reads).toEqual([['a']]);
});

test('many callers share one read of what they all need, while it is on its way and after', async () => {
  const { ask, reads, wait } = start();
  const { promise, resolve } = Promise.withResolvers<void>();
  const late = (names: readonly string[]) => promise.then(() => names.map((name) => ({ name })));
  const calls = Array.from({ length: 50 }, (_, index) => ask([`k${index}`, REGISTRY], late));
  resolve();
  for (const [index, items] of (await Promise.all(calls)).entries())
    expect(items).toEqual([{ name: `k${index}` }, { name: REGISTRY }]);
  wait(TTL - 1);
  await ask(['other', REGISTRY]);
  expect(reads.flat().filter((name) => name === REGISTRY)).toHaveLength(1);
  expect(reads.at(-1)).toEqual(['other']);
});

test('what is missing is read at once, each item once, and all come in the order asked for', async () => {
  const { ask, reads } = start();
  await ask(['b']);
  const items = await ask(['a', 'b', 'c', 'a', 'd']);
  expect(items.map((item) => item?.['name'])).toEqual(['a', 'b', 'c', 'a', 'd']);
  expect(items[0]).toBe(items[3]);
  expect(reads).toEqual([['b'], ['a', 'c', 'd']]);
});

test('the time counts from the start of the read, however long it takes', async () => {
  const { ask, see, wait, change } = start();
  const { promise, resolve } = Promise.withResolvers<Item[]>();
  const slow = ask('a', () => promise);
  wait(TTL);
  change();
  const next = see();
  resolve([{ state: 0 }]);
  expect([await slow, await next]).toEqual([[{ state: 0 }], 1]);
});

test('an item that is asked for all the time is no older for it', async () => {
  const { see, wait, change, reads } = start();
  await see();
  change();
  for (let step = 0; step < 3; step++) {
    wait(TTL / 4);
    expect(await see()).toBe(0);
  }
  wait(TTL / 4);
  expect(await see()).toBe(1);
  expect(reads).toHaveLength(2);
});

test('a call sees every change that was made longer ago than the time, always, in every item', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.record({ wait: fc.integer({ min: 1, max: 120 }) }),
          fc.constant('change' as const),
          fc.uniqueArray(fc.constantFrom('a', 'b', 'c', REGISTRY), { minLength: 1 }),
        ),
        { maxLength: 60 },
      ),
      async (steps) => {
        const { ask, wait, change, now } = start();
        const madeAt: number[] = [0];
        for (const step of steps) {
          if (step === 'change') madeAt[change()] = now();
          else if (Array.isArray(step)) {
            const items = await ask(step);
            expect(items.map((item) => item?.['name'])).toEqual(step);
            const due = madeAt.filter((at) => at <= now() - TTL).length - 1;
            for (const item of items) expect(item?.['state']).toBeGreaterThanOrEqual(due);
          } else wait(step.wait);
        }
      },
    ),
  ));

describe('the clock by which it goes', () => {
  const clocks = () => {
    const at = { monotonic: 1000, system: 5_000_000 };
    const clock = elapsed({ monotonic: () => at.monotonic, system: () => at.system });
    const began = clock();
    return { at, since: () => clock() - began };
  };
  test('goes on while an instance is frozen and its monotonic clock stands still', () => {
    const { at, since } = clocks();
    at.system += 3_600_000;
    expect(since()).toBe(3_600_000);
  });
  test('goes on where the system clock is set back, and never back itself', () => {
    const { at, since } = clocks();
    at.system -= 3_600_000;
    at.monotonic += 70;
    expect(since()).toBe(70);
    at.system += 5;
    expect(since()).toBe(75);
    expect(since()).toBe(75);
  });
  test('counts an hour once where both clocks do', () => {
    const { at, since } = clocks();
    at.system += 3_600_000;
    at.monotonic += 3_600_000;
    expect(since()).toBe(3_600_000);
  });
});

test('what is absent is kept as long as what is there, and forgotten as soon', async () => {
  const { ask, see, reads, wait } = start();
  const absent = async () => [undefined];
  expect(await ask('a', absent)).toEqual([undefined]);
  wait(TTL - 1);
  expect(await ask('a')).toEqual([undefined]);
  wait(1);
  expect(await see()).toBe(0);
  expect(reads).toHaveLength(2);
});

test('a fault goes to all who wait, and is not remembered', async () => {
  const { ask, see, reads } = start();
  const calls = Array.from({ length: 3 }, () => ask('a', failing));
  const settled = await Promise.allSettled(calls);
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(await see()).toBe(0);
  expect(reads).toHaveLength(2);
});

test('a fault at what all need fails whoever waits for it, and leaves what came well', async () => {
  const { ask, reads } = start();
  const first = ask(['a', REGISTRY], failing);
  const second = ask(['b', REGISTRY]);
  await expect(first).rejects.toThrow('down');
  await expect(second).rejects.toThrow('down');
  const items = await ask(['a', 'b', REGISTRY]);
  expect(items.map((item) => item?.['name'])).toEqual(['a', 'b', REGISTRY]);
  expect(reads).toEqual([['a', REGISTRY], ['b'], ['a', REGISTRY]]);
});

test('a slow fault does not drop the answer of a later read', async () => {
  const { ask, see, reads, wait } = start();
  const { promise, reject } = Promise.withResolvers<Item[]>();
  const slow = ask('a', () => promise);
  wait(TTL);
  await see();
  reject(new Error('late'));
  await expect(slow).rejects.toThrow('late');
  await see();
  expect(reads).toHaveLength(2);
});

test('items are told apart by table and by both halves of their keys, whatever is in them', async () => {
  const { askFor, reads } = start();
  const items = [
    wanted('a'),
    wanted('a', 'sessions'),
    wanted('a b', 'sessions', 'c'),
    wanted('a', 'sessions', 'b c'),
    wanted('a","b', 'sessions', 'c'),
    wanted('a', 'sessions', 'b","c'),
  ];
  for (const item of items) await askFor([item]);
  expect(reads).toHaveLength(items.length);
});

test('five thousand are remembered; then the oldest go', async () => {
  const { ask, reads } = start();
  for (let index = 0; index <= 5000; index++) await ask(String(index));
  await ask('5000');
  await ask('1');
  expect(reads).toHaveLength(5001);
  await ask('0');
  expect(reads).toHaveLength(5002);
});

test('one call may ask for more than are remembered', async () => {
  const { ask } = start();
  const names = Array.from({ length: 5100 }, (_, index) => String(index));
  const items = await ask(names);
  expect(items.map((item) => item?.['name'])).toEqual(names);
});
