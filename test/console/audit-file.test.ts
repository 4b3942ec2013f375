/** The audit as files, and the numbers that are missing in it: what the console makes of events. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvOf, fieldOf, linesOf } from '../../console/audit/csv.ts';
import { gapsIn } from '../../console/audit/gaps.ts';
import type { Event } from '../../console/audit/types.ts';

const event = (given: Partial<Event> = {}): Event => ({
  id: '1',
  at: 1_900_000_000,
  type: 'user.changed',
  v: 1,
  collection: 'users',
  domain: 'mydomain.com',
  target: 't',
  subject: 'user/t',
  actor: { kind: 'user' },
  ...given,
});

/** As RFC 4180 reads a file. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let [row, field, quoted]: [string[], string, boolean] = [[], '', false];
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (quoted && char === '"' && text[at + 1] === '"') field += text[++at];
    else if (char === '"') quoted = !quoted;
    else if (quoted) field += char;
    else if (char === ',') {
      row.push(field);
      field = '';
    } else if (char === '\r' && text[at + 1] === '\n') {
      at++;
      rows.push([...row, field]);
      [row, field] = [[], ''];
    } else field += char;
  }
  return rows;
}

describe('a table for spreadsheets', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', "=cmd|' /C calc'!A0"])(
    'takes %j for text and no formula',
    (text) => expect(fieldOf(text)).toMatch(/^"'/),
  );
  test.each(['', 'abc', 'a=b', '1-2', 'x@y.com', 'ž'])('leaves %j as it is', (text) =>
    expect(fieldOf(text)).toBe(text),
  );
  test('has every field in its place, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (username, value) => {
        const written = csvOf([
          event({ actor: { kind: 'user', username }, after: { name: value } }),
        ]);
        const [head = [], row = []] = parseCsv(written);
        expect(row).toHaveLength(head.length);
        const read = row[head.indexOf('actor_username')] ?? '';
        expect([username, `'${username}`]).toContain(read);
        expect(read).not.toMatch(/^[=+\-@\t\r\n]/);
        expect(JSON.parse(row[head.indexOf('after')] ?? '')).toEqual({ name: value });
      }),
    );
  });
  test('has the head alone where there is no event', () =>
    expect(csvOf([]).split('\r\n')).toHaveLength(2));
});

test('JSON by line: an event a line, as it came', () => {
  const events = [event({ id: '1', target: 'a\nb' }), event({ id: '2' })];
  const lines = linesOf(events).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(events);
});

describe('missing numbers', () => {
  const numbered = (subject: string, ...numbers: (number | undefined)[]) =>
    numbers.map((seq) => ({ subject, ...(seq !== undefined && { seq }) }));
  test('are found between two that are there, of each subject by itself', () =>
    expect(
      gapsIn([...numbered('a', 7, 4, 3), ...numbered('b', 2, 1), ...numbered('c', 9, 7)]),
    ).toEqual([
      { subject: 'a', from: 5, to: 6 },
      { subject: 'c', from: 8, to: 8 },
    ]));
  test.each([
    ['nothing', []],
    ['one', [5]],
    ['all', [3, 2, 1]],
    ['what is not numbered yet', [undefined, 2, 1]],
    ['what comes twice', [2, 2, 1]],
  ])('are not found in %s', (_case, numbers) =>
    expect(gapsIn(numbered('a', ...numbers))).toEqual([]),
  );
});
