/** What is stored is found again under its own name, whole, and under no other. */
import { beforeAll, expect, test } from 'vitest';
import type { Tables } from '../../lib/aws/tables.ts';
import { transact } from '../../lib/aws/transaction.ts';
import { brandWrite, readBrands } from '../../lib/store/directory/brands.ts';
import { readTitles, titlesWrite } from '../../lib/store/directory/resource-titles.ts';
import { readSettings, saveSettings } from '../../lib/store/directory/settings.ts';
import { readWithdrawal, saveWithdrawal } from '../../lib/store/directory/withdrawal.ts';
import { moveExportHead, readExportHead } from '../../lib/store/events/export-head.ts';
import {
  consentKey,
  pageOfConsents,
  readConsent,
  saveConsent,
} from '../../lib/store/sessions/consents.ts';
import { listCreated } from '../../lib/store/sessions/created-by.ts';
import { readDeletion, saveDeletion } from '../../lib/store/sessions/deletions.ts';
import { DEVICE_LIFETIME, deviceWrite, readDevices } from '../../lib/store/sessions/devices.ts';
import { GRANT, grantsTo, readAny, readGrant } from '../../lib/store/sessions/grants.ts';
import { hasSignInFrom } from '../../lib/store/sessions/known-address.ts';
import { noteUse, readUses } from '../../lib/store/sessions/last-use.ts';
import { readLinkItem, saveLink } from '../../lib/store/sessions/links.ts';
import { markUndeliverable, readUndeliverable } from '../../lib/store/sessions/mail.ts';
import { keysOfDomain, sessionsOfDomain } from '../../lib/store/sessions/of-domain.ts';
import { saveSession } from '../../lib/store/sessions/sessions.ts';
import { pageOfSignIns, readSignIn, readSignIns } from '../../lib/store/sessions/sign-ins.ts';
import {
  deleteAllStanding,
  listStanding,
  saveStanding,
} from '../../lib/store/sessions/standing.ts';
import { instant } from '../../lib/time.ts';
import { freshTables } from '../support/running/tables.ts';

const NOW = instant(1_800_000_000);
const [PAST, SOON] = [instant(NOW - 1), instant(NOW + 1)];
let tables: Tables;
let events: Tables['directory'];
beforeAll(async () => {
  const all = await freshTables();
  tables = all;
  ({ events } = all);
});

test('a brand is its owner’s, until it is taken away', async () => {
  const { directory } = tables;
  const [one, other] = [{ name: 'One', accent: '112233' }, { name: 'Other' }];
  const read = () => readBrands(directory, ['other', 'nobody', 'one']);
  expect(await read()).toEqual([undefined, undefined, undefined]);
  await transact([brandWrite(directory, 'one', one), brandWrite(directory, 'other', other)]);
  expect(await read()).toEqual([other, undefined, one]);
  expect(await transact([brandWrite(directory, 'other', undefined)])).toEqual([false]);
  expect(await read()).toEqual([undefined, undefined, one]);
});

test('titles, settings, a withdrawal of keys and the head of the export are one each', async () => {
  const { directory } = tables;
  expect(await readTitles(directory)).toEqual({});
  await transact([titlesWrite(directory, { cdr: 'Calls', 'cdr#cs': 'Hovory' })]);
  expect(await readTitles(directory)).toEqual({ cdr: 'Calls', 'cdr#cs': 'Hovory' });

  const none = { version: 0, faveoApiKeyMandatory: false };
  expect(await readSettings(directory)).toEqual(none);
  await saveSettings(directory, none, { ...none, faveoApiKeyMandatory: true, cursorKey: 'k' });
  expect(await readSettings(directory)).toEqual({
    ...{ version: 1, faveoApiKeyMandatory: true, cursorKey: 'k' },
  });

  expect(await readWithdrawal(directory)).toBeUndefined();
  await saveWithdrawal(directory, { kids: ['a'], at: PAST }, []);
  await saveWithdrawal(directory, { kids: ['b', 'c'], at: NOW }, []);
  expect(await readWithdrawal(directory)).toEqual({ kids: ['b', 'c'], at: NOW });

  const head = { hour: '2026-11-29T08', sha256: 'a', announced: 'b', key: 'c' };
  expect(await readExportHead(events)).toBeUndefined();
  await moveExportHead(events, undefined, head);
  expect(await readExportHead(events)).toEqual(head);
});

