/** Time has its unit in its type: what follows `@ts-expect-error` must not compile. */
import { describe, expect, test } from 'vitest';
import * as time from '../lib/time.ts';
import {
  epochMilliseconds,
  type Instant,
  instant,
  isOver,
  secondOf,
  seconds,
  startOf,
} from '../lib/time.ts';

const now = instant(1_000_000);
const hour = seconds(3600);

describe('a moment', () => {
  test('is over at its end, not before', () => {
    expect(isOver(now, now)).toBe(true);
    expect(isOver(time.after(now, seconds(1)), now)).toBe(false);
  });

  test('is so many seconds after or apart from another', () => {
    expect(time.after(now, hour)).toBe(1_003_600);
    expect(time.between(now, time.after(now, hour))).toBe(hour);
    expect(time.earlier(time.after(now, hour), now)).toBe(now);
  });

  test('has a thousand milliseconds a second, which all belong to it', () => {
    expect(startOf(now)).toBe(1_000_000_000);
    expect(secondOf(epochMilliseconds(startOf(now) + 999))).toBe(now);
    expect(secondOf(epochMilliseconds(startOf(now) + 1000))).toBe(now + 1);
  });
});

test('a slip of units does not compile', () => {
  // @ts-expect-error a length is no moment
  isOver(hour, now);
  // @ts-expect-error a number has no unit
  time.after(now, 3600);
  // @ts-expect-error milliseconds are no seconds
  isOver(now, startOf(now));
  // @ts-expect-error a sum of numbers has lost its unit
  const end: Instant = now + hour;
  expect(end).toBe(1_003_600);
});
