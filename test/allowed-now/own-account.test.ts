/** What a person takes away on the account page is refused at the very next call, and nothing else is. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveConsent } from '../../lib/store/sessions/consents.ts';
import { instant } from '../../lib/time.ts';
import { agree, openBrowser, tokensOf, webClient } from '../support/actors/grants.ts';
import { addUser } from '../support/actors/people.ts';
import { makeRole } from '../support/actors/roles.ts';
import { httpCall } from '../support/calls/events.ts';
import { type Admin, startAdmin } from '../support/running/admin.ts';
import { outcome } from '../support/running/service.ts';
import { type AtAccount, press, signedIn } from '../support/web/account.ts';
import { cookieOf } from '../support/web/sign-in.ts';

let service: Admin;
beforeAll(async () => {
  service = await startAdmin();
  await makeRole(service, { name: 'reader', acl: { cdr: ['r'] } });
  const root = await service.by('100@mydomain.com');
  const change = { body: { selfDelete: true }, headers: { 'if-match': '*' } };
  await service.admin(root, 'PATCH /domains/mydomain.com', change);
});
afterAll(() => service.stop());

type Credential = Record<string, string>;
type Issued = { at: AtAccount; id: string; client: string; all: Record<string, Credential> };
const bearer = (token: unknown): Credential => ({ authorization: `Bearer ${token}` });
const may = async (headers: Credential): Promise<boolean> =>
  (await outcome(() => service.authorizer(httpCall('GET /cdr', headers)))).status === 200;

/** Somebody on the account page who has a token, a key, and a client that acts for them by two browsers. */
async function issued(): Promise<Issued> {
  const { id, username } = await addUser(service, { roles: ['reader'] });
  const { headers: token } = await service.by(username);
  const at = await signedIn(service, username);
  const client = await webClient(service);
  const now = Math.floor(Date.now() / 1000);
  const consent = { scopes: ['cdr:r'], grantedAt: instant(now), expiresAt: instant(now + 60) };
  await saveConsent(
    service.tables.sessions,
    { subject: id, client: client.id },
    { after: consent },
  );
  const browser = await openBrowser(service, id);
  const grant = await tokensOf(service, await agree(service, { client, browser }));
  const made = await press(at, '/account/keys', 'key-make', { name: 'ci' });
  const [, key = ''] = /<code id="key-text">([^<]+)</.exec(made.text) ?? [];
  const all = { token, grant: bearer(grant.access), key: { 'x-api-key': key } };
  return { at, id, client: client.id, all };
}

const NEW = { oldPassword: 'secret', newPassword: 'five words of nobody at all' };
const ACTS: [name: string, takes: string[], act: (issued: Issued) => Promise<unknown>][] = [
  [
    'signing out everywhere else',
    ['token', 'grant'],
    ({ at }) => press(at, '/account/sessions', 'sessions-others', { action: 'others' }),
  ],
  [
    'another password',
    ['token', 'grant'],
    ({ at }) => press(at, '/account/password', 'password-submit', NEW),
  ],
  [
    'taking access back from an application',
    ['grant'],
    ({ at, client }) => press(at, '/account/applications', `end-${client}`),
  ],
  ['ending a key', ['key'], ({ at }) => press(at, '/account/keys', 'name="key"')],
  [
    'deleting the account',
    ['token', 'grant', 'key'],
    ({ at }) => press(at, '/account/delete', 'erase-submit', { name: at.username }),
  ],
];

test.each(ACTS)('%s takes %j at the next call, and nothing else', async (_name, takes, act) => {
  const given = await issued();
  const allowed = async () => {
    const found = Object.entries(given.all).map(async ([name, one]) => [name, await may(one)]);
    return Object.fromEntries(await Promise.all(found)) as Record<string, boolean>;
  };
  expect(await allowed()).toEqual({ token: true, grant: true, key: true });
  await act(given);
  expect(await allowed()).toEqual({
    token: !takes.includes('token'),
    grant: !takes.includes('grant'),
    key: !takes.includes('key'),
  });
});

test('ending one session ends that one alone', async () => {
  const { at, all } = await issued();
  const other = await signedIn(service, at.username);
  await press(at, '/account/sessions', `end-${cookieOf(other)?.name.key}`);
  expect((await other.go('GET /account')).status).toBe(303);
  expect((await at.go('GET /account')).status).toBe(200);
  expect(await may(all['token'] ?? {})).toBe(true);
});

test('what is signed in after all others were signed out goes on', async () => {
  const { at } = await issued();
  await press(at, '/account/sessions', 'sessions-others', { action: 'others' });
  const { headers } = await service.by(at.username);
  expect(await may(headers)).toBe(true);
  expect((await at.go('GET /account')).status).toBe(200);
});
