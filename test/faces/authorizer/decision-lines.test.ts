/** How many lines a second the decisions of one instance come to. Its own clock; nothing patched but where lines go. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AuthorizerCall } from '../../../lib/faces/authorizer/answer.ts';
import { decisionLog } from '../../../lib/faces/authorizer/decision-log.ts';

let written: Record<string, unknown>[];
let time: number;
beforeEach(() => {
  [written, time] = [[], 5000];
  vi.spyOn(console, 'info').mockImplementation(
    (line: string) => void written.push(JSON.parse(line)),
  );
});
afterEach(() => {
  vi.restoreAllMocks();
});

const CALL = { kind: 'policy', id: 'request-1', from: { api: 'api123' } } as AuthorizerCall;
const counted: unknown[][] = [];
const metrics = { time() {}, add: (...given: unknown[]) => void counted.push(given), write() {} };
const logTo = (allowedPercent: number) => {
  const log = decisionLog({ metrics: metrics as never, allowedPercent, clock: () => time });
  return {
    refuse: (ms = 1) =>
      log(CALL, { code: 'unauthenticated', who: {}, rule: 'no-credential', reason: 'none', ms }),
    allow: () => log(CALL, { code: 'allowed', who: {}, ms: 1 }),
  };
};

test('a hundred lines are written in a second, and the next second says how many were not', () => {
  const { refuse } = logTo(0);
  for (let times = 0; times < 103; times++) refuse();
  expect(written).toHaveLength(100);
  time += 999;
  refuse();
  expect(written).toHaveLength(100);
  time += 1;
  refuse();
  refuse();
  expect(written.slice(100).map(({ withheld }) => withheld)).toEqual([4, undefined]);
  for (let times = 0; times < 100; times++) refuse();
  expect(written).toHaveLength(200);
});

test('milliseconds are told to a hundredth', () => {
  const { refuse } = logTo(0);
  refuse(1.23456);
  expect(written).toMatchObject([{ ms: 1.23, mode: 'kept' }]);
});

test('of what is allowed nothing is written at 0 %, and all at 100 %', () => {
  const [none, all] = [logTo(0), logTo(100)];
  for (let times = 0; times < 50; times++) none.allow();
  expect(written).toEqual([]);
  for (let times = 0; times < 50; times++) all.allow();
  expect(written).toHaveLength(50);
  expect(counted.at(-1)).toEqual(['Allowed', { function: 'authorizer' }]);
});
