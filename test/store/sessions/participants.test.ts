/** Who took part in a sign-in is known until the grant would have ended (OpenID Connect Back-Channel Logout §2.1). */
import { beforeEach, expect, test } from 'vitest';
import type { Table } from '../../../lib/aws/table.ts';
import { GRANT, readAny } from '../../../lib/store/sessions/grants.ts';
import {
  endGrant,
  forgetParticipant,
  readParticipants,
} from '../../../lib/store/sessions/participants.ts';
import { saveSession } from '../../../lib/store/sessions/sessions.ts';
import { instant } from '../../../lib/time.ts';
import { freshTables } from '../../support/running/tables.ts';

const NOW = instant(1_800_000_000);
const SOON = instant(NOW + 9);
const subject = 'user';
const SESSION = {
  ...{ kind: 'webitel', client: 'app', scope: 'openid', issuedAt: NOW, expiresAt: SOON },
  ...{ subjectGeneration: 3, domainGeneration: 7, ip: '192.0.2.1' },
};
const GRANTED = {
  ...SESSION,
  kind: GRANT,
  clientGeneration: 2,
  authTime: NOW,
  showAuthTime: false,
};

let sessions: Table;
beforeEach(async () => {
  ({ sessions } = await freshTables());
});
const participants = (now: number = NOW) => readParticipants(sessions, subject, now);

test.each<[string, string, object, string | undefined]>([
  ['a grant within a browser’s session', 'browser~grant', GRANTED, 'browser'],
  ['a grant for offline access', 'offline', { ...GRANTED, browser: 'browser' }, 'browser'],
  ['one whose browser has ended', 'offline', { ...GRANTED, browser: 'offline' }, undefined],
  ['a grant of no browser', 'alone', GRANTED, undefined],
  ['a session that is no grant', 'browser~other', SESSION, undefined],
])('%s that ends leaves a note, or none', async (_case, key, session, browser) => {
  const name = { subject, key };
  await saveSession(sessions, name, session as typeof SESSION);
  const beside = { pk: 'beside', sk: 'beside' };
  expect(await endGrant(sessions, name, NOW, [{ table: sessions, put: beside }])).toBe(true);
  expect(await readAny(sessions, name)).toBeUndefined();
  const note = {
    ...{ client: 'app', subjectGeneration: 3, domainGeneration: 7, expiresAt: SOON },
    ...{ name, browser },
  };
  expect(await participants()).toEqual(browser ? [note] : []);
  expect(await endGrant(sessions, name, NOW)).toBe(false);
});

test('it is a note until the grant would have ended, or it is forgotten', async () => {
  const name = { subject, key: 'browser~grant' };
  await saveSession(sessions, name, GRANTED);
  expect(await endGrant(sessions, name, SOON)).toBe(false);
  expect(await participants()).toEqual([]);
  await endGrant(sessions, name, NOW);
  expect([await participants(SOON - 1), await participants(SOON)]).toEqual([
    [expect.objectContaining({ name })],
    [],
  ]);
  expect(await readParticipants(sessions, 'other', NOW)).toEqual([]);
  await forgetParticipant(sessions, name);
  await forgetParticipant(sessions, name);
  expect(await participants()).toEqual([]);
});
