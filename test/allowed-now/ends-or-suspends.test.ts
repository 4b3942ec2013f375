/**
 * A6: what an administrator takes away either ends or only rests until it is given back: each edit of the
 * table in docs/operate.md, tried, with what was issued before it.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { saveConsent } from '../../lib/store/sessions/consents.ts';
import { instant } from '../../lib/time.ts';
import { addClient, tokenOf } from '../support/actors/clients.ts';
import { agree, openBrowser, tokensOf, webClient } from '../support/actors/grants.ts';
import { addUser } from '../support/actors/people.ts';
import { makeDomain, makeRole } from '../support/actors/roles.ts';
import { httpCall } from '../support/calls/events.ts';
import { type Admin, type Caller, startAdmin } from '../support/running/admin.ts';
import { advance, outcome } from '../support/running/service.ts';
import { signedIn } from '../support/web/account.ts';

let service: Admin;
let root: Caller;
let count = 0;

beforeAll(async () => {
  service = await startAdmin();
  await makeRole(service, { name: 'reader', acl: { cdr: ['r'] } });
});
afterAll(() => service.stop());
// Some of it only who has just signed in may do.
beforeEach(async () => {
  root = await service.by('100@mydomain.com');
});

type Issued = { domain: string; user: string; client: string; session: string; key: string };
type Token = { headers: Record<string, string> };

const bearer = (token: unknown): Token => ({ headers: { authorization: `Bearer ${token}` } });
const may = async ({ headers }: Token): Promise<boolean> =>
  (await outcome(() => service.authorizer(httpCall('GET /cdr', headers)))).status === 200;

async function edit(call: string, body?: unknown): Promise<Record<string, unknown>> {
  const headers = { 'if-match': '*' };
  const { status, body: answer } = await service.admin(root, call, { body, headers });
  if (status >= 300) throw new Error(`${call}: ${status} ${JSON.stringify(answer)}`);
  return answer;
}

/** Somebody with a session, a key and a client with a token of its own and one of theirs. */
async function issued(): Promise<{ of: Issued; tokens: Record<string, Token> }> {
  count += 1;
  const domain = `ends-${count}.com`;
  await makeDomain(service, domain);
  const { id: user, username } = await addUser(service, { domain, roles: ['reader'] });
  const session = await service.by(username);
  const registration = { domain, roles: ['reader'] };
  const machine = await addClient(service, { id: `machine-${count}`, ...registration });
  const web = await webClient(service, { id: `web-${count}`, domain });
  const browser = await openBrowser(service, user);
  const granted = await tokensOf(service, await agree(service, { client: web, browser }));
  const key = await edit('POST /keys', { owner: user, name: 'k', roles: ['reader'] });
  const [, payload = ''] = (session.headers['authorization'] ?? '').split('.');
  const { sid } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sid: string };
  const named = Buffer.from(JSON.stringify([user, sid])).toString('base64url');
  return {
    of: { domain, user, client: String(count), session: named, key: String(key['id']) },
    tokens: {
      session,
      grant: bearer(granted.access),
      client: bearer(await tokenOf(service, machine)),
      key: { headers: { 'x-api-key': String(key['key']) } },
    },
  };
}

type Edit = (of: Issued) => Promise<unknown>;
type Row = {
  edit: string;
  /** Of which it takes away. */
  takes: string[];
  outcome: 'ends' | 'suspends';
  off: Edit;
  on: Edit;
};
const nothing: Edit = async () => undefined;
const sessions = ['session', 'grant'];
const switched = (place: (of: Issued) => string) => ({
  off: (of: Issued) => edit(`PATCH ${place(of)}`, { disabled: true }),
  on: (of: Issued) => edit(`PATCH ${place(of)}`, { disabled: false }),
});

const GRANTS = ['authorization_code', 'refresh_token'];
const GRANT_TAKEN =
  'grant (`authorization_code`, `refresh_token`, `client_credentials`) taken from a client';

const consents: Edit = async ({ user, client }) => {
  const at = instant(Math.floor(Date.now() / 1000));
  const consent = { scopes: ['openid'], grantedAt: at, expiresAt: instant(at + 60) };
  const name = { subject: user, client: `web-${client}` };
  await saveConsent(service.tables.sessions, name, { after: consent });
};

