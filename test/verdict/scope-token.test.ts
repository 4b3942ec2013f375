/** One word of a scope (RFC 6749 §3.3, scope-token), character by character. */
import { expect, test } from 'vitest';
import { isScopeToken } from '../../lib/verdict/scope-token.ts';

const CODES = Array.from({ length: 0x180 }, (_, code) => String.fromCharCode(code));
const FITTING = /^[!#-[\]-~]$/;

test('may have any printable character of ASCII but blank, quote and backslash', () =>
  expect(CODES.filter(isScopeToken)).toEqual(CODES.filter((one) => FITTING.test(one))));

test.each(['', ' ', 'a ', ' a', 'a b', '"a', 'a"', '\\a', 'a\\', 'é1', '1é', 'a\n'])(
  'is not %j',
  (text) => expect(isScopeToken(text)).toBe(false),
);

test.each(['a', 'openid', 'cdr/files:r', 'https://example.com/x?y#z'])('may be %j', (text) =>
  expect(isScopeToken(text)).toBe(true),
);
