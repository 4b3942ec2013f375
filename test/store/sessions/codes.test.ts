/** Authorization codes and the grants that they open: spent once, while the sign-in lasts (RFC 6749 §4.1.2). */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Table } from '../../../lib/aws/table.ts';
import { deleteIf, put } from '../../../lib/aws/table.ts';
import { createDomain, domainKey, raiseDomain } from '../../../lib/store/directory/domains.ts';
import { raiseGeneration } from '../../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { saveUser } from '../../../lib/store/directory/users.ts';
import { type Code, readCode, redeemCode, saveCode } from '../../../lib/store/sessions/codes.ts';
import { deleteConsent, readConsent, saveConsent } from '../../../lib/store/sessions/consents.ts';
import { endedGrants, settleEnded } from '../../../lib/store/sessions/ended-grants.ts';
import { GRANT, readGrant } from '../../../lib/store/sessions/grants.ts';
import { endGrant } from '../../../lib/store/sessions/participants.ts';
import {
  childKey,
  endSession,
  type SessionName,
  saveSession,
} from '../../../lib/store/sessions/sessions.ts';
import { type Instant, instant } from '../../../lib/time.ts';
import { userItem } from '../../support/actors/people.ts';
import { freshTables } from '../../support/running/tables.ts';

const NOW = instant(1_000_000);
const at = (seconds: number): Instant => instant(NOW + seconds);
const BROWSER: SessionName = { subject: 'user-1', key: 'browser-1' };
const WITHIN: SessionName = { subject: 'user-1', key: childKey('browser-1', 'grant-1') };
const CODE: Code = {
  client: 'app',
  clientGeneration: 1,
  redirectUri: 'https://app.example/cb',
  subject: 'user-1',
  browser: 'browser-1',
  subjectGeneration: 3,
  domainGeneration: 7,
  scope: 'openid',
  authTime: NOW,
  showAuthTime: false,
  validUntil: at(60),
};
const signedIn = { subjectGeneration: 3, domainGeneration: 7, ip: '192.0.2.1' };
const grant = (more: { browser?: string } = {}) => ({
  kind: GRANT as typeof GRANT,
  client: 'app',
  clientGeneration: 1,
  scope: 'openid',
  issuedAt: NOW,
  expiresAt: at(600),
  authTime: NOW,
  showAuthTime: false,
  ...signedIn,
  ...more,
});
let directory: Table;
let sessions: Table;

beforeEach(async () => {
  ({ directory, sessions } = await freshTables());
  await createDomain(directory, { name: 'mydomain.com', disabled: false, generation: 7 });
  const user = { names: ['u'], domain: 'mydomain.com', generation: 3 };
  await saveUser(directory, { after: userItem({ id: 'user-1', ...user }) });
  await saveSession(sessions, BROWSER, {
    kind: 'browser',
    client: 'latchkey',
    issuedAt: NOW,
    expiresAt: at(3600),
    ...signedIn,
  });
  await saveCode(sessions, 'code-1', CODE);
});
const redeem = (name = WITHIN, now = NOW, more = {}, consent?: Code['consent']) =>
  redeemCode(
    sessions,
    'code-1',
    { name, grant: grant(more), domain: 'mydomain.com', consent },
    now,
  );

describe('a code', () => {
  test('is read as it was issued, and told from one that there is not', async () => {
    expect(await readCode(sessions, 'code-1')).toEqual(CODE);
    expect(await readCode(sessions, 'code-2')).toBeUndefined();
  });

  test('is not issued twice', async () =>
    expect(await saveCode(sessions, 'code-1', CODE)).toBe(false));

  test('opens its grant, and says for which it was spent', async () => {
    expect(await redeem()).toBe('ok');
    expect(await readGrant(sessions, WITHIN)).toMatchObject({ client: 'app', scope: 'openid' });
    expect((await readCode(sessions, 'code-1'))?.grant).toBe(WITHIN.key);
  });

  test('is spent once: a second time it opens nothing', async () => {
    const second = { subject: 'user-1', key: childKey('browser-1', 'grant-2') };
    expect([await redeem(), await redeem(second)]).toEqual(['ok', 'spent']);
    expect(await readGrant(sessions, second)).toBeUndefined();
  });

  test('opens one grant, however many race for it', async () => {
    const names = Array.from({ length: 6 }, (_, index) => ({
      subject: 'user-1',
      key: childKey('browser-1', `grant-${index}`),
    }));
    const outcomes = await Promise.all(names.map((name) => redeem(name)));
    expect(outcomes.toSorted()).toEqual(['ok', ...Array(5).fill('spent')]);
  });

  test('is good until its last second', async () => {
    expect(await redeem(WITHIN, at(60))).toBe('spent');
    expect(await redeem(WITHIN, at(59))).toBe('ok');
  });

  test.each<[string, SessionName, object]>([
    ['within it', WITHIN, {}],
    ['for offline access', { subject: 'user-1', key: 'grant-1' }, { browser: 'browser-1' }],
  ])('opens none after the browser has signed out: %s', async (_case, name, more) => {
    await endSession(sessions, BROWSER, NOW);
    expect(await redeem(name, NOW, more)).toBe('signed_out');
    expect(await readGrant(sessions, name)).toBeUndefined();
  });

  describe.each<[string, { agreement?: string }]>([
    ['an agreement', { agreement: 'agreement-1' }],
    ['one of before agreements had names', {}],
  ])('of %s', (_case, consent) => {
    const given = { scopes: ['openid'], grantedAt: NOW, expiresAt: at(3600), ...consent };
    const name = { subject: 'user-1', client: 'app' };
    beforeEach(() => saveConsent(sessions, name, { after: given }));

    test('opens its grant while that lasts, also once more is agreed to', async () => {
      const after = { ...given, scopes: ['openid', 'email'], grantedAt: at(1) };
      expect(await saveConsent(sessions, name, { before: given, after })).toBe(true);
      expect(await redeem(WITHIN, NOW, {}, consent)).toBe('ok');
    });

    test('opens none once it is withdrawn, nor once it is given anew after that', async () => {
      await deleteConsent(sessions, name);
      expect(await redeem(WITHIN, NOW, {}, consent)).toBe('withdrawn');
      await saveConsent(sessions, name, { after: { ...given, agreement: 'agreement-2' } });
      expect(await redeem(WITHIN, NOW, {}, consent)).toBe('withdrawn');
      expect(await readGrant(sessions, WITHIN)).toBeUndefined();
      expect((await readCode(sessions, 'code-1'))?.grant).toBeUndefined();
    });

    test('brings nothing back that is withdrawn while more is agreed to', async () => {
      await deleteConsent(sessions, name);
      expect(await saveConsent(sessions, name, { before: given, after: given })).toBe(false);
      expect(await readConsent(sessions, name, NOW)).toBeUndefined();
    });
  });

  test('of a client that asks nobody needs no agreement', async () =>
    expect(await redeem(WITHIN, NOW)).toBe('ok'));

  test('opens one for offline access while the browser is signed in', async () =>
    expect(await redeem({ subject: 'user-1', key: 'grant-1' }, NOW, { browser: 'browser-1' })).toBe(
      'ok',
    ));
});