const ROWS: Row[] = [
  {
    edit: "a user's consent to a client taken back (`user withdraw`)",
    takes: ['grant'],
    outcome: 'ends',
    off: async (of) => {
      await consents(of);
      return edit(`DELETE /users/${of.user}/consents?client=web-${of.client}`);
    },
    on: consents,
  },
  {
    edit: 'user disabled',
    takes: [...sessions, 'key'],
    outcome: 'ends',
    ...switched(({ user }) => `/users/${user}`),
  },
  {
    edit: 'client disabled',
    takes: ['client'],
    outcome: 'ends',
    ...switched(({ client }) => `/clients/machine-${client}`),
  },
  {
    edit: 'client disabled',
    takes: ['grant'],
    outcome: 'ends',
    ...switched(({ client }) => `/clients/web-${client}`),
  },
  {
    edit: 'domain disabled',
    takes: [...sessions, 'client', 'key'],
    outcome: 'ends',
    ...switched(({ domain }) => `/domains/${domain}`),
  },
  {
    edit: 'password set',
    takes: sessions,
    outcome: 'ends',
    off: ({ user }) => edit(`PATCH /users/${user}`, { password: 'another password, long' }),
    on: nothing,
  },
  {
    edit: 'secret replaced without an overlap',
    takes: ['client'],
    outcome: 'ends',
    off: ({ client }) => edit(`POST /clients/machine-${client}/secret`),
    on: nothing,
  },
  {
    edit: 'secret replaced without an overlap',
    takes: ['grant'],
    outcome: 'ends',
    off: ({ client }) => edit(`POST /clients/web-${client}/secret`),
    on: nothing,
  },
  {
    edit: 'way to authenticate, or a key of it, taken from a client',
    takes: ['grant'],
    outcome: 'ends',
    off: ({ client }) => edit(`PATCH /clients/web-${client}`, { authentication: 'none' }),
    on: ({ client }) => edit(`PATCH /clients/web-${client}`, { authentication: 'secret' }),
  },
  {
    edit: 'domain taken from those whose users a client admits',
    takes: ['grant'],
    outcome: 'ends',
    off: ({ client }) => edit(`PATCH /clients/web-${client}`, { domains: ['mydomain.com'] }),
    on: ({ client, domain }) => edit(`PATCH /clients/web-${client}`, { domains: [domain] }),
  },
  {
    edit: GRANT_TAKEN,
    takes: ['grant'],
    outcome: 'ends',
    off: ({ client }) => edit(`PATCH /clients/web-${client}`, { grants: GRANTS.slice(0, 1) }),
    on: ({ client }) => edit(`PATCH /clients/web-${client}`, { grants: GRANTS }),
  },
  {
    edit: GRANT_TAKEN,
    takes: ['client'],
    outcome: 'ends',
    off: ({ client }) =>
      edit(`PATCH /clients/machine-${client}`, {
        grants: ['authorization_code'],
        redirectUris: ['https://app.example.com/callback'],
      }),
    on: ({ client }) =>
      edit(`PATCH /clients/machine-${client}`, { grants: ['client_credentials'] }),
  },
  {
    edit: 'scope taken from a client',
    takes: ['grant'],
    outcome: 'suspends',
    off: ({ client }) => edit(`PATCH /clients/web-${client}`, { scopes: ['openid'] }),
    on: ({ client }) => edit(`PATCH /clients/web-${client}`, { scopes: ['full_access'] }),
  },
  {
    edit: 'scope taken from a client',
    takes: ['client'],
    outcome: 'suspends',
    off: ({ client }) => edit(`PATCH /clients/machine-${client}`, { scopes: [] }),
    on: ({ client }) => edit(`PATCH /clients/machine-${client}`, { scopes: ['full_access'] }),
  },
  {
    edit: 'signed out: a session, a user, a client, a domain',
    takes: sessions,
    outcome: 'ends',
    off: ({ user }) => edit(`DELETE /sessions?subject=${user}`),
    on: nothing,
  },
  {
    edit: 'signed out: a session, a user, a client, a domain',
    takes: [...sessions, 'client'],
    outcome: 'ends',
    off: ({ domain }) => edit(`DELETE /sessions?domain=${domain}`),
    on: nothing,
  },
  {
    edit: 'API key or domain token switched off',
    takes: ['key'],
    outcome: 'suspends',
    ...switched(({ key }) => `/keys/${key}`),
  },
  {
    edit: 'role taken from a user or a client',
    takes: [...sessions, 'key'],
    outcome: 'suspends',
    off: ({ user }) => edit(`PATCH /users/${user}`, { roles: [] }),
    on: ({ user }) => edit(`PATCH /users/${user}`, { roles: ['reader'] }),
  },
  {
    edit: 'letter taken from a role',
    takes: [...sessions, 'client', 'key'],
    outcome: 'suspends',
    off: () => edit('PATCH /roles/reader', { acl: { cdr: null } }),
    on: () => edit('PATCH /roles/reader', { acl: { cdr: ['r'] } }),
  },
  {
    edit: '`sessionAbsolute` of a domain lowered',
    takes: sessions,
    outcome: 'suspends',
    off: async ({ domain }) => {
      advance(301);
      await edit(`PATCH /domains/${domain}`, { sessionAbsolute: 300 });
    },
    on: ({ domain }) => edit(`PATCH /domains/${domain}`, { sessionAbsolute: null }),
  },
];

/** What it takes no token shows. */
const OF_BROWSERS = { edit: '`sessionIdle` of a domain lowered', outcome: 'suspends' } as const;

