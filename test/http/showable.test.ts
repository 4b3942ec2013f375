/** What may stand for something where people read it. */
import { expect, test } from 'vitest';
import { isShowable } from '../../lib/http/showable.ts';

test.each(['A', 'Objednávky', '日本', '§ 5', '👩‍💻 laptop', 'می‌خواهم', '❤️', '7'])(
  '%j can be seen',
  (text) => expect(isShowable(text)).toBe(true),
);

test.each([
  ['nothing', ''],
  ['blanks', ' \u00a0\u2003'],
  ['letters that are drawn as nothing', '\u3164\u115f'],
  ['the blank of Braille', '\u2800'],
  ['what only joins', '\u200d\u034f\ufe0f'],
  ['a line break', 'one\ntwo'],
  ['a separator of lines', 'one\u2028two'],
  ['what turns the text around it (UAX #9)', 'a\u202eb'],
  ['an isolate', 'a\u2066b'],
  ['a control character', 'a\u0007b'],
  ['half a character', 'a\ud83d'],
])('%s cannot', (_case, text) => expect(isShowable(text)).toBe(false));