test('a deletion is told to who has its ticket', async () => {
  const { sessions } = tables;
  const of = { userId: 'user', ticket: 'ticket' };
  await saveDeletion(sessions, of, { domain: 'a.com', expiresAt: SOON });
  expect(await readDeletion(sessions, of)).toEqual({ domain: 'a.com', expiresAt: SOON });
  expect(await readDeletion(sessions, { ...of, ticket: 'other' })).toBeUndefined();
  expect(await readDeletion(sessions, { ...of, userId: 'other' })).toBeUndefined();
});

test('a link is followed by who has its secret, which is made once', async () => {
  const { sessions } = tables;
  const link = {
    purpose: 'unlock',
    domain: 'a.com',
    domainGeneration: 1,
    expiresAt: SOON,
  } as const;
  expect(await saveLink(sessions, 'secret', link)).toBe(true);
  expect(await saveLink(sessions, 'secret', { ...link, domain: 'b.com' })).toBe(false);
  expect(await readLinkItem(sessions, 'secret')).toEqual(link);
  expect(await readLinkItem(sessions, 'guess')).toBeUndefined();
});

test('an address that mail came back from is known, however it is written', async () => {
  const { sessions } = tables;
  expect(await readUndeliverable(sessions, 'a@example.com')).toBeUndefined();
  await markUndeliverable(sessions, 'a@example.com', { why: 'complained', at: NOW });
  expect(await readUndeliverable(sessions, 'A@Example.com')).toEqual({
    why: 'complained',
    at: NOW,
  });
  expect(await readUndeliverable(sessions, 'b@example.com')).toBeUndefined();
});

test('uses are by key, and of one that was not used there are none', async () => {
  const { sessions } = tables;
  await noteUse(sessions, 'used', { now: NOW, calls: 3 });
  expect([...(await readUses(sessions, ['unused', 'used']))]).toEqual([
    ['used', { lastUsed: NOW, calls: 3 }],
  ]);
});

test('the devices of a user are ten, the last first, for half a year', async () => {
  const { sessions } = tables;
  const note = async (hash: string, at: number) => {
    const before = await readDevices(sessions, 'user', instant(at));
    const device = { hash, generation: 1, at: instant(at) };
    expect(await transact([deviceWrite(sessions, 'user', before, device)])).toEqual([false]);
  };
  const hashes = async (at = NOW + 20) =>
    (await readDevices(sessions, 'user', instant(at))).devices.map(({ hash }) => hash);
  expect(await hashes()).toEqual([]);
  for (let index = 0; index < 11; index++) await note(`h${index}`, NOW + index);
  expect(await hashes()).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map((index) => `h${index}`));
  await note('h5', NOW + 11);
  expect(await hashes()).toEqual([5, 10, 9, 8, 7, 6, 4, 3, 2, 1].map((index) => `h${index}`));
  expect(await hashes(NOW + DEVICE_LIFETIME + 9)).toEqual(['h5', 'h10']);
  expect(await hashes(NOW + DEVICE_LIFETIME + 11)).toEqual([]);
});

