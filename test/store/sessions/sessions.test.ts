/** Sessions, the switches that end many of them, and the published keys: each one write, each once. */

import { beforeAll, describe, expect, test } from 'vitest';
import { get } from '../../../lib/aws/table.ts';
import type { Tables } from '../../../lib/aws/tables.ts';
import { createDomain, domainKey, raiseDomain } from '../../../lib/store/directory/domains.ts';
import { publishKeys, readPublicKeys } from '../../../lib/store/directory/public-keys.ts';
import { sessionsOfDomain } from '../../../lib/store/sessions/of-domain.ts';
import { endSession, saveSession, sessionKey } from '../../../lib/store/sessions/sessions.ts';
import { instant } from '../../../lib/time.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import { freshTables } from '../../support/running/tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await freshTables();
});

const NOW = 1_000_000;
const session = (expiresAt = NOW + 60) => ({
  kind: 'webitel',
  client: 'webitel',
  issuedAt: instant(NOW),
  expiresAt: instant(expiresAt),
  subjectGeneration: 1,
  domainGeneration: 1,
  ip: '192.0.2.1',
});
const times = <T>(count: number, act: () => Promise<T>) =>
  Promise.all(Array.from({ length: count }, act));
const wins = (answers: readonly boolean[]) => answers.filter(Boolean).length;

describe('a session', () => {
  test('is ended by exactly one of 50 who try at once', async () => {
    const name = { subject: 'user-1', key: 'key-1' };
    await saveSession(tables.sessions, name, session());
    expect(wins(await times(50, () => endSession(tables.sessions, name, instant(NOW))))).toBe(1);
    expect(await get(tables.sessions, sessionKey(name))).toBeUndefined();
  });

  test('is saved by exactly one of 20 who use one key at once, and not over another', async () => {
    const name = { subject: 'user-1', key: 'key-2' };
    expect(wins(await times(20, () => saveSession(tables.sessions, name, session())))).toBe(1);
    expect(await saveSession(tables.sessions, name, session(NOW + 999))).toBe(false);
    expect(await get(tables.sessions, sessionKey(name))).toMatchObject({ expiresAt: NOW + 60 });
  });

  test.each([
    ['of a domain', 'mydomain.com', [{ subject: 'listed', key: 'key-1' }]],
    ['of no domain', undefined, []],
  ])('%s stands in its list', async (_case, domain, names) => {
    const { sessions } = await freshTables();
    await saveSession(sessions, { subject: 'listed', key: 'key-1' }, { ...session(), domain });
    const asked = { limit: 9, now: NOW };
    for (const of of ['mydomain.com', 'undefined'])
      expect((await sessionsOfDomain(sessions, of, asked)).names).toEqual(
        of === domain ? names : [],
      );
  });

  test.each([
    ['that has expired', session(NOW - 1)],
    ['that expires now', session(NOW)],
  ])('%s cannot be ended, though it is still stored', async (_case, expired) => {
    const name = { subject: 'user-2', key: `key-${expired.expiresAt}` };
    await saveSession(tables.sessions, name, expired);
    expect(await endSession(tables.sessions, name, instant(NOW))).toBe(false);
  });

  test.each([
    ['nobody', { subject: 'nobody', key: 'key-3' }],
    ['another user', { subject: 'user-4', key: 'key-3' }],
    ['another key', { subject: 'user-3', key: 'key-4' }],
    ['no key', { subject: 'user-3', key: '' }],
  ])('is not ended under the name of %s', async (_case, other) => {
    const name = { subject: 'user-3', key: 'key-3' };
    await saveSession(tables.sessions, name, session());
    expect(await endSession(tables.sessions, other, instant(NOW))).toBe(false);
    expect(await get(tables.sessions, sessionKey(name))).toBeDefined();
  });
});

describe('a domain', () => {
  const domain = (name: string) => ({ name, disabled: false, generation: 5 });

  test('is created once', async () => {
    expect(wins(await times(20, () => createDomain(tables.directory, domain('race'))))).toBe(1);
  });

  test('has its generation raised by as many as raise it at once', async () => {
    await createDomain(tables.directory, domain('raised'));
    const answers = await times(30, () => raiseDomain(tables.directory, 'raised'));
    expect(wins(answers)).toBe(30);
    expect(await get(tables.directory, domainKey('raised'))).toMatchObject({ generation: 35 });
  });

  test('stays disabled when its generation is raised, and the other way round', async () => {
    const key = domainKey('both');
    await createDomain(tables.directory, domain('both'));
    await Promise.all([
      setDisabled(tables.directory, key, true),
      raiseDomain(tables.directory, 'both'),
    ]);
    expect(await get(tables.directory, key)).toMatchObject({ disabled: true, generation: 7 });
  });

  test('that does not exist is not brought into being by a revocation', async () => {
    const key = domainKey('none');
    expect(await raiseDomain(tables.directory, 'none')).toBe(false);
    expect(await setDisabled(tables.directory, key, false)).toBe(false);
    expect(await get(tables.directory, key)).toBeUndefined();
  });
});

describe('the published keys', () => {
  const keys = (at: number) => [{ kid: `key-${at}` }];

  test('never go back to an older set, whatever the order in which sets arrive', async () => {
    const arrivals = [30, 10, 50, 20, 40, 50, 5];
    await Promise.all(arrivals.map((at) => publishKeys(tables.directory, keys(at), instant(at))));
    expect(await readPublicKeys(tables.directory)).toEqual(keys(50));
    expect(await publishKeys(tables.directory, keys(49), instant(49))).toBe(false);
    expect(await readPublicKeys(tables.directory)).toEqual(keys(50));
    expect(await publishKeys(tables.directory, keys(51), instant(51))).toBe(true);
  });

  test('are undefined before the first rotation', async () => {
    const { directory } = await freshTables();
    expect(await readPublicKeys(directory)).toBeUndefined();
  });
});
