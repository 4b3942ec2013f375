/** Links that people are sent (issue: single use, a purpose, a while, the subject's generation). Real store. */

import { beforeEach, describe, expect, test } from 'vitest';
import {
  LIFETIMES,
  makeLink,
  PAGES,
  type Purpose,
  readLink,
  spendLink,
  userStands,
} from '../../lib/account/links.ts';
import { get, type Item, put } from '../../lib/aws/table.ts';
import type { Tables } from '../../lib/aws/tables.ts';
import { transact } from '../../lib/aws/transaction.ts';
import {
  createDomain,
  type Domain,
  domainKey,
  raiseDomain,
  readDomain,
} from '../../lib/store/directory/domains.ts';
import { raiseGeneration } from '../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../lib/store/directory/subjects.ts';
import { readUser, saveUser, type User } from '../../lib/store/directory/users.ts';
import { linkKey, PURPOSES } from '../../lib/store/sessions/links.ts';
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

const readJoe = async (): Promise<User> => {
  const found = await readUser(tables.directory, 'user-1');
  if (!found) throw new Error('nobody');
  return found;
};

beforeEach(async () => {
  tables = await freshTables();
  await createDomain(tables.directory, { name: HOME, disabled: false, generation: 7 });
  const joe = { id: 'user-1', names: ['joe'], email: ADDRESS, domain: HOME, generation: 3 };
  await saveUser(tables.directory, { after: userItem(joe) });
  user = await readJoe();
  const found = await readDomain(tables.directory, HOME);
  if (!found) throw new Error('no domain');
  domain = found;
});

const made = async (purpose: Purpose = 'reset-password', address = ADDRESS, now = NOW) => {
  const about = purpose === 'sign-up' ? { purpose } : { purpose, user };
  const link = await makeLink(tables, { ...about, domain, address }, now);
  return new URL(link, 'https://x.example').searchParams.get('secret') ?? '';
};

/** Read and spent, with the write of something that must happen once. */
async function spend(secret: string, purpose: Purpose = 'reset-password', now = NOW) {
  const read = await readLink(tables, purpose, secret, now);
  if (read.status !== 'good') return read.status;
  const stands = read.user ? [userStands(tables, read.user)] : [];
  const what = { table: tables.sessions, put: { pk: 'what', sk: crypto.randomUUID() } };
  const failed = await transact([...spendLink(tables, read, now), ...stands, what]);
  return failed.includes(true) ? 'lost' : 'spent';
}

/** What somebody who reads the table has of it. */
const kept = (secret: string): Promise<Item | undefined> => get(tables.sessions, linkKey(secret));

describe('a link', () => {
  test.each(PURPOSES)(
    '%s is good for what it was made for, and for nothing else',
    async (purpose) => {
      const secret = await made(purpose);
      for (const other of PURPOSES.filter((one) => one !== purpose))
        expect(await spend(secret, other)).toBe('over');
      expect(await spend(secret, purpose)).toBe('spent');
    },
  );

  test('leads to a page of its own, with 256 random bits', async () => {
    const about = { purpose: 'invitation', user, domain, address: ADDRESS, locale: 'cs' } as const;
    const links = await Promise.all([makeLink(tables, about, NOW), makeLink(tables, about, NOW)]);
    for (const link of links)
      expect(link).toMatch(/^\/account\/invitation\?secret=[0-9A-Za-z]{43}&ui_locales=cs$/);
    expect(links[0]).not.toBe(links[1]);
    expect(new Set(Object.values(PAGES)).size).toBe(PURPOSES.length);
  });

  test('is looked at as often as a scanner likes, and still good', async () => {
    const secret = await made();
    for (let count = 0; count < 3; count++)
      expect(await readLink(tables, 'reset-password', secret, NOW)).toMatchObject({
        status: 'good',
        user: { id: 'user-1' },
        link: { address: ADDRESS },
      });
    expect(await spend(secret)).toBe('spent');
  });

  test('is kept as a hash, until DynamoDB takes it away', async () => {
    const secret = await made();
    const item = await kept(secret);
    expect(JSON.stringify(item)).not.toContain(secret);
    expect(item).toMatchObject({ expiresAt: NOW + LIFETIMES['reset-password'] });
  });
});

