/** An event too large to be kept: it loses what is largest, and says what. */
import { describe, expect, test } from 'vitest';
import { cutToFit } from '../../../lib/store/events/cut.ts';

const MOST = 128 * 1024;
const sizeOf = (event: object) => Buffer.byteLength(JSON.stringify(event));
/** In all so large. */
const ofSize = (size: number) => {
  const event = { id: 'e', after: { text: '' } };
  return { ...event, after: { text: 'x'.repeat(size - sizeOf(event)) } };
};

test('one that just fits stays as it is', () => {
  expect(cutToFit(ofSize(MOST))).toEqual(ofSize(MOST));
});

test('one that is a byte too large keeps the beginning of its text, and says which', () => {
  expect(cutToFit(ofSize(MOST + 1))).toEqual({
    id: 'e',
    after: { text: 'x'.repeat(1024) },
    cut: ['after.text'],
  });
});

test('its size is in bytes', () => {
  const event = { after: { text: 'ž'.repeat(MOST / 2) } };
  expect(cutToFit(event).cut).toEqual(['after.text']);
});

describe('what is too large', () => {
  const list = Array.from({ length: 40_000 }, (_, index) => index);

  test('and no text goes as a whole; what is beside it stays', () => {
    const event = { id: 'e', before: { name: 'n', list }, detail: { why: 'w' } };
    expect(cutToFit(event)).toEqual({
      id: 'e',
      before: { name: 'n' },
      detail: { why: 'w' },
      cut: ['before.list'],
    });
  });

  test('goes first where it is larger, in whichever part, and no more than has to', () => {
    const event = {
      before: { small: 'a'.repeat(50_000) },
      after: { larger: 'b'.repeat(60_000) },
      detail: { largest: 'c'.repeat(70_000) },
    };
    expect(cutToFit(event)).toEqual({
      ...event,
      detail: { largest: 'c'.repeat(1024) },
      cut: ['detail.largest'],
    });
  });

  test('of many goes one after the other', () => {
    const event = { before: { a: [list, 1] }, after: { b: list }, detail: { c: list.slice(1) } };
    expect(cutToFit(event).cut).toEqual(['before.a', 'after.b', 'detail.c']);
  });

  test('is not cut between the two halves of a character', () => {
    const { after } = cutToFit({ after: { text: `x${'\u{1f600}'.repeat(MOST)}` } });
    expect(after.text.isWellFormed()).toBe(true);
    expect(after.text).toHaveLength(1024);
  });

  test('but no longer than a text is kept, is not kept either', () => {
    const names = Array.from({ length: 200 }, (_, index) => [`n${index}`, 'x'.repeat(1024)]);
    const { after, cut = [] } = cutToFit({ after: Object.fromEntries(names) });
    expect(cut.length).toBeGreaterThan(60);
    for (const path of cut) expect(after).not.toHaveProperty(path.slice('after.'.length));
    expect(sizeOf({ after })).toBeLessThanOrEqual(MOST);
  });
});
