/** Password hashes as PHC strings (RFC 9106), with costs that a test can afford. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COST, checkPassword, hashPassword, isUsablePassword } from '../../lib/sign-in/password.ts';

const CHEAP = { memory: 8, passes: 1, parallelism: 1 };
const password = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
const hashed = await hashPassword('correct horse', CHEAP);
const [, , , , salt = '', tag = ''] = hashed.split('$');
const checked = (given: string, stored: string) => checkPassword(given, stored);

describe('a password', () => {
  test('matches its own hash and no other password does, whatever its characters', () =>
    fc.assert(
      fc.asyncProperty(password, password, async (one, other) => {
        const stored = await hashPassword(one, CHEAP);
        expect((await checked(one, stored)).matches).toBe(true);
        const same = one.normalize('NFC') === other.normalize('NFC');
        expect((await checked(other, stored)).matches).toBe(same);
      }),
      { numRuns: 50 },
    ));

  test('is the same however its characters are composed (RFC 8265 §4.2)', async () => {
    const stored = await hashPassword('Zoe\u0308', CHEAP);
    expect((await checked('Zo\u00eb', stored)).matches).toBe(true);
  });

  test.each([
    ['in other case', 'Correct horse'],
    ['with a blank at the end', 'correct horse '],
    ['with full-width letters, which only names fold', 'ｃorrect horse'],
    ['cut short', 'correct hors'],
    ['empty', ''],
    ['its own hash', hashed],
    ['with NUL at the end', 'correct horse\0'],
  ])('does not match %s', async (_case, given) => {
    expect(await checked(given, hashed)).toEqual({ matches: false, needsRehash: false });
  });

  test('of 1024 characters counts to the last, and a longer one matches nothing', async () => {
    const longest = 'x'.repeat(1024);
    const stored = await hashPassword(longest, CHEAP);
    expect((await checked(longest, stored)).matches).toBe(true);
    expect((await checked(`${longest}x`, stored)).matches).toBe(false);
    expect((await checked(`${'x'.repeat(1023)}y`, stored)).matches).toBe(false);
    expect((await checked('x'.repeat(60_000), stored)).matches).toBe(false);
  });

  test('that fits once composed is not refused for its decomposed length', async () => {
    const composed = '\u00eb'.repeat(1024);
    const stored = await hashPassword(composed, CHEAP);
    expect((await checked(composed.normalize('NFD'), stored)).matches).toBe(true);
  });

  test.each([
    ['empty', '', false],
    ['too long', 'x'.repeat(1025), false],
    ['of full length', 'x'.repeat(1024), true],
    ['a blank', ' ', true],
  ])('that is %s is usable: %s', (_case, given, usable) =>
    expect(isUsablePassword(given)).toBe(usable),
  );

  test('that is empty never matches, even a hash of nothing', async () => {
    expect((await checked('', await hashPassword('', CHEAP))).matches).toBe(false);
  });
});

describe('a hash', () => {
  test('differs each time, and names its costs', async () => {
    const again = await hashPassword('correct horse', CHEAP);
    expect(again).not.toBe(hashed);
    expect(again).toMatch(/^\$argon2id\$v=19\$m=8,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  });

  test('made today has the costs of today, and needs no other', async () => {
    const stored = await hashPassword('secret');
    expect(stored).toContain(`$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$`);
    expect(await checkPassword('secret', stored)).toEqual({ matches: true, needsRehash: false });
  });

  test.each([
    ['less memory', { ...COST, memory: COST.memory - 1 }, true],
    ['fewer passes', { ...COST, passes: COST.passes - 1 }, true],
    ['more passes', { ...COST, memory: 19456, passes: 3 }, false],
  ])('with %s than today: rehash %s', async (_case, cost, needsRehash) => {
    const stored = await hashPassword('secret', cost);
    expect(await checkPassword('secret', stored)).toEqual({ matches: true, needsRehash });
  });

  test.each([
    ['memory', { memory: 262_144, passes: 1, parallelism: 1 }],
    ['passes', { memory: 64, passes: 10, parallelism: 1 }],
    ['lanes', { memory: 128, passes: 1, parallelism: 16 }],
  ])('of the most %s that is allowed is still checked', async (_case, cost) => {
    const stored = await hashPassword('secret', cost);
    expect((await checkPassword('secret', stored)).matches).toBe(true);
  });

  test('that was not matched is not made anew', async () => {
    expect((await checked('wrong', hashed)).needsRehash).toBe(false);
  });

  test('that is missing stands for one that nothing matches, at the cost of today', async () => {
    expect(await checkPassword('secret')).toEqual({ matches: false, needsRehash: false });
  });

  const named = (parameters: string, algorithm = 'argon2id', version = 'v=19') =>
    `$${algorithm}$${version}$${parameters}$${salt}$${tag}`;
  test.each([
    ['nothing', ''],
    ['plain text', 'correct horse'],
    ['SHA-512 crypt', `$6$rounds=5000$saltsalt$${'a'.repeat(86)}`],
    ['another version', named('m=8,t=1,p=1', 'argon2id', 'v=16')],
    ['no memory', named('m=0,t=1,p=1')],
    ['less memory than its lanes need', named('m=8,t=1,p=2')],
    ['memory to stall on', named('m=262145,t=1,p=1')],
    ['far more memory', named('m=9999999,t=1,p=1')],
    ['no passes', named('m=8,t=0,p=1')],
    ['passes to stall on', named('m=8,t=11,p=1')],
    ['no lanes', named('m=8,t=1,p=0')],
    ['too many lanes', named('m=8192,t=1,p=17')],
    ['parameters out of order', named('t=1,m=8,p=1')],
    ['a negative parameter', named('m=-8,t=1,p=1')],
    ['a salt that is too short', `$argon2id$v=19$m=8,t=1,p=1$AAAA$${tag}`],
    ['a tag that is too short', `$argon2id$v=19$m=8,t=1,p=1$${salt}$AAAA`],
    ['no tag', `$argon2id$v=19$m=8,t=1,p=1$${salt}`],
    ['padding', `${hashed}=`],
    ['something before it', ` ${hashed}`],
    ['something after it', `${hashed}\n`],
  ])('that is or has %s is refused, and not repeated', async (_case, stored) => {
    const error = await checkPassword('correct horse', stored).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error.message).toBe('a stored password hash is of no known format, or costs too much');
  });

  test('with any one character changed never matches, and is never repeated', () =>
    fc.assert(
      fc.asyncProperty(
        fc.nat({ max: hashed.length - 1 }),
        fc.constantFrom(...'A$,=9/'),
        async (at, to) => {
          const changed = hashed.slice(0, at) + to + hashed.slice(at + 1);
          const bits = Buffer.from(changed.split('$')[5] ?? '', 'base64');
          fc.pre(changed !== hashed && !bits.equals(Buffer.from(tag, 'base64')));
          // A change may ask for real costs; those are for other tests.
          fc.pre(/\$m=8,t=1,p=1\$/.test(changed));
          const result = await checked('correct horse', changed).catch((thrown: Error) => thrown);
          if (result instanceof Error) expect(result.message).not.toContain(changed.slice(-20));
          else expect(result.matches).toBe(false);
        },
      ),
      { numRuns: 50 },
    ));
});