describe('a link is not good', () => {
  test('twice', async () => {
    const secret = await made();
    expect(await spend(secret)).toBe('spent');
    expect(await spend(secret)).toBe('over');
  });

  test('for two at once, nor for twenty: one of them passes', async () => {
    const secret = await made();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => spend(secret)));
    expect(outcomes.filter((outcome) => outcome === 'spent')).toHaveLength(1);
  });

  test.each(PURPOSES)('once it is over: %s', async (purpose) => {
    const secret = await made(purpose);
    const end = LIFETIMES[purpose];
    expect(await readLink(tables, purpose, secret, at(end - 1))).toMatchObject({ status: 'good' });
    expect(await spend(secret, purpose, at(end))).toBe('over');
  });

  test('when it ran out between the look and the write', async () => {
    const secret = await made();
    const read = await readLink(tables, 'reset-password', secret, NOW);
    if (read.status !== 'good') throw new Error(read.status);
    expect(await transact(spendLink(tables, read, at(3600)))).toContain(true);
  });

  test.each([
    ['a byte more', (secret: string) => `${secret}0`],
    ['a byte less', (secret: string) => secret.slice(0, -1)],
    ['another letter case', (secret: string) => secret.toLowerCase().toUpperCase()],
    ['a space', (secret: string) => ` ${secret}`],
    ['nothing', () => ''],
    ['a megabyte', (secret: string) => secret.repeat(25_000)],
    ['a lone surrogate', (secret: string) => `${secret}\ud800`],
    ['its own hash', (secret: string) => linkKey(secret).pk.slice('link#'.length)],
  ])('with %s', async (_case, change) => {
    const secret = await made();
    expect(await spend(change(secret))).toBe('over');
    expect(await spend(secret)).toBe('spent');
  });

  test.each(PURPOSES.filter((purpose) => purpose !== 'sign-up'))(
    'after the password was changed, or whatever else ends sessions: %s',
    async (purpose) => {
      const secret = await made(purpose);
      await raiseGeneration(tables.directory, subjectKey('user-1'));
      expect(await spend(secret, purpose)).toBe('over');
    },
  );

  test.each(PURPOSES)('after the domain was signed out: %s', async (purpose) => {
    const secret = await made(purpose);
    await raiseDomain(tables.directory, HOME);
    expect(await spend(secret, purpose)).toBe('over');
  });

  test('when either happens between the look and the write', async () => {
    for (const signOut of [
      () => raiseGeneration(tables.directory, subjectKey('user-1')),
      () => raiseDomain(tables.directory, HOME),
    ]) {
      user = await readJoe();
      domain = (await readDomain(tables.directory, HOME)) ?? domain;
      const read = await readLink(tables, 'unlock', await made('unlock'), NOW);
      if (read.status !== 'good' || !read.user) throw new Error(read.status);
      await signOut();
      const writes = [...spendLink(tables, read, NOW), userStands(tables, read.user)];
      expect(await transact(writes)).toContain(true);
    }
  });

  test('of a user who is deleted, switched off or moved to another domain', async () => {
    const secret = await made();
    const changed = [{ ...user, disabled: true }, { ...user, domain: 'other.com' }, undefined];
    for (const after of changed) {
      const before = await readJoe();
      const one = after && { ...after, version: before.version };
      await saveUser(tables.directory, { before, ...(one && { after: one }) });
      expect(await spend(secret)).toBe('over');
    }
  });

  test('once the account has another address than the one it was sent to', async () => {
    const secret = await made();
    await saveUser(tables.directory, {
      before: user,
      after: { ...user, email: 'new@example.com' },
    });
    expect(await spend(secret)).toBe('over');
  });

  test('for a new address, once the account has yet another one', async () => {
    const secret = await made('change-email', 'new@example.com');
    expect(await readLink(tables, 'change-email', secret, NOW)).toMatchObject({ status: 'good' });
    await saveUser(tables.directory, { before: user, after: { ...user, email: 'b@example.com' } });
    expect(await spend(secret, 'change-email')).toBe('over');
  });

  test('where its domain is switched off, or gone', async () => {
    const secret = await made('sign-up', 'someone@example.com');
    await put(tables.directory, { ...domainKey(HOME), ...domain, disabled: true });
    expect(await spend(secret, 'sign-up')).toBe('over');
  });
});