test('consents are by client, as long as they last', async () => {
  const { sessions } = tables;
  const given = { scopes: ['openid'], agreement: 'a', grantedAt: PAST, expiresAt: SOON };
  const name = { subject: 'agreeing', client: 'app' };
  await saveConsent(sessions, name, { after: given });
  await saveConsent(sessions, { ...name, client: 'old' }, { after: { ...given, expiresAt: NOW } });
  expect(await readConsent(sessions, name, NOW)).toEqual(given);
  expect(await readConsent(sessions, name, SOON)).toBeUndefined();
  expect(await readConsent(sessions, { ...name, client: 'other' }, NOW)).toBeUndefined();
  expect(consentKey(name)).toEqual({ pk: 'agreeing', sk: 'consent#app' });
  const page = (now: number) =>
    pageOfConsents(sessions, 'agreeing', { limit: 9, now: instant(now) });
  expect((await page(NOW)).items).toEqual([{ client: 'app', ...given }]);
  expect((await page(PAST)).items.map(({ client }) => client)).toEqual(['app', 'old']);
});

const SIGN_IN = {
  ...{ kind: 'webitel', client: 'webitel', issuedAt: PAST, expiresAt: SOON, ip: '192.0.2.1' },
  ...{ subjectGeneration: 3, domainGeneration: 7 },
};
const KEY = {
  ...{ kind: 'api-key' as const, client: 'api-key', issuedAt: PAST, disabled: false, name: 'ci' },
  ...{ createdBy: 'root', version: 1 },
} as const;

test('sessions of a subject are sign-ins, grants to a client, or keys', async () => {
  const { sessions } = tables;
  const [subject, key] = ['owner', 'of-machine'];
  const grant = {
    ...{ ...SIGN_IN, kind: GRANT, client: 'app', scope: 'cdr:r', clientGeneration: 2 },
    ...{ authTime: PAST, showAuthTime: false, ip: '192.0.2.9' },
    refresh: {
      ...{ family: 'f', current: 'c' },
      rotations: [{ from: 'b', at: NOW, sealed: 's' }],
    },
  };
  await saveSession(sessions, { subject, key: 'browser' }, SIGN_IN);
  await saveSession(sessions, { subject, key: 'browser~grant' }, grant);
  await saveSession(sessions, { subject, key: 'other' }, { ...SIGN_IN, client: 'app' });
  await saveSession(sessions, { subject: 'another', key: 'browser' }, SIGN_IN);
  await saveStanding(sessions, { name: { subject, key }, standing: { ...KEY } });

  const nameOf = (session: string) => ({ subject, key: session });
  expect(await grantsTo(sessions, { subject, client: 'app' })).toEqual([nameOf('browser~grant')]);
  expect(await grantsTo(sessions, { subject, client: 'webitel' })).toEqual([]);
  const { ip: _, ...asGrant } = grant;
  expect(await readGrant(sessions, nameOf('browser~grant'))).toEqual(asGrant);
  expect(await readGrant(sessions, nameOf('browser'))).toBeUndefined();
  expect(await readAny(sessions, nameOf('browser~grant'))).toMatchObject({ grant: asGrant });
  expect(await readAny(sessions, nameOf('browser'))).toMatchObject({
    ...{ session: { kind: 'webitel' }, grant: undefined },
  });
  expect(await readAny(sessions, nameOf('gone'))).toBeUndefined();

  const seen = { name: nameOf('browser~grant'), ip: '192.0.2.9', usedAt: NOW };
  expect(await readSignIn(sessions, nameOf('browser~grant'))).toMatchObject(seen);
  expect(await readSignIn(sessions, nameOf('browser'))).not.toHaveProperty('usedAt');
  expect(await readSignIn(sessions, nameOf(key))).toBeUndefined();
  expect(await readSignIn(sessions, nameOf('gone'))).toBeUndefined();
  const names = ['other', key, 'gone', 'browser'].map(nameOf);
  expect((await readSignIns(sessions, names)).map(({ name }) => name)).toEqual(
    ['other', 'browser'].map(nameOf),
  );
  const { items } = await pageOfSignIns(sessions, subject, { limit: 9 });
  expect(items.map(({ name }) => name.key)).toEqual(['browser', 'browser~grant', 'other']);
});

