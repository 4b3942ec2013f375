/** An optimistic write that others contest: done again, but neither for ever nor in step with them. */
import { afterAll, describe, expect, inject, test, vi } from 'vitest';
import { get, put } from '../../lib/aws/table.ts';
import { CONTESTED, untilUncontested } from '../../lib/aws/until-uncontested.ts';
import { refuseField } from '../../lib/errors.ts';
import { freshTables } from '../support/running/tables.ts';

const { directory } = await freshTables(inject('dynamodb'), 1);
afterAll(() => vi.restoreAllMocks());

/** Notes the pauses, and makes none. */
function paused() {
  const pauses: number[] = [];
  const pause = async (milliseconds: number) => void pauses.push(milliseconds);
  return { pauses, pause };
}
const outcomes = (...of: unknown[]) => {
  let at = 0;
  const attempt = vi.fn(async () => of[at++]);
  return attempt;
};

describe('an attempt', () => {
  test('that nobody contests is made once, without a pause, and its return is the answer', async () => {
    const { pauses, pause } = paused();
    const written = { name: 'written' };
    const attempt = outcomes(written);
    expect(await untilUncontested('a thing is changed', attempt, pause)).toBe(written);
    expect([attempt.mock.calls.length, pauses]).toEqual([1, []]);
  });

  test.each([undefined, false, null, 0, ''])(
    'may return %j: only CONTESTED repeats it',
    async (answer) => {
      const attempt = outcomes(answer, 'another');
      expect(await untilUncontested('a thing is changed', attempt, paused().pause)).toBe(answer);
      expect(attempt).toHaveBeenCalledTimes(1);
    },
  );

  test.each([1, 2, 6, 7])('that is contested %i times is made once more', async (times) => {
    const attempt = outcomes(...Array(times).fill(CONTESTED), 'written');
    expect(await untilUncontested('a thing is changed', attempt, paused().pause)).toBe('written');
    expect(attempt).toHaveBeenCalledTimes(times + 1);
  });

  test('that is always contested is given up after eight: temporarily_unavailable', async () => {
    const attempt = vi.fn(async () => CONTESTED);
    const { pauses, pause } = paused();
    await expect(untilUncontested('a thing is changed', attempt, pause)).rejects.toMatchObject({
      status: 503,
      said: {
        code: 'temporarily_unavailable',
        reason: 'a thing is changed by too many at once',
      },
    });
    // The last of them is followed by the refusal, and by no pause.
    expect([attempt.mock.calls.length, pauses.length]).toEqual([8, 7]);
  });

  test.each([
    ['a refusal', refuseField('name', 'already-taken', 'is taken', 'conflict')],
    ['a fault', new Error('broken')],
  ])('is ended by %s at once, also after a contested one', async (_case, error) => {
    for (const before of [[], [CONTESTED]]) {
      const left = [...before];
      const attempt = vi.fn(async () => {
        if (left.length > 0) return left.pop();
        throw error;
      });
      const done = untilUncontested('a thing is changed', attempt, paused().pause);
      await expect(done).rejects.toBe(error);
      expect(attempt).toHaveBeenCalledTimes(before.length + 1);
    }
  });
});

describe('the pauses', () => {
  const pausesAt = async (chance: number) => {
    vi.spyOn(Math, 'random').mockReturnValue(chance);
    const { pauses, pause } = paused();
    const attempt = async () => CONTESTED;
    await expect(untilUncontested('a thing is changed', attempt, pause)).rejects.toThrow();
    vi.restoreAllMocks();
    return pauses;
  };

  test('are doubled, from at most 10 ms to at most 640', async () =>
    expect(await pausesAt(1)).toEqual([10, 20, 40, 80, 160, 320, 640]));
  test('are shortened by chance, to none at the least', async () => {
    expect(await pausesAt(0.5)).toEqual([5, 10, 20, 40, 80, 160, 320]);
    expect(await pausesAt(0)).toEqual(Array(7).fill(0));
  });
  test('of two rivals differ', async () => {
    const [mine, theirs] = [paused(), paused()];
    for (const { pause } of [mine, theirs])
      await expect(
        untilUncontested('it is changed', async () => CONTESTED, pause),
      ).rejects.toThrow();
    expect(mine.pauses).not.toEqual(theirs.pauses);
  });
});

test('of rivals at one item each reads what the one before it wrote: none of their writes is lost', async () => {
  const key = { pk: 'counter', sk: 'counter' };
  const increase = () =>
    untilUncontested('a counter is raised', async () => {
      const { count = 0 } = ((await get(directory, key)) ?? {}) as { count?: number };
      const when =
        count === 0
          ? { expression: 'attribute_not_exists(pk)' }
          : {
              expression: '#count = :read',
              names: { '#count': 'count' },
              values: { ':read': count },
            };
      return (await put(directory, { ...key, count: count + 1 }, when)) ? count + 1 : CONTESTED;
    });
  const written = await Promise.all(Array.from({ length: 8 }, increase));
  expect(written.sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(await get(directory, key)).toMatchObject({ count: 8 });
});
