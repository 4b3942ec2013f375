/** What `npm run mutants` tries, in which order, and what it makes of it. */
import { describe, expect, test } from 'vitest';
import { EQUIVALENT, isEquivalent, outdated } from '../../mutants/equivalent.ts';
import { instrument, type Mutant } from '../../mutants/instrument.ts';
import { judge, judgeLate, type Verdict } from '../../mutants/judge.ts';
import { orderBy } from '../../mutants/order.ts';
import { scoreOf } from '../../mutants/report.ts';
import { filesOf, ROOMS, roomsByFile } from '../../mutants/rooms.ts';
import { sample } from '../../mutants/sample.ts';
import type { Outcome, Run, Session } from '../../mutants/session.ts';

const mutant = (key: string, more: Partial<Mutant> = {}): Mutant => ({
  id: key,
  key,
  file: 'lib/a.ts',
  line: 1,
  source: 'if (a < b) return;',
  mutator: 'EqualityOperator',
  original: 'a < b',
  replacement: 'a <= b',
  ...more,
});

describe('the rooms', () => {
  test.each(Object.keys(ROOMS))('%s has files, and shares them with no other', (room) => {
    expect(filesOf(room)).not.toEqual([]);
    const places = roomsByFile(Object.keys(ROOMS));
    for (const file of filesOf(room)) expect(places.get(file)).toBe(room);
  });
});

describe('the list of what changes nothing', () => {
  test('fits mutants that there are', async () => {
    const { mutants } = await instrument(Object.keys(EQUIVALENT));
    expect(outdated(mutants)).toEqual([]);
  });

  test('goes by file and texts, and an entry that fits none is named', () => {
    const because = 'it is so';
    const known = {
      'lib/a.ts': [
        { original: 'a < b', replacement: 'a <= b', because },
        { original: 'a < c', replacement: 'a <= c', because },
      ],
    };
    expect(isEquivalent(mutant('1'), known)).toBe(true);
    expect(isEquivalent(mutant('2', { replacement: 'true' }), known)).toBe(false);
    expect(isEquivalent(mutant('3', { file: 'lib/b.ts' }), known)).toBe(false);
    const there = { original: 'a < b', replacement: 'a <= b', on: 'if (a', because };
    expect(isEquivalent(mutant('1'), { 'lib/a.ts': [there] })).toBe(true);
    expect(isEquivalent(mutant('1', { source: 'a < b' }), { 'lib/a.ts': [there] })).toBe(false);
    expect(outdated([mutant('1')], known)).toEqual(['lib/a.ts: a < c -> a <= c']);
  });
});

test('what a pattern has not matched has no parts, whatever comes before them, in any file', () => {
  const missing = { original: '[]', replacement: '["Stryker was here"]' };
  const of = (source: string) => isEquivalent(mutant('1', { ...missing, source }), {});
  expect(of('  const [, head] = COMPACT.exec(token) ?? [];')).toBe(true);
  expect(of('  const [head] = COMPACT.exec(token) ?? [];')).toBe(false);
  expect(of('  for (const [, key] of all ?? []) check(key);')).toBe(false);
});

describe('a sample', () => {
  const items = Array.from({ length: 200 }, (_, index) => index);

  test('is the same for the same seed, and another one for another', () => {
    expect(sample(items, 0.1, 7)).toEqual(sample(items, 0.1, 7));
    expect(sample(items, 0.1, 7)).not.toEqual(sample(items, 0.1, 8));
    expect(new Set(sample(items, 0.1, 7)).size).toBe(20);
    expect(sample(items, 1, 7).toSorted((one, other) => one - other)).toEqual(items);
  });
});

describe('the test files for a mutant', () => {
  const [own, other] = [mutant('own'), mutant('other')];
  const coverage = new Map([
    ['everything.test.ts', { milliseconds: 900, mutants: ['own', 'other'] }],
    ['specific.test.ts', { milliseconds: 100, mutants: ['own', 'other'] }],
    ['passing.test.ts', { milliseconds: 100, mutants: ['own'] }],
    ['elsewhere.test.ts', { milliseconds: 1, mutants: ['other'] }],
  ]);
  const namesOf = (order: ReturnType<typeof orderBy>) =>
    order.candidates(own).map(({ file }) => file);

  test('are those that meet it, the quick and specific first', () =>
    expect(namesOf(orderBy([own, other], coverage))).toEqual([
      'specific.test.ts',
      'passing.test.ts',
      'everything.test.ts',
    ]));

  test('and of those that meet all of its file, first the one that meets little else', () => {
    const others = Array.from({ length: 20 }, (_, index) => `x${index}`);
    const wide = { milliseconds: 100, mutants: ['own', 'other', ...others] };
    const order = orderBy([own, other], new Map([['wide.test.ts', wide], ...coverage]));
    expect(namesOf(order)).toEqual([
      'specific.test.ts',
      'wide.test.ts',
      'passing.test.ts',
      'everything.test.ts',
    ]);
    expect(order.candidates(own).flatMap(({ file, isItsOwn }) => (isItsOwn ? [file] : []))).toEqual(
      ['specific.test.ts', 'wide.test.ts', 'everything.test.ts'],
    );
  });

  test('are ranked anew by what they have killed', () => {
    const order = orderBy([own, other], coverage);
    for (let times = 0; times < 40; times++) {
      order.note(own, 'everything.test.ts', true);
      order.note(own, 'specific.test.ts', false);
      order.note(own, 'passing.test.ts', false);
    }
    expect(namesOf(order)[0]).toBe('everything.test.ts');
  });
});