test('keys are listed by their owner, and by who made them, until they expire or go', async () => {
  const { sessions } = tables;
  const [subject, kind] = ['keeper', 'api-key'] as const;
  const save = (key: string, more: object = {}) =>
    saveStanding(sessions, { name: { subject, key }, standing: { ...KEY, ...more } });
  await save('key-a', { createdBy: 'Maker', creator: 'maker' });
  await save('key-b', { createdBy: 'maker', expiresAt: SOON });
  await save('key-c', { createdBy: 'maker', expiresAt: NOW });
  await save('key-d', { createdBy: 'other', kind: 'domain-token' });
  await save('x-key', { createdBy: 'other' });
  const listed = async (prefix = 'key-') => {
    const of = { owner: subject, kind, prefix, now: NOW };
    return (await listStanding(sessions, of, { limit: 9 })).items.map(({ name }) => name.key);
  };
  const madeBy = async (creator: string) =>
    (await listCreated(sessions, creator, { limit: 9 })).names;
  expect([await listed(), await listed('x')]).toEqual([['key-a', 'key-b'], ['x-key']]);
  expect(await madeBy('maker')).toEqual(
    ['key-a', 'key-b', 'key-c'].map((key) => ({ subject, key })),
  );
  expect(await madeBy('Maker')).toEqual([]);
  const traced: string[] = [];
  await deleteAllStanding(sessions, subject, ({ name }) => {
    traced.push(name.key);
    return [];
  });
  expect(traced.toSorted()).toEqual(['key-a', 'key-b', 'key-c', 'key-d', 'x-key']);
  expect([await listed(), await madeBy('maker'), await madeBy('other')]).toEqual([[], [], []]);
});

test('a domain has the sign-ins and API keys that were saved as its own', async () => {
  const { sessions } = tables;
  const [subject, domain] = ['of-domain', 'listed.com'];
  const save = (key: string, more: object, of: object) =>
    saveStanding(sessions, { name: { subject, key }, standing: { ...KEY, ...more }, ...of });
  await save('listed', {}, { domain });
  await save('listed-until', { expiresAt: SOON }, { domain });
  await save('token', { kind: 'domain-token' }, { domain });
  await save('unlisted', {}, {});
  await saveSession(sessions, { subject, key: 'browser' }, { ...SIGN_IN, domain });
  await saveSession(sessions, { subject, key: 'alone' }, SIGN_IN);
  const asked = { limit: 9, now: NOW };
  const keys = await keysOfDomain(sessions, domain, asked);
  expect(keys.names.map(({ key }) => key)).toEqual(['listed-until', 'listed']);
  const { names } = await sessionsOfDomain(sessions, domain, asked);
  expect(names).toEqual([{ subject, key: 'browser' }]);
  expect(await readSignIn(sessions, { subject, key: 'browser' })).not.toHaveProperty('domain');
});

test.each<[string, object, string, boolean]>([
  ['the same address', {}, '192.0.2.1', true],
  ['another address', {}, '192.0.2.10', false],
  ['the same network (IPv6)', { ip: '2001:0db8:0001:0002:0000:0000:0000:0001' }, '', true],
  ['an older generation', { subjectGeneration: 2 }, '192.0.2.1', false],
  ['an older generation of the domain', { domainGeneration: 6 }, '192.0.2.1', false],
  ['one that ends now', { expiresAt: NOW }, '192.0.2.1', false],
  ['a grant', { kind: GRANT }, '192.0.2.1', false],
])('a user has signed in before from %s, or not', async (_case, more, from, known) => {
  const { sessions } = await freshTables();
  const session = { ...SIGN_IN, ...more };
  await saveSession(sessions, { subject: 'user', key: 'key' }, session);
  const ip = from || session.ip.replace(/1$/, '9');
  const where = { subject: 'user', ip, subjectGeneration: 3, domainGeneration: 7 };
  expect(await hasSignInFrom(sessions, where, NOW)).toBe(known);
  expect(await hasSignInFrom(sessions, { ...where, subject: 'other' }, NOW)).toBe(false);
});