describe('an edit that takes something away', () => {
  test.each(ROWS)('A6: $edit: $outcome $takes', async ({ takes, outcome: expected, off, on }) => {
    const { of, tokens } = await issued();
    const stands = async () => {
      const all = await Promise.all(Object.values(tokens).map(may));
      return Object.keys(tokens).filter((_, index) => all[index]);
    };
    const left = Object.keys(tokens).filter((name) => !takes.includes(name));
    expect(await stands()).toEqual(Object.keys(tokens));
    await off(of);
    expect(await stands()).toEqual(left);
    await on(of);
    expect(await stands()).toEqual(expected === 'ends' ? left : Object.keys(tokens));
  });

  test(`A6: ${OF_BROWSERS.edit}: ${OF_BROWSERS.outcome} browsers, and no token`, async () => {
    const { of, tokens } = await issued();
    const { username } = await addUser(service, { domain: of.domain });
    const browser = await signedIn(service, username);
    const isIn = async () => (await browser.go('GET /account')).status === 200;
    advance(301);
    await edit(`PATCH /domains/${of.domain}`, { sessionIdle: 300 });
    expect(await isIn()).toBe(false);
    for (const token of Object.values(tokens)) expect(await may(token)).toBe(true);
    await edit(`PATCH /domains/${of.domain}`, { sessionIdle: null });
    expect(await isIn()).toBe(true);
  });

  test('A6: stands in the table of docs/operate.md, as it was tried', () => {
    const page = readFileSync('docs/operate.md', 'utf8');
    const rows = [...page.matchAll(/^\| ([^|]+) \| (ends|suspends) \|/gm)];
    const told = rows.map(([, what, how]) => `${what}: ${how}`).sort();
    const tried = [...ROWS, OF_BROWSERS].map((row) => `${row.edit}: ${row.outcome}`);
    expect(told).toEqual([...new Set(tried)].sort());
  });
});

describe('an edit of what a client admits and may ask for', () => {
  type Change = { domains?: string[] | null; grants?: string[] };
  const change = (of: Issued, body: Change) => edit(`PATCH /clients/web-${of.client}`, body);

  test('A6: that adds to it ends nothing', async () => {
    const { of, tokens } = await issued();
    await change(of, { domains: [of.domain, 'mydomain.com'] });
    await change(of, { domains: ['*'], grants: [...GRANTS, 'client_credentials'] });
    expect(await may(tokens['grant'] as Token)).toBe(true);
  });

  test.each<[string, (of: Issued) => [Change, Change]]>([
    ['all of them', ({ domain }) => [{ domains: ['*'] }, { domains: [domain] }]],
    ['another', ({ domain }) => [{ domains: [domain, 'mydomain.com'] }, { domains: [domain] }]],
    ['the list', ({ domain }) => [{ domains: [domain, 'mydomain.com'] }, { domains: null }]],
  ])('A6: that takes %s away ends grants of other domains too, at once', async (_case, changes) => {
    const { of, tokens } = await issued();
    const [wide, narrow] = changes(of);
    await change(of, wide);
    expect(await may(tokens['grant'] as Token)).toBe(true);
    await change(of, narrow);
    expect(await may(tokens['grant'] as Token)).toBe(false);
  });
});

describe('what was disabled and is enabled again', () => {
  test('A6: its keys are shown as switched off, and each works once it is switched on', async () => {
    const { of, tokens } = await issued();
    await edit(`PATCH /users/${of.user}`, { disabled: true });
    await edit(`PATCH /users/${of.user}`, { disabled: false });
    const list = await edit(`GET /keys?owner=${of.user}`);
    expect(list['items']).toEqual([expect.objectContaining({ disabled: true })]);
    expect(await edit(`GET /keys/${of.key}`)).toMatchObject({ disabled: true });
    expect(await edit(`PATCH /keys/${of.key}`, { disabled: false })).toMatchObject({
      disabled: false,
    });
    expect(await may(tokens['key'] as Token)).toBe(true);
  });

  test('A6: an edit that switches nothing ends nothing', async () => {
    const { of, tokens } = await issued();
    await edit(`PATCH /users/${of.user}`, { disabled: false });
    expect(await may(tokens['session'] as Token)).toBe(true);
  });

  test('A6: an overlap ends nothing', async () => {
    const { of, tokens } = await issued();
    await edit(`POST /clients/machine-${of.client}/secret`, { overlap: 60 });
    expect(await may(tokens['client'] as Token)).toBe(true);
  });

  test('A6: ten switches at once leave nothing of before', async () => {
    const { of, tokens } = await issued();
    const switches = Array.from({ length: 10 }, (_, at) =>
      service.admin(root, `PATCH /users/${of.user}`, {
        body: { disabled: at % 2 === 0 },
        headers: { 'if-match': '*' },
      }),
    );
    const answers = await Promise.all(switches);
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    await edit(`PATCH /users/${of.user}`, { disabled: true });
    await edit(`PATCH /users/${of.user}`, { disabled: false });
    expect(await may(tokens['session'] as Token)).toBe(false);
    expect(await may(tokens['grant'] as Token)).toBe(false);
  });
});