describe('a mutant is', () => {
  const coverage = new Map([
    ['own', { milliseconds: 1000, mutants: ['m', 'n'] }],
    ['b', { milliseconds: 1000, mutants: ['m'] }],
    ['c', { milliseconds: 1000, mutants: ['m'] }],
  ]);
  const passed: Outcome = { status: 'passed', test: '', error: '', met: [], milliseconds: 1 };
  /** Answers for each run in turn; passes from then on. */
  function sessionOf(...outcomes: Partial<Outcome>[]) {
    const runs: Run[] = [];
    const run = async (asked: Run) => ({ ...passed, ...outcomes[runs.push(asked) - 1] });
    const session = { files: [], run, renew: () => {}, stop: async () => {} } as Session;
    return { session, runs };
  }
  const judged = (session: Session, budget = 60_000, one = mutant('m'), met = coverage) =>
    judge(one, { session, order: orderBy([one, mutant('n')], met), budget });

  test('killed by the first file that fails: no other is run', async () => {
    const { session, runs } = sessionOf({}, { status: 'failed', test: 'is refused' });
    expect(await judged(session)).toMatchObject({ status: 'killed', by: { test: 'is refused' } });
    expect(runs).toHaveLength(2);
    expect(runs[0]).toMatchObject({ mutant: 'm' });
  });

  test('late by a time-out, and killed only if it is out of time again, alone', async () => {
    const timeout = { status: 'timeout' } as const;
    const order = orderBy([mutant('m'), mutant('n')], coverage);
    const again = async (...outcomes: Partial<Outcome>[]) => {
      const { session, runs } = sessionOf(...outcomes);
      const first = await judge(mutant('m'), { session, order, budget: 60_000 });
      const [last] = await judgeLate([first], { session, order, budget: 60_000 });
      return { statuses: [first.status, last?.status], runs: runs.length };
    };
    expect(await again(timeout, timeout)).toEqual({ statuses: ['late', 'killed'], runs: 2 });
    expect(await again(timeout)).toEqual({ statuses: ['late', 'survived'], runs: 4 });
    expect(await again({}, { status: 'failed', test: 'is refused' })).toEqual({
      statuses: ['killed', 'killed'],
      runs: 2,
    });
  });

  test('not killed by an error outside of any test, unless it comes again in a new process', async () => {
    const error = { status: 'failed', error: 'left behind' } as const;
    expect((await judged(sessionOf(error).session)).status).toBe('survived');
    expect((await judged(sessionOf(error, error).session)).status).toBe('killed');
  });

  test('alive once all that meet it have passed, or the budget is spent', async () => {
    const all = sessionOf();
    expect(await judged(all.session)).toMatchObject({ status: 'survived', tried: 3, meeting: 3 });
    const some = sessionOf();
    expect(await judged(some.session, 2000)).toMatchObject({ tried: 2, meeting: 3 });
    const first = sessionOf();
    expect(await judged(first.session, 10)).toMatchObject({ tried: 1 });
  });

  test('run by its own test file in any case, however long that takes', async () => {
    const slow = new Map([
      ['quick', { milliseconds: 100, mutants: ['m'] }],
      ['own', { milliseconds: 90_000, mutants: ['m', 'n'] }],
    ]);
    const { session, runs } = sessionOf();
    await judged(session, 1000, mutant('m'), slow);
    expect(runs.map(({ file }) => file)).toEqual(['quick', 'own']);
    expect(runs[1]?.limit).toBeGreaterThan(90_000);
  });

  test('unmet where no test runs it', async () => {
    const { session, runs } = sessionOf();
    expect((await judged(session, 60_000, mutant('x'))).status).toBe('unmet');
    expect(runs).toEqual([]);
  });
});

test('the score is of what was judged: killed by a test, out of all that were not known to be equal', () => {
  const verdict = (status: Verdict['status']): Verdict => ({
    mutant: mutant('m'),
    status,
    tried: 1,
    meeting: 1,
  });
  const verdicts = [...Array(18).fill(verdict('killed')), verdict('survived'), verdict('unmet')];
  expect(scoreOf('verdict', verdicts, 5)).toEqual({
    room: 'verdict',
    killed: 18,
    survived: 1,
    unmet: 1,
    equivalent: 5,
    score: 90,
  });
});
