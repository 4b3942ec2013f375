/** A client and its domain in one request: what was read once is not read again. */
import { beforeEach, expect, test } from 'vitest';
import type { Table } from '../../../lib/aws/table.ts';
import type { Tables } from '../../../lib/aws/tables.ts';
import { newClient } from '../../../lib/manage/clients/register.ts';
import { saveClient } from '../../../lib/store/directory/clients.ts';
import { createDomain } from '../../../lib/store/directory/domains.ts';
import { saveUser } from '../../../lib/store/directory/users.ts';
import {
  domainIn,
  readClientAndDomain,
  readExchange,
  readGrantStanding,
  readParties,
} from '../../../lib/store/reads/grant.ts';
import { saveCode } from '../../../lib/store/sessions/codes.ts';
import { GRANT } from '../../../lib/store/sessions/grants.ts';
import { saveSession } from '../../../lib/store/sessions/sessions.ts';
import { epochMilliseconds, instant } from '../../../lib/time.ts';
import { userItem } from '../../support/actors/people.ts';
import { freshTables } from '../../support/running/tables.ts';

/** Whatever asked it would fail. */
const UNREAD = {} as Table;
let tables: Tables;
let directory: Table;

beforeEach(async () => {
  tables = await freshTables();
  ({ directory } = tables);
  await createDomain(directory, { name: 'mydomain.com', disabled: false, generation: 7 });
  const registration = { id: 'app', name: 'App', domain: 'mydomain.com', roles: [], scopes: [] };
  await saveClient(directory, {
    after: newClient(registration, 'x'.repeat(43), epochMilliseconds(0)),
  });
});

test('the domain of a client that was seen before comes with it', async () => {
  const first = await readClientAndDomain(directory, 'app');
  expect(await domainIn(directory, first.domains, 'mydomain.com')).toMatchObject({ generation: 7 });
  const { client, domains } = await readClientAndDomain(directory, 'app');
  expect(client).toMatchObject({ id: 'app' });
  expect(await domainIn(UNREAD, domains, 'mydomain.com')).toMatchObject({ generation: 7 });
});

test.each(['nobody', '-', 'a b', 'domain#mydomain.com'])('there is no client %j', async (id) =>
  expect((await readClientAndDomain(directory, id)).client).toBeUndefined(),
);

const NOW = instant(1_800_000_000);
const SIGN_IN = {
  ...{ kind: 'webitel', client: 'app', issuedAt: NOW, expiresAt: NOW, ip: '192.0.2.1' },
  ...{ subjectGeneration: 1, domainGeneration: 7 },
};

test('an exchange reads the client and the code that it names', async () => {
  const code = {
    ...{ client: 'app', clientGeneration: 1, redirectUri: 'https://a', subject: 'user-1' },
    ...{ browser: 'b', subjectGeneration: 1, domainGeneration: 7, scope: 'openid' },
    ...{ authTime: NOW, showAuthTime: false, validUntil: NOW },
  };
  await saveCode(tables.sessions, 'code', code);
  const read = (client: string, text: string) => readExchange(tables, { client, code: text });
  expect(await read('app', 'code')).toMatchObject({ client: { id: 'app' }, code });
  expect(await read('domain#mydomain.com', 'guess')).toEqual({
    ...{ client: undefined, code: undefined },
  });
});

test('the parties are the client’s domain and the user, if there is one', async () => {
  await saveUser(directory, { after: userItem({ id: 'user-1', names: ['u'] }) });
  const read = (domain: string, user: string | undefined) =>
    readParties(directory, { domain, user });
  const both = await read('mydomain.com', 'user-1');
  expect(both.user).toMatchObject({ id: 'user-1' });
  expect(both.domains.get('mydomain.com')).toMatchObject({ generation: 7 });
  expect(await read('far.example', undefined)).toEqual({
    ...{ user: undefined, domains: new Map([['far.example', undefined]]) },
  });
  // A client is nobody's user.
  expect((await read('mydomain.com', 'app')).user).toBeUndefined();
});

test('a grant stands with its client, its browser, its user and their domain', async () => {
  const { sessions } = tables;
  const [subject, domain] = ['user-1', 'mydomain.com'];
  await saveUser(directory, { after: userItem({ id: subject, names: ['u'] }) });
  await saveSession(sessions, { subject, key: 'browser' }, SIGN_IN);
  await saveSession(sessions, { subject, key: 'browser~other' }, SIGN_IN);
  const granted = { scope: 'openid', clientGeneration: 1, authTime: NOW, showAuthTime: false };
  const grant = { ...SIGN_IN, ...granted, kind: GRANT };
  await saveSession(sessions, { subject, key: 'browser~grant' }, grant);
  const read = (key: string, client = 'app', of = subject) =>
    readGrantStanding(tables, { client, name: { subject: of, key }, domain });
  const whole = await read('browser~grant');
  expect(whole).toMatchObject({
    ...{ client: { id: 'app' }, grant: { kind: GRANT, scope: 'openid' } },
    ...{ parent: { kind: 'webitel' }, user: { id: subject } },
  });
  expect(whole.domains.get(domain)).toMatchObject({ generation: 7 });
  // A session of another kind is no grant, and a client no user.
  expect(await read('browser~other')).toMatchObject({
    ...{ grant: undefined, parent: { kind: 'webitel' } },
  });
  expect(await read('gone', 'nobody', 'app')).toMatchObject({
    ...{ client: undefined, grant: undefined, parent: undefined, user: undefined },
  });
});
