/** Codes by mail in place of a password: six digits, ten minutes, five tries, one browser. Real store. */

import { beforeEach, describe, expect, test } from 'vitest';
import { CODE_LIFETIME, makeEmailCode, tryCode } from '../../lib/account/email-codes.ts';
import { get } from '../../lib/aws/table.ts';
import type { Tables } from '../../lib/aws/tables.ts';
import { transact } from '../../lib/aws/transaction.ts';
import { randomSecret, sha256 } from '../../lib/crypto.ts';
import {
  createDomain,
  type Domain,
  raiseDomain,
  readDomain,
  saveDomain,
} from '../../lib/store/directory/domains.ts';
import { raiseGeneration } from '../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../lib/store/directory/subjects.ts';
import { readUser, saveUser, type User } from '../../lib/store/directory/users.ts';
import { type Instant, instant } from '../../lib/time.ts';
import { userItem } from '../support/actors/people.ts';
import { freshTables } from '../support/running/tables.ts';

const NOW = instant(1_800_000_000);
const at = (seconds: number): Instant => instant(NOW + seconds);
const HOME = 'mydomain.com';
const ADDRESS = 'joe@example.com';

let tables: Tables;
let user: User;
let domain: Domain;
let browser: string;

beforeEach(async () => {
  tables = await freshTables();
  browser = randomSecret();
  const home = { name: HOME, disabled: false, generation: 7, emailCodes: true };
  await createDomain(tables.directory, home);
  const joe = { id: 'user-1', names: ['joe'], email: ADDRESS, domain: HOME, generation: 3 };
  await saveUser(tables.directory, { after: userItem(joe) });
  const found = [
    await readUser(tables.directory, 'user-1'),
    await readDomain(tables.directory, HOME),
  ];
  [user, domain] = found as [User, Domain];
});

const made = () => makeEmailCode(tables, { browser, user, domain, address: ADDRESS }, NOW);
const otherThan = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

/** Tried and spent, as a sign-in does it. */
async function signIn(code: string, { from = browser, now = NOW, userId = 'user-1' } = {}) {
  const tried = await tryCode(tables, { browser: from, code, userId }, now);
  if (tried.status === 'wrong') return 'wrong';
  const failed = await transact([tried.spend]);
  return failed.includes(true) ? 'lost' : 'in';
}

describe('a code', () => {
  test('has six digits and lets in once', async () => {
    const code = await made();
    expect(code).toMatch(/^\d{6}$/);
    expect(await signIn(code)).toBe('in');
    expect(await signIn(code)).toBe('wrong');
  });

  test('may be typed with a space or a dash in it', async () => {
    const code = await made();
    expect(await signIn(` ${code.slice(0, 3)}-${code.slice(3)} `)).toBe('in');
  });

  test('lets in one of two at once', async () => {
    const code = await made();
    const outcomes = await Promise.all([signIn(code), signIn(code), signIn(code)]);
    expect(outcomes.filter((outcome) => outcome === 'in')).toHaveLength(1);
  });

  test('cannot be tried out by whoever reads the table', async () => {
    const code = await made();
    const pk = `email-code#${sha256(browser).toString('base64url')}`;
    const item = await get(tables.sessions, { pk, sk: 'code' });
    const proof = String(item?.['proof']);
    const guesses = [code, `e-mail code\n${code}`].map((text) => sha256(text).toString('hex'));
    expect(guesses).not.toContain(proof);
    expect(JSON.stringify(item)).not.toContain(browser);
    expect(JSON.stringify(item)).not.toContain(code);
  });
});

describe('a code is not good', () => {
  test('in another browser', async () => {
    const code = await made();
    expect(await signIn(code, { from: randomSecret() })).toBe('wrong');
    expect(await signIn(code)).toBe('in');
  });

  test('beside the name of somebody else', async () => {
    const code = await made();
    expect(await signIn(code, { userId: 'user-2' })).toBe('wrong');
    expect(await signIn(code)).toBe('in');
  });

  test('after five wrong ones, even the right one', async () => {
    const code = await made();
    for (let count = 0; count < 5; count++) expect(await signIn(otherThan(code))).toBe('wrong');
    expect(await signIn(code)).toBe('wrong');
  });

  test('for more than five of fifty guesses at once', async () => {
    const code = await made();
    const guesses = Array.from({ length: 49 }, () => otherThan(code));
    await Promise.all(guesses.map((guess) => signIn(guess)));
    expect(await signIn(code)).toBe('wrong');
  });

  test('after ten minutes', async () => {
    const code = await made();
    expect(await signIn(code, { now: at(CODE_LIFETIME) })).toBe('wrong');
    expect(await signIn(code, { now: at(CODE_LIFETIME - 1) })).toBe('in');
  });

  test('once another one was made', async () => {
    const [first, second] = [await made(), await made()];
    if (first !== second) expect(await signIn(first)).toBe('wrong');
    expect(await signIn(second)).toBe('in');
  });

  test('when another one was made between the look and the write', async () => {
    const typed = { browser, code: await made(), userId: 'user-1' };
    const tried = await tryCode(tables, typed, NOW);
    if (tried.status !== 'good') throw new Error(tried.status);
    await made();
    expect(await transact([tried.spend])).toEqual([true]);
  });

  test.each([
    ['the user was signed out', () => raiseGeneration(tables.directory, subjectKey('user-1'))],
    ['the domain was signed out', () => raiseDomain(tables.directory, HOME)],
    [
      'the address is another one',
      () => saveUser(tables.directory, { before: user, after: { ...user, email: 'b@x.example' } }),
    ],
    [
      'the user is switched off',
      () => saveUser(tables.directory, { before: user, after: { ...user, disabled: true } }),
    ],
    [
      'the domain does not allow it any more',
      () => saveDomain(tables.directory, domain, { ...domain, emailCodes: false }),
    ],
    ['the user is gone', () => saveUser(tables.directory, { before: user })],
  ])('after %s', async (_case, change) => {
    const code = await made();
    await change();
    expect(await signIn(code)).toBe('wrong');
  });

  test.each(['', '0', '0000000', '12345６', 'abcdef', '1e5', '-12345', '\ud800'.repeat(6)])(
    'as %j',
    async (guess) => {
      const code = await made();
      if (guess !== code) expect(await signIn(guess)).toBe('wrong');
    },
  );

  test('where none was ever made', async () => expect(await signIn('123456')).toBe('wrong'));
});
