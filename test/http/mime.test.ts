/** A mail as a message (RFC 5322): whatever is in a field, it stays in that field. Read by another parser. */
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { composeMime, type Mail } from '../../lib/http/mime.ts';

const MAIL: Mail = {
  from: { name: 'Latchkey', address: 'no-reply@example.com' },
  to: 'joe@example.org',
  subject: 'Hello',
  text: 'text\n',
  html: '<p>html</p>\n',
  language: 'en',
  messageId: 'abc@example.com',
  date: new Date('2027-01-15T08:00:00Z'),
};
const parse = async (mail: Partial<Mail> = {}) =>
  simpleParser(await composeMime({ ...MAIL, ...mail }));
type Parsed = Awaited<ReturnType<typeof parse>>;
const namesOf = ({ headerLines }: Parsed) => headerLines.map(({ key }) => key).sort();
const addressesOf = ({ from }: Parsed) => from?.value.map(({ address }) => address);

const NASTY = [
  'Joe\r\nBcc: victim@example.net',
  'Joe\nBcc: victim@example.net\n\nbody',
  'Joe\r\n\r\n<script>',
  'a\u2028b\u2029c\u0085d\u0000e',
  '\u202egnp.exe',
  '"quoted" <other@example.net>',
  'a, b; c <x@y.example>, d',
  '=?utf-8?q?Bcc:_victim?=',
  'Příliš žluťoučký kůň',
  '𝕁𝕠𝕖 👩‍👩‍👧',
  'x'.repeat(5000),
  '\ud800',
];
const anything = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('\r', '\n', ':', ' ', '<', '>', '"', ',', 'Bcc', 'a', 'ř'))
    .map((it) => it.join('')),
);

test('has text and HTML, says that nobody need answer, and who sent it to whom', async () => {
  const parsed = await parse({ replyTo: 'help@example.com' });
  expect(parsed).toMatchObject({
    subject: 'Hello',
    text: 'text\n',
    messageId: '<abc@example.com>',
  });
  expect(parsed.html).toBe('<p>html</p>\n');
  expect(parsed.replyTo?.text).toBe('help@example.com');
  expect(parsed.date).toEqual(MAIL.date);
  expect(namesOf(parsed)).toEqual([
    'auto-submitted',
    'content-language',
    'content-type',
    'date',
    'from',
    'message-id',
    'mime-version',
    'reply-to',
    'subject',
    'to',
    'x-auto-response-suppress',
  ]);
  expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
});

test('is the same at each try but for its boundary', async () => {
  const withoutBoundary = async () =>
    (await composeMime(MAIL)).toString().replaceAll(/--_NmP-[\w-]+/g, 'BOUNDARY');
  expect(await withoutBoundary()).toBe(await withoutBoundary());
});

describe('no name and no subject', () => {
  test('adds a header, another sender or another recipient', () =>
    fc.assert(
      fc.asyncProperty(anything, anything, async (name, subject) => {
        const [plain, parsed] = await Promise.all([
          parse(),
          parse({ from: { name, address: MAIL.from.address }, subject: `About ${subject}` }),
        ]);
        expect(namesOf(parsed)).toEqual(namesOf(plain));
        expect(addressesOf(parsed)).toEqual([MAIL.from.address]);
        expect([parsed.to].flat().map((to) => to?.text)).toEqual([MAIL.to]);
        expect(parsed.text).toBe(MAIL.text);
      }),
      { numRuns: 300 },
    ));

  test('turns the order of letters, or hides any', async () => {
    const name = 'a\u202eb\u200bc\u0000d';
    const parsed = await parse({ from: { name, address: MAIL.from.address }, subject: name });
    expect(parsed.subject).toBe('a b c d');
    expect(parsed.from?.value[0]?.name).toBe('a b c d');
  });

  test.each(['Příliš žluťoučký kůň', 'O’Brien "the first", & co.'])(
    'loses a letter: %s',
    async (name) => {
      const parsed = await parse({ from: { name, address: MAIL.from.address }, subject: name });
      expect([parsed.subject, parsed.from?.value[0]?.name]).toEqual([name, name]);
    },
  );
});

test('no line is longer than a server takes (§2.1.1)', () =>
  fc.assert(
    fc.asyncProperty(anything, async (text) => {
      const raw = await composeMime({ ...MAIL, subject: text, text, html: text });
      const longest = Math.max(
        ...raw
          .toString()
          .split('\r\n')
          .map((line) => Buffer.byteLength(line)),
      );
      expect(longest).toBeLessThanOrEqual(998);
    }),
    { numRuns: 100 },
  ));

test('no file and no URL is read, whatever stands in the mail', async () => {
  const parsed = await parse({
    text: '/etc/hostname',
    html: '<img src="file:///etc/hostname"><img src="/etc/hostname">',
  });
  expect(parsed.text).toContain('/etc/hostname');
  expect(parsed.attachments).toEqual([]);
});
