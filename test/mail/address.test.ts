/** To which addresses we send (RFC 5321 §4.1.2, RFC 5890). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mailable } from '../../lib/account/mail-address.ts';

describe('an address is sent to', () => {
  test.each([
    ['joe@example.com', 'joe@example.com'],
    ['Joe.Doe+news@EXAMPLE.com', 'Joe.Doe+news@example.com'],
    ["o'brien@example.co.uk", "o'brien@example.co.uk"],
    ['joe@bücher.example', 'joe@xn--bcher-kva.example'],
    ['joe@xn--bcher-kva.example', 'joe@xn--bcher-kva.example'],
    [`${'l'.repeat(64)}@example.com`, `${'l'.repeat(64)}@example.com`],
  ])('%s', (given, sent) => expect(mailable(given)).toBe(sent));
});

describe('an address is none, for it', () => {
  test.each([
    ['is empty', ''],
    ['has no domain', 'joe@'],
    ['has no local part', '@example.com'],
    ['has no @', 'joe'],
    ['is a name', '100'],
    ['has a name beside it', 'Joe <joe@example.com>'],
    ['are two', 'joe@example.com,jim@example.com'],
    ['are two, one hidden in the first', 'joe@example.com@example.net'],
    ['is quoted', '"joe doe"@example.com'],
    ['has a comment', 'joe(comment)@example.com'],
    ['has a space', 'joe doe@example.com'],
    ['ends a line', 'joe@example.com\r\nBcc: jim@example.com'],
    ['ends in a line', 'joe@example.com\n'],
    ['begins with a dot', '.joe@example.com'],
    ['has two dots', 'joe..doe@example.com'],
    ['has letters beyond ASCII', 'joé@example.com'],
    ['has a character that is not seen', 'jo\u200be@example.com'],
    ['is turned round', 'joe@\u202eexample.com'],
    ['has a host that is an address', 'joe@[127.0.0.1]'],
    ['has a host that is a number', 'joe@127.0.0.1'],
    ['has a host of this machine', 'joe@localhost'],
    ['has a percent sign in its host', 'joe@%65xample.com'],
    ['has a host with an underscore', 'joe@ex_ample.com'],
    ['has a label that begins with a hyphen', 'joe@-example.com'],
    ['has a local part of 65', `${'l'.repeat(65)}@example.com`],
    [
      'has 255 characters',
      `joe@${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(5)}.com`,
    ],
    ['has 320 characters', `${'l'.repeat(64)}@${'d'.repeat(255)}`],
    ['has half a character', 'joe\ud800@example.com'],
  ])('%s', (_why, given) => expect(mailable(given)).toBeUndefined());

  test('holds what could end a header, a command or an envelope', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const sent = mailable(text) ?? mailable(`${text}@example.com`) ?? mailable(`joe@${text}`);
        expect(sent ?? 'a@b.cc').toMatch(/^[\x21-\x7e]+$/);
        expect(sent ?? '').not.toMatch(/[<>()[\],;:\\"\s]/);
      }),
      { numRuns: 2000 },
    ));
});
