/** Keys that clients publish: how long they are held, and what a failure to fetch them costs. */

import { beforeEach, expect, test } from 'vitest';
import { instant } from '../../lib/time.ts';
import { clientKeyCache } from '../../lib/tokens/client-keys.ts';

const URI = 'https://app.example.com/jwks';
let time = 1000;
let published: { keys: { kid: string }[] } | Error;
let fetched: number;
let failures: number;
let keysOf: ReturnType<typeof clientKeyCache>;
beforeEach(() => {
  time = 1000;
  published = { keys: [{ kid: 'a' }] };
  [fetched, failures] = [0, 0];
  keysOf = clientKeyCache(
    async () => {
      fetched += 1;
      if (published instanceof Error) throw published;
      return published;
    },
    { now: () => instant(time), onFailure: () => (failures += 1) },
  );
});
const kids = async (kid?: string) => (await keysOf(URI, kid)).map((key) => key['kid']);

test('keys are fetched once in five minutes', async () => {
  for (const at of [0, 1, 299]) {
    time = 1000 + at;
    expect(await kids('a')).toEqual(['a']);
  }
  expect(fetched).toBe(1);
  time = 1300;
  expect(await kids('a')).toEqual(['a']);
  expect(fetched).toBe(2);
});

test('an unknown key is asked for, once in half a minute however many are invented', async () => {
  await kids('a');
  for (let n = 0; n < 5; n++) await kids(`invented-${n}`);
  expect(fetched).toBe(1);
  time += 30;
  published = { keys: [{ kid: 'a' }, { kid: 'b' }] };
  expect(await kids('b')).toEqual(['a', 'b']);
  expect(fetched).toBe(2);
});

test('while they cannot be fetched the held ones hold, whatever keys are invented, until they are old', async () => {
  await kids('a');
  published = new Error('down');
  for (const at of [40, 41, 100, 200, 299]) {
    time = 1000 + at;
    await kids('invented');
    expect(await kids('a')).toEqual(['a']);
  }
  time = 1300;
  expect(await kids('a')).toEqual([]);
  expect(failures).toBeGreaterThan(0);
});

test('they are back within half a minute of their endpoint', async () => {
  published = new Error('down');
  expect(await kids('a')).toEqual([]);
  published = { keys: [{ kid: 'a' }] };
  time += 29;
  expect(await kids('a')).toEqual([]);
  time += 1;
  expect(await kids('a')).toEqual(['a']);
});

test('an assertion that names no key, or any one of those held, makes nobody ask again', async () => {
  published = { keys: [{ kid: 'a' }, { kid: 'b' }] };
  await kids('a');
  time += 31;
  for (const kid of ['a', 'b', undefined]) expect(await kids(kid)).toEqual(['a', 'b']);
  expect(fetched).toBe(1);
});

test('those of a hundred clients are held; then the ones that were fetched longest ago make room', async () => {
  const ask = (client: number) => keysOf(`${URI}/${client}`, 'a');
  for (let client = 0; client < 100; client++) await ask(client);
  for (let client = 0; client < 100; client++) await ask(client);
  expect(fetched).toBe(100);
  time += 300;
  await ask(0);
  await ask(100);
  expect(fetched).toBe(102);
  await ask(0);
  expect(fetched).toBe(102);
  time -= 300;
  await ask(1);
  expect(fetched).toBe(103);
});

test('twenty keys are a set', async () => {
  published = { keys: Array.from({ length: 20 }, (_, index) => ({ kid: `k${index}` })) };
  expect(await kids('k19')).toHaveLength(20);
  expect(failures).toBe(0);
});

test.each([{}, { keys: 'a' }, { keys: Array(21).fill({ kid: 'a' }) }])(
  'what is no key set of at most 20 keys is none: %j',
  async (set) => {
    published = set as never;
    expect(await kids('a')).toEqual([]);
    expect(failures).toBe(1);
  },
);
