/**
 * Why content has a name: every interleaving of one edit and one fill of a memory, where a transaction shows
 * item by item and a batch is read item by item. What a later call then finds in the memory is held against
 * what is stored by then.
 */
import { describe, expect, test } from 'vitest';

/** What is stored, and shows: the data, and what says which data it is. */
type Stored = { data: string; sign: string; content: Readonly<Record<string, string>> };
type Step = (stored: Stored) => unknown;
/** What an instance remembers, under what it believes to say which data it is. */
type Memory = Map<string, string>;

/** All orders of two sequences, each of which keeps its own. */
function* merged<T>(left: readonly T[], right: readonly T[]): Generator<T[]> {
  const [first, ...others] = left;
  const [other, ...rest] = right;
  if (first === undefined || other === undefined) {
    yield [...left, ...right];
    return;
  }
  for (const tail of merged(others, right)) yield [first, ...tail];
  for (const tail of merged(left, rest)) yield [other, ...tail];
}

/** The items of one transaction show in any order. */
const edits: Step[][] = [
  [(at) => Object.assign(at, { data: 'new' }), (at) => Object.assign(at, { sign: 'two' })],
  [(at) => Object.assign(at, { sign: 'two' }), (at) => Object.assign(at, { data: 'new' })],
];

/** Each of its reads is a step; the last one keeps what it has. */
type Fill = (memory: Memory) => Step[];

const byNumber = {
  'the number, then the data': (memory) => {
    const seen = { sign: '' };
    return [({ sign }) => Object.assign(seen, { sign }), ({ data }) => memory.set(seen.sign, data)];
  },
  'the data, then the number': (memory) => {
    const seen = { data: '' };
    return [({ data }) => Object.assign(seen, { data }), ({ sign }) => memory.set(sign, seen.data)];
  },
  'the number, the data, and the number again': (memory) => {
    const seen = { sign: '', data: '' };
    return [
      ({ sign }) => Object.assign(seen, { sign }),
      ({ data }) => Object.assign(seen, { data }),
      ({ sign }) => sign === seen.sign && memory.set(sign, seen.data),
    ];
  },
} satisfies Record<string, Fill>;

/** The manifest is the sign, and what it names is never overwritten. */
const byName: Fill = (memory) => {
  const seen = { sign: '' };
  return [
    ({ sign }) => Object.assign(seen, { sign }),
    ({ content }) => memory.set(seen.sign, content[seen.sign] ?? ''),
  ];
};
const NAMED = { one: 'old', two: 'new' };

/** Interleavings after which the memory has, for good, under what is stored now what is not. */
const stale = (fill: Fill): number => {
  const found = edits.flatMap((edit) => {
    const memories: [Memory, Stored][] = [];
    const count = [...merged(edit, fill(new Map()))].length;
    for (let index = 0; index < count; index += 1) {
      const memory: Memory = new Map();
      const stored: Stored = { data: 'old', sign: 'one', content: NAMED };
      const order = [...merged(edit, fill(memory))][index] ?? [];
      for (const step of order) step(stored);
      memories.push([memory, stored]);
    }
    return memories.filter(([memory, { sign, data }]) => (memory.get(sign) ?? data) !== data);
  });
  return found.length;
};

describe('a memory that goes by a number is out of date for good, where the fill reads', () => {
  test.each(Object.entries(byNumber))('%s', (_order, fill) =>
    expect(stale(fill)).toBeGreaterThan(0),
  );
});

test('one that goes by the name of its content never is', () => expect(stale(byName)).toBe(0));
