/** JSON that is read in terminals and editors. */
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { EXPORT_FORMAT, makeFile } from '../lib/events/export-file.ts';
import { jsonLine } from '../lib/json-line.ts';

const OBEYED = [
  ['U+007F DELETE', '\u007f'],
  ['U+009B CONTROL SEQUENCE INTRODUCER', '\u009b'],
  ['U+0085 NEXT LINE', '\u0085'],
  ['U+202E RIGHT-TO-LEFT OVERRIDE', '\u202e'],
  ['U+2066 LEFT-TO-RIGHT ISOLATE', '\u2066'],
  ['U+200B ZERO WIDTH SPACE', '\u200b'],
  ['U+FEFF BYTE ORDER MARK', '\ufeff'],
  ['U+2028 LINE SEPARATOR', '\u2028'],
  ['U+2029 PARAGRAPH SEPARATOR', '\u2029'],
  ['U+E0041 TAG LATIN CAPITAL LETTER A', '\u{e0041}'],
  ['U+001B ESCAPE', '\u001b'],
] as const;

describe('RFC 8259 §7: what a terminal or an editor obeys is escaped', () => {
  test.each(OBEYED)('%s, and comes back as it was', (_name, character) => {
    const value = { [`a${character}b`]: [`c${character}d`] };
    const line = jsonLine(value);
    expect(line).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(line)).toEqual(value);
  });

  test('all else stays legible', () => {
    expect(jsonLine({ name: 'Žofie 😀 "a" \\ עברית' })).toBe(
      '{"name":"Žofie 😀 \\"a\\" \\\\ עברית"}',
    );
  });
});

test('an export holds none of it as it is', async () => {
  const head = {
    format: EXPORT_FORMAT,
    source: 'prod',
    hour: '2026-11-29T08',
    previous: null,
  } as const;
  const agent = OBEYED.map(([, character]) => character).join('');
  const event = { id: '1', type: 'session.opened', subject: 'a', seq: 1, agent } as never;
  const file = await makeFile(
    head,
    (async function* () {
      yield [event];
    })(),
  );
  const [, line = ''] = gunzipSync(file).toString('utf8').split('\n');
  expect(line).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(line)).toEqual(event);
});