describe('the grants of a user that have ended', () => {
  const OFFLINE: SessionName = { subject: 'user-1', key: 'offline-1' };
  const ended = async (now = NOW) =>
    (await endedGrants({ directory, sessions }, 'user-1', now)).grants
      .map(({ name, lives }) => `${name.key}${lives ? ' lives' : ''}`)
      .toSorted();
  beforeEach(async () => {
    await saveSession(sessions, WITHIN, grant());
    await saveSession(sessions, OFFLINE, { ...grant(), browser: 'browser-1' } as never);
  });

  test('are none while the browser is signed in', async () => expect(await ended()).toEqual([]));

  test('are those within a browser that has signed out; offline access lives on', async () => {
    await endSession(sessions, BROWSER, NOW);
    expect(await ended()).toEqual([WITHIN.key, 'offline-1 lives']);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['the user was signed out', () => raiseGeneration(directory, subjectKey('user-1'))],
    ['the domain was signed out', () => raiseDomain(directory, 'mydomain.com')],
    ['the domain is gone', () => gone(domainKey('mydomain.com'))],
    ['the user is gone', () => gone(subjectKey('user-1'))],
  ])('are all once %s', async (_case, end) => {
    await end();
    expect(await ended()).toEqual([WITHIN.key, 'offline-1']);
  });

  test('are all of a client that was signed out, and no other', async () => {
    const client = (id: string, generation: number) =>
      put(directory, {
        ...{ ...subjectKey(id), kind: 'client', id, username: id, roles: [], disabled: false },
        ...{ domain: 'mydomain.com', generation, secrets: [], grants: [], scopes: [] },
        ...{ createdAt: NOW, updatedAt: NOW, version: 1 },
      });
    await client('app', 1);
    expect(await ended()).toEqual([]);
    await client('app', 2);
    const other = { subject: 'user-1', key: childKey('browser-1', 'grant-2') };
    await saveSession(sessions, other, { ...grant(), client: 'other-app', clientGeneration: 2 });
    await client('other-app', 2);
    expect(await ended()).toEqual([WITHIN.key, 'offline-1']);
    const { clients } = await endedGrants({ directory, sessions }, 'user-1', NOW);
    expect([...clients].map(([id, one]) => [id, one?.generation]).toSorted()).toEqual([
      ['app', 2],
      ['other-app', 2],
    ]);
  });

  test('are those of before, too, of which a note was left, until they are settled', async () => {
    await endGrant(sessions, WITHIN, NOW);
    await endGrant(sessions, OFFLINE, NOW);
    expect(await ended()).toEqual([]);
    await endSession(sessions, BROWSER, NOW);
    expect(await ended()).toEqual([WITHIN.key, 'offline-1']);
    for (const one of (await endedGrants({ directory, sessions }, 'user-1', NOW)).grants)
      await settleEnded(sessions, one);
    expect(await ended()).toEqual([]);
  });

  test('are not those that had expired by then', async () => {
    await raiseGeneration(directory, subjectKey('user-1'));
    expect(await ended(at(599))).toHaveLength(2);
    expect(await ended(at(600))).toEqual([]);
  });

  test('are settled: what is dead goes, what lives is looked at no more', async () => {
    await endSession(sessions, BROWSER, NOW);
    for (const one of (await endedGrants({ directory, sessions }, 'user-1', NOW)).grants)
      await settleEnded(sessions, one);
    expect(await ended()).toEqual([]);
    expect(await readGrant(sessions, WITHIN)).toBeUndefined();
    expect(await readGrant(sessions, OFFLINE)).toMatchObject({ browser: 'offline-1' });
  });

  const gone = (key: { pk: string; sk: string }) =>
    deleteIf(directory, key, { expression: 'attribute_exists(pk)' });
});
