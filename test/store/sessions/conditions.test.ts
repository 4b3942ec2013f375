/**
 * What is spent, counted or changed once is one conditional write. Each part of each condition: where it does not
 * hold nothing is written, and whoever asked is told.
 */
import { describe } from 'vitest';
import { put, type Table } from '../../../lib/aws/table.ts';
import {
  countAttempt,
  forgiveAttempt,
  wantedAttempts,
} from '../../../lib/store/sessions/attempts.ts';
import {
  noteBrowserSessionUse,
  renewBrowserSession,
} from '../../../lib/store/sessions/browser-sessions.ts';
import { consentKey, deleteConsent, saveConsent } from '../../../lib/store/sessions/consents.ts';
import { deviceWrite } from '../../../lib/store/sessions/devices.ts';
import {
  type EmailCode,
  saveEmailCode,
  spendingEmailCode,
  tryEmailCode,
} from '../../../lib/store/sessions/email-codes.ts';
import { settleEnded } from '../../../lib/store/sessions/ended-grants.ts';
import { GRANT, type Grant, rotateRefresh } from '../../../lib/store/sessions/grants.ts';
import { noteUse, useKey } from '../../../lib/store/sessions/last-use.ts';
import { linkKey, spending } from '../../../lib/store/sessions/links.ts';
import { markUndeliverable, unmarking } from '../../../lib/store/sessions/mail.ts';
import { placeOfSession } from '../../../lib/store/sessions/of-domain.ts';
import { carryOver, endSession, sessionKey } from '../../../lib/store/sessions/sessions.ts';
import { instant } from '../../../lib/time.ts';
import { type Conditional, testCondition, written } from '../../support/data/conditional.ts';

const NOW = instant(1_800_000_000);
const [PAST, SOON] = [instant(NOW - 1), instant(NOW + 1)];
const NAME = { subject: 'user', key: 'browser~grant' };
const SESSION = {
  ...{ ...sessionKey(NAME), kind: GRANT, client: 'app', scope: 'cdr:r', issuedAt: PAST },
  ...{ expiresAt: SOON, subjectGeneration: 1, domainGeneration: 1, clientGeneration: 1 },
};
const OVER = { 'it ends now': { expiresAt: NOW }, 'there is none': 'none' } as const;

const LINK = {
  ...{ ...linkKey('secret'), purpose: 'unlock', domain: 'd', domainGeneration: 1 },
  expiresAt: SOON,
};
const CODE: EmailCode = {
  ...{ proof: 'proof', subject: 'user', generation: 1, domain: 'd', domainGeneration: 1 },
  ...{ address: 'a@example.com', tries: 2, expiresAt: SOON },
};
const saveCode = (sessions: Table, item: object) =>
  saveEmailCode(sessions, 'form', item as EmailCode);
const RENEWED = {
  ...{ secretHash: 'new', authTime: NOW, expiresAt: SOON, ip: '192.0.2.2', domain: 'd' },
  ...{ subjectGeneration: 2, domainGeneration: 3 },
};
const { domain: _, ...RENEWAL } = RENEWED;
const REFRESH = { family: 'f', current: 'a', rotations: [] };
const CONSENT = { scopes: ['openid'], grantedAt: NOW, expiresAt: SOON };
const AGREED = { subject: 'user', client: 'app' };
const attempts = { key: { pk: '', sk: '' }, count: 3, lastAt: PAST, expiresAt: SOON };
const attemptsKey = (sessions: Table) => wantedAttempts(sessions, ['who'], NOW)[0]?.key ?? {};
const saveAttempts = (sessions: Table, { key: _key, ...item }: Record<string, unknown>) =>
  put(sessions, { ...attemptsKey(sessions), ...item });
const DEVICES = { pk: 'devices#user', sk: 'devices', devices: [], version: 3 };
const device = { hash: 'h', generation: 1, at: NOW };
const GRANTED = { ...SESSION, browser: 'ended' } as unknown as Grant;

