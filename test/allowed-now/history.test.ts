/** The checker of histories, on histories made by hand: it must be able to say no. */
import { describe, expect, test } from 'vitest';
import { type Call, check, endOf, type Write } from '../support/promise/history.ts';

const write = (on: boolean, start: number, end: number): Write => ({ switch: 's', on, start, end });
const off = (start: number, end: number) => write(false, start, end);
const on = (start: number, end: number) => write(true, start, end);
const call = (status: number, start: number, end: number, needs = { s: 401 }): Call => ({
  status,
  start,
  end,
  needs,
});
const violations = (writes: Write[], ...calls: Call[]) =>
  check({ writes, calls }).violations.map(({ problem }) => problem);

const ALLOWED = ['allowed though s was off'];
const REFUSED = ['refused with 401 though nothing that says so could be off'];

describe('a call is a violation', () => {
  test.each<[string, Write[], Call, string[]]>([
    ['allowed after an acknowledged revocation', [off(1, 2)], call(200, 3, 4), ALLOWED],
    ['allowed long after it', [off(1, 2)], call(200, 900, 901), ALLOWED],
    ['allowed after it, before the grant began', [off(1, 2), on(5, 6)], call(200, 3, 4), ALLOWED],
    ['allowed after the second of two', [off(1, 2), on(3, 4), off(5, 6)], call(200, 7, 8), ALLOWED],
    [
      'allowed while another revocation is under way',
      [off(1, 2), off(3, 9)],
      call(200, 4, 5),
      ALLOWED,
    ],
    ['refused though nothing was ever revoked', [], call(401, 1, 2), REFUSED],
    ['refused before the revocation began', [off(3, 4)], call(401, 1, 2), REFUSED],
    ['refused after the grant was acknowledged', [off(1, 2), on(3, 4)], call(401, 5, 6), REFUSED],
    [
      'refused with the status of another switch',
      [off(1, 2)],
      call(401, 3, 4, { s: 403 }),
      REFUSED,
    ],
    [
      'answered with a fault',
      [off(1, 2)],
      call(500, 3, 4),
      [REFUSED[0]?.replace('401', '500') ?? ''],
    ],
  ])('%s', (_case, writes, given, expected) => {
    expect(violations(writes, given)).toEqual(expected);
  });
});

describe('a call is no violation', () => {
  test.each<[string, Write[], Call]>([
    ['allowed where nothing was revoked', [], call(200, 1, 2)],
    ['refused after a revocation', [off(1, 2)], call(401, 3, 4)],
    ['allowed while the revocation is under way', [off(1, 4)], call(200, 2, 3)],
    ['refused while the revocation is under way', [off(1, 4)], call(401, 2, 3)],
    ['allowed if it began before the acknowledgement', [off(1, 3)], call(200, 2, 9)],
    ['allowed while the grant is under way', [off(1, 2), on(3, 6)], call(200, 4, 5)],
    ['refused while the grant is under way', [off(1, 2), on(3, 6)], call(401, 4, 5)],
    ['allowed after the grant', [off(1, 2), on(3, 4)], call(200, 5, 6)],
    ['allowed where grant and revocation raced', [off(1, 4), on(2, 3)], call(200, 5, 6)],
    ['refused where grant and revocation raced', [off(1, 4), on(2, 3)], call(401, 5, 6)],
    ['refused after a revocation nobody acknowledged', [off(1, Infinity)], call(401, 5, 6)],
    ['allowed after a revocation nobody acknowledged', [off(1, Infinity)], call(200, 5, 6)],
    [
      'refused for one of two switches',
      [off(1, 2)],
      call(401, 3, 4, { s: 401, other: 403 } as never),
    ],
  ])('%s', (_case, writes, given) => expect(violations(writes, given)).toEqual([]));

  test('for a revocation of something else', () => {
    expect(violations([{ ...off(1, 2), switch: 'other' }], call(200, 3, 4))).toEqual([]);
  });
});

describe('the report', () => {
  test('counts the calls that could have but one outcome', () => {
    const writes = [off(10, 20), on(30, 40)];
    const calls = [call(200, 1, 2), call(200, 11, 12), call(401, 21, 22), call(200, 41, 42)];
    expect(check({ writes, calls })).toEqual({
      violations: [],
      certain: { allowed: 2, refused: 1 },
    });
  });
});

describe('with a bound of 10', () => {
  const within = (writes: Write[], given: Call) =>
    check({ writes, calls: [given] }, 10).violations.map(({ problem }) => problem);
  test.each<[string, Write[], Call, string[]]>([
    ['a call allowed within it', [off(1, 2)], call(200, 12, 13), []],
    ['a call allowed beyond it', [off(1, 2)], call(200, 13, 14), ALLOWED],
    ['a call refused within it, after the grant', [off(1, 2), on(3, 4)], call(401, 14, 15), []],
    ['a call refused beyond it', [off(1, 2), on(3, 4)], call(401, 15, 16), REFUSED],
    ['a call refused before the revocation began', [off(20, 21)], call(401, 18, 19), REFUSED],
    ['a call allowed long before the grant', [off(1, 2), on(30, 31)], call(200, 20, 21), ALLOWED],
  ])('%s', (_case, writes, given, expected) => expect(within(writes, given)).toEqual(expected));
});

describe('a sign-out', () => {
  const login = { start: 10, end: 20 };
  test.each([
    ['before the login does not end its session', { start: 1, end: 2 }, []],
    ['after it ends it', { start: 21, end: 22 }, [{ switch: 's', on: false, start: 21, end: 22 }]],
    [
      'that raced it may have ended it',
      { start: 15, end: 22 },
      [{ switch: 's', on: false, start: 15, end: Number.POSITIVE_INFINITY }],
    ],
  ])('%s', (_case, signOut, writes) => expect(endOf('s', login, signOut)).toEqual(writes));
});
