/** API keys as text (docs/api-keys.md): what goes in comes out, and no slip of a finger gets through. */
import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeApiKey, parseApiKey, parseKeyId } from '../../lib/guard/api-key.ts';

const word = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });
const claims = fc.record({
  name: fc.record({ subject: word, key: fc.uuid() }),
  hints: fc.record({ domain: word, roles: fc.array(word, { maxLength: 4 }) }),
});
const KEY = {
  name: { subject: 'a1b2c3', key: 'key-00000000-0000-4000-8000-000000000000' },
  hints: { domain: 'mydomain.com', roles: ['user', 'admin'] },
};
/** As printed in docs/api-keys.md. */
const documented = (): RegExp => {
  const page = readFileSync(new URL('../../docs/api-keys.md', import.meta.url), 'utf8');
  return new RegExp(`^${/^ {4}(lk_\[\S+)$/m.exec(page)?.[1] ?? 'missing'}$`);
};

describe('an API key', () => {
  test('names its session, its hints and its secret', () => {
    fc.assert(
      fc.property(claims, (claim) => {
        const { text, secret } = makeApiKey(claim);
        expect(parseApiKey(text)).toEqual({ ...claim, secret });
        expect(text).toMatch(documented());
      }),
    );
  });

  test('with any one character changed is no key', () => {
    const character = fc.constantFrom(
      ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+/=. ',
    );
    fc.assert(
      fc.property(claims, fc.nat(), character, (claim, at, other) => {
        const { text } = makeApiKey(claim);
        const index = at % text.length;
        fc.pre(text[index] !== other);
        const changed = text.slice(0, index) + other + text.slice(index + 1);
        expect(parseApiKey(changed)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  test('with two neighbours swapped, cut short or with anything added is no key', () => {
    const { text } = makeApiKey(KEY);
    for (let at = 0; at < text.length - 1; at++) {
      const swapped = text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2);
      if (swapped !== text) expect(parseApiKey(swapped)).toBeUndefined();
      expect(parseApiKey(text.slice(0, at))).toBeUndefined();
    }
    for (const longer of [`${text}0`, ` ${text}`, `${text}\n`, `x${text}`, text + text])
      expect(parseApiKey(longer)).toBeUndefined();
  });

  test('is never read from arbitrary text', () => {
    fc.assert(fc.property(fc.string(), (text) => parseApiKey(text) === undefined));
  });

  test.each([
    'one two three',
    'one two three four five',
    ' two three four',
    'one  three four',
    'one two  four',
    'one,more two three four',
    'one two three %ZZ',
    '%E0%A4%A two three four',
  ])('with a right checksum over the id %j is still no key', (id) => {
    expect(parseApiKey(forged(id))).toBeUndefined();
  });

  test('leaves out roles that do not fit, and stays short enough for a header', () => {
    const roles = Array.from({ length: 50 }, (_, index) => `${'r'.repeat(60)}${index}`);
    const { text } = makeApiKey({ ...KEY, hints: { ...KEY.hints, roles } });
    expect(text.length).toBeLessThan(1100);
    const read = parseApiKey(text);
    expect(read?.name).toEqual(KEY.name);
    expect(read?.hints.roles.length).toBeGreaterThan(5);
  });
});

describe('the id of an API key', () => {
  test('names the key, with lk_ or without, and says nothing with any of the secret', () => {
    fc.assert(
      fc.property(claims, fc.integer({ min: 1, max: 49 }), (claim, length) => {
        const { text } = makeApiKey(claim);
        const id = text.slice(3, -50);
        expect(id).not.toContain('_');
        for (const given of [id, `lk_${id}`, `lk_${id}_`])
          expect(parseKeyId(given)).toEqual(claim.name);
        expect(parseKeyId(text)).toBeUndefined();
        expect(parseKeyId(text.slice(0, text.length - 49 + length))).toBeUndefined();
      }),
    );
  });

  test('is never read from arbitrary text', () => {
    fc.assert(fc.property(fc.string(), (text) => parseKeyId(text) === undefined));
    const encoded = fc.base64String().map((text) => text.replace(/[^A-Za-z0-9]/g, ''));
    fc.assert(fc.property(encoded, (text) => parseKeyId(`lk_${text}`) === undefined));
  });
});

/** Whoever knows the format can get the checksum right. */
function forged(id: string): string {
  const text = `lk_${Buffer.from(id).toString('base64url').padEnd(16, 'A')}_${'0'.repeat(43)}`;
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  let check = '';
  for (let rest = crc32(text); rest > 0; rest = Math.floor(rest / 62))
    check = digits[rest % 62] + check;
  return text + check.padStart(6, '0');
}