const CONDITIONS: readonly Conditional[] = [
  {
    what: 'a link is spent',
    item: LINK,
    write: (sessions) => written(spending(sessions, { secret: 'secret', purpose: 'unlock' }, NOW)),
    after: { spentAt: NOW },
    unless: {
      ...OVER,
      'it is for something else': { purpose: 'sign-up' },
      'it was': { spentAt: PAST },
    },
  },
  {
    what: 'a code by mail is tried once more',
    item: CODE,
    save: saveCode,
    write: async (sessions) =>
      (await tryEmailCode(sessions, 'form', { most: 3, now: NOW }))?.tries === 3,
    after: { tries: 3 },
    unless: { ...OVER, 'it was so often': { tries: 3 }, 'it was spent': { spentAt: PAST } },
  },
  {
    what: 'a code by mail is spent',
    item: CODE,
    save: saveCode,
    write: (sessions) => written(spendingEmailCode(sessions, 'form', CODE, NOW)),
    after: { spentAt: NOW },
    unless: { ...OVER, 'another took its place': { proof: 'other' }, 'it was': { spentAt: PAST } },
  },
  {
    what: 'a browser’s session is renewed',
    item: { ...SESSION, kind: 'browser', secretHash: 'old' },
    write: (sessions) => renewBrowserSession(sessions, NAME, { from: 'old', to: RENEWED }),
    after: { ...RENEWAL, ...placeOfSession(NAME, RENEWED) },
    unless: { ...OVER, 'it was already': { secretHash: 'other' }, 'it is none': { kind: GRANT } },
  },
  {
    what: 'the use of a browser’s session is noted',
    item: { ...SESSION, kind: 'browser', secretHash: 'seen' },
    write: (sessions) => noteBrowserSessionUse(sessions, NAME, { secretHash: 'seen' }, NOW),
    after: { usedAt: NOW },
    also: { 'one of before was': { usedAt: PAST } },
    unless: {
      ...{ 'it is another’s by now': { secretHash: 'other' }, 'there is none': 'none' },
      ...{ 'somebody was as quick': { usedAt: NOW }, 'somebody was quicker': { usedAt: SOON } },
    },
  },
  {
    what: 'a refresh token is exchanged',
    item: { ...SESSION, refresh: REFRESH },
    write: (sessions) =>
      rotateRefresh(sessions, NAME, { from: 'a', to: { ...REFRESH, current: 'b' }, now: NOW }),
    after: { refresh: { ...REFRESH, current: 'b' } },
    unless: { ...OVER, 'another is current': { refresh: { ...REFRESH, current: 'c' } } },
  },
  {
    what: 'a session outlives a sign-out',
    item: SESSION,
    write: (sessions) => carryOver(sessions, NAME, { from: 1, to: 2 }),
    after: { subjectGeneration: 2 },
    unless: { 'it is of another generation': { subjectGeneration: 3 }, 'there is none': 'none' },
  },
  ...[[], [{ pk: 'beside', sk: 'beside' }]].map(
    (beside): Conditional => ({
      what: `a session is ended, with ${beside.length} beside it`,
      item: SESSION,
      write: (table) =>
        endSession(
          table,
          NAME,
          NOW,
          beside.map((item) => ({ table, put: item })),
        ),
      after: 'gone',
      unless: { ...OVER, 'it is a standing one': { disabled: false } },
      beside,
    }),
  ),
  {
    what: 'a grant that is dead is tidied away',
    item: GRANTED,
    write: (sessions) =>
      settleEnded(sessions, { name: NAME, client: 'app', grant: GRANTED, lives: false }),
    after: 'gone',
    unless: { 'it was carried over': { subjectGeneration: 2 }, 'there is none': 'none' },
  },
  {
    what: 'a grant that lives on is as good as its own browser',
    item: GRANTED,
    write: (sessions) =>
      settleEnded(sessions, { name: NAME, client: 'app', grant: GRANTED, lives: true }),
    after: { browser: NAME.key },
    unless: { 'it has another': { browser: 'other' }, 'there is none': 'none' },
  },
  {
    what: 'a consent is withdrawn',
    item: { ...consentKey(AGREED), ...CONSENT },
    write: (sessions) => deleteConsent(sessions, AGREED),
    after: 'gone',
    unless: { 'there is none': 'none' },
  },
  {
    what: 'a consent is given where none was seen',
    item: { ...consentKey(AGREED), ...CONSENT, scopes: ['email'], expiresAt: NOW },
    write: (sessions) => saveConsent(sessions, AGREED, { after: CONSENT }),
    after: { ...CONSENT },
    also: { 'none is there': 'none' },
    unless: { 'one is': { expiresAt: SOON } },
  },
  {
    what: 'a consent is added to',
    item: { ...consentKey(AGREED), ...CONSENT, agreement: 'one' },
    write: (sessions) =>
      saveConsent(sessions, AGREED, {
        before: { ...CONSENT, agreement: 'one' },
        after: { ...CONSENT, scopes: ['email'], agreement: 'one' },
      }),
    after: { scopes: ['email'] },
    unless: {
      ...{ 'it is another': { agreement: 'two' }, 'it has no name': { agreement: undefined } },
      'it was withdrawn': 'none',
    },
  },
  {
    what: 'a consent without a name is added to',
    item: { ...consentKey(AGREED), ...CONSENT },
    write: (sessions) =>
      saveConsent(sessions, AGREED, { before: CONSENT, after: { ...CONSENT, agreement: 'one' } }),
    after: { agreement: 'one' },
    unless: { 'it has one': { agreement: 'two' }, 'it was withdrawn': 'none' },
  },
  {
    what: 'a use of a key is noted',
    item: { ...useKey('key'), at: NOW - 60, calls: 5, expiresAt: 1 },
    write: (sessions) => noteUse(sessions, 'key', { now: NOW, calls: 2 }),
    after: { at: NOW, calls: 7, expiresAt: NOW + 400 * 86_400 },
    unless: { 'one was within the minute': { at: NOW - 59 } },
  },
  {
    what: 'the first use of a key is noted',
    item: 'none',
    write: (sessions) => noteUse(sessions, 'key', { now: NOW, calls: 2 }),
    after: { ...useKey('key'), at: NOW, calls: 2, expiresAt: NOW + 400 * 86_400 },
    unless: { 'somebody has noted one': { ...useKey('key'), at: NOW, calls: 1 } },
  },
  {
    what: 'the first attempt is counted',
    item: 'none',
    save: saveAttempts,
    write: (sessions) => countAttempt(sessions, { what: 'who', below: 1 }, NOW),
    after: { count: 1, lastAt: NOW, expiresAt: NOW + 1800 },
    unless: { 'somebody was quicker': { ...attempts, count: 1 } },
  },
  {
    what: 'an attempt is counted where nobody has to wait',
    item: { ...attempts, count: 2 },
    save: saveAttempts,
    write: (sessions) => countAttempt(sessions, { what: 'who', below: 3 }, NOW),
    after: { count: 3, lastAt: NOW, expiresAt: NOW + 1800 },
    unless: { 'there are so many': { count: 3 } },
  },
  {
    what: 'an attempt is counted by who has seen the last',
    item: attempts,
    save: saveAttempts,
    write: (sessions) =>
      countAttempt(sessions, { what: 'who', below: 3, seen: { count: 3, lastAt: PAST } }, NOW),
    after: { count: 4, lastAt: NOW, expiresAt: NOW + 1800 },
    unless: {
      ...{ 'there is another': { count: 4 }, 'one was forgiven': { lastAt: NOW } },
      'there is none': 'none',
    },
  },
  {
    what: 'an attempt is forgiven',
    item: { ...attempts, count: 1 },
    save: saveAttempts,
    write: (sessions) => forgiveAttempt(sessions, 'who', NOW),
    after: { count: 0 },
    unless: { 'none is counted': { count: 0 }, 'none was': 'none' },
  },
  {
    what: 'a first device is noted',
    item: 'none',
    write: (sessions) =>
      written(deviceWrite(sessions, 'user', { devices: [], version: 0 }, device)),
    after: { ...DEVICES, devices: [device], version: 1 },
    unless: { 'there is one': DEVICES },
  },
  {
    what: 'another device is noted',
    item: DEVICES,
    write: (sessions) => written(deviceWrite(sessions, 'user', DEVICES, device)),
    after: { devices: [device], version: 4 },
    unless: { 'others were since': { version: 4 }, 'there is none': 'none' },
  },
  {
    what: 'an address is written to again',
    item: { why: 'bounced', at: NOW },
    save: (sessions, mark) =>
      markUndeliverable(sessions, 'a@example.com', mark as { why: 'bounced'; at: typeof NOW }),
    write: (sessions) => written(unmarking(sessions, 'A@Example.com')),
    after: 'gone',
    unless: { 'it is already': 'none' },
  },
];

describe.each(CONDITIONS)('$what', (conditional) => testCondition('sessions', conditional));
