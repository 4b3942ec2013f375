/** Passwords that are guessed first, and those that only look like them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCommonPassword } from '../../../lib/manage/users/common-passwords.ts';

const NAMES = [
  'zoe.novak@example.com',
  'zoe@work.example',
  'acme.example',
  'Blue-Kite',
  'Křišťálové Lampy',
  'Area51',
];

describe('R5: is common', () => {
  test.each([
    'passwordpassword',
    'Password12345678!',
    'P@ssw0rdP@ssw0rd1',
    'aaaaaaaaaaaaaaaa',
    'abcabcabcabcabcabc',
    '123456789012345',
    '987654321098765',
    'qwertyuiopasdfghjkl',
    '1qaz2wsx3edc4rfv',
    'iloveyouiloveyou1!',
    'Welcome2Summer2026',
    'correct horse battery staple',
    'changeme changeme',
    'zoe.novak.zoe.novak',
    'novak-novak-novak',
    'acme example 2026',
    'bluekiteBlueKite',
    'Blu3K1t3-Blu3K1t3!',
    'kristalove-lampy-kristalove',
    'křišťálové lampy!',
    'area51 area51 area51',
    'latchkeylatchkey',
    'ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ',
    'xyxyxyxyxyxyxyxyxy',
    '                ',
  ])('%s', (password) => expect(isCommonPassword(password, NAMES)).toBe(true));
});

describe('R5: is not common', () => {
  test.each([
    'correct horse, no staple',
    'my password is a green kettle',
    'nine dry otters in a canoe',
    'žluťoučký kůň úpěl',
    '雨の日は本を読んで過ごす静かな午後',
    'k3vJ9qX2mZ7wT4pR',
    'zoe eats purple gravel',
    'a blue kite over wet fields',
  ])('%s', (password) => expect(isCommonPassword(password, NAMES)).toBe(false));

  test('what a password manager makes', () =>
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 16, maxLength: 16, size: 'max' }),
        fc.integer(),
        (bytes, seed) => {
          const text = Buffer.from(bytes.map((byte, at) => byte ^ (seed * (at + 7)))).toString(
            'base64url',
          );
          fc.pre(new Set(text).size > 12);
          return !isCommonPassword(text, NAMES);
        },
      ),
    ));
});

test('R5: any text is judged in bounded time', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 256 }), (text) =>
      [true, false].includes(isCommonPassword(text, [text, ''])),
    ),
  ));
