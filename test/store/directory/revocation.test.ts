/** The number that ends all sessions of a subject or a domain: it only rises, and of nobody there is none. */
import { beforeEach, describe, expect, test } from 'vitest';
import { get, put, type Table } from '../../../lib/aws/table.ts';
import {
  afterSwitch,
  raiseGeneration,
  raiseGenerationTo,
} from '../../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { epochMilliseconds } from '../../../lib/time.ts';
import { freshTables } from '../../support/running/tables.ts';

let directory: Table;
const [SOME, NOBODY] = [subjectKey('some'), subjectKey('nobody')];
const BESIDE = { pk: 'beside', sk: 'beside' };
beforeEach(async () => {
  ({ directory } = await freshTables());
  await put(directory, { ...SOME, generation: 10, version: 3, kept: true });
});
const numbers = async () => {
  const { generation, version, kept } = (await get(directory, SOME)) ?? {};
  return [generation, version, kept];
};
const also = () => [{ table: directory, put: BESIDE }];
const to = (generation: number, key = SOME) =>
  raiseGenerationTo(directory, key, epochMilliseconds(generation), also());
const isBeside = async () => (await get(directory, BESIDE)) !== undefined;

describe('raised by one', () => {
  test('it is a change, like others, and what goes with it is written', async () => {
    expect(await raiseGeneration(directory, SOME, also())).toBe(true);
    expect([await numbers(), await isBeside()]).toEqual([[11, 4, true], true]);
  });

  test('ten times at once it is ten more', async () => {
    await Promise.all(Array.from({ length: 10 }, () => raiseGeneration(directory, SOME)));
    expect(await numbers()).toEqual([20, 13, true]);
  });

  test('of nobody nothing is made, nor what goes with it', async () => {
    expect(await raiseGeneration(directory, NOBODY, also())).toBe(false);
    expect([await get(directory, NOBODY), await isBeside()]).toEqual([undefined, false]);
  });
});

describe('raised to a number', () => {
  test('it is that number, by a change', async () => {
    expect(await to(11)).toBe(true);
    expect([await numbers(), await isBeside()]).toEqual([[11, 4, true], true]);
  });

  test.each([10, 9])('which is %i, it stays at 10: it never falls', async (generation) => {
    expect(await to(generation)).toBe(false);
    expect([await numbers(), await isBeside()]).toEqual([[10, 3, true], false]);
  });

  test('of nobody nothing is made', async () => {
    expect(await to(99, NOBODY)).toBe(false);
    expect([await get(directory, NOBODY), await isBeside()]).toEqual([undefined, false]);
  });
});

describe('a switch, off or on,', () => {
  const at = (disabled: boolean) => ({ disabled, generation: 10 });
  test.each([
    [false, true],
    [true, false],
  ])('from %j to %j ends what is there, and counts', (before, after) => {
    expect(afterSwitch(at(before), at(after))).toEqual({
      ...{ disabled: after, generation: 11, switched: 1 },
    });
    const known = { ...at(after), switched: 4 };
    expect(afterSwitch(at(before), known)).toEqual({ ...known, generation: 11, switched: 5 });
  });

  test.each([false, true])('that stays at %j ends nothing', (disabled) => {
    expect(afterSwitch(at(disabled), at(disabled))).toEqual(at(disabled));
  });
});
