/**
 * Every route of serverless.yml with every kind of credential, through the real handlers: what
 * lib/guard/demands.ts demands is enough, and nothing less is.
 *
 * Each answer is held against the OpenAPI document, so a refusal has the shape of its face.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMANDS, demandOf, KINDS, type Kind } from '../../lib/guard/demands.ts';
import { findUserId } from '../../lib/store/directory/login-owners.ts';
import type { Acl } from '../../lib/store/directory/roles.ts';
import { claimsOf, sendJson } from '../support/actors/accounts.ts';
import { addClient, tokenOf } from '../support/actors/clients.ts';
import {
  agree,
  openBrowser as openSession,
  tokensOf,
  webClient,
} from '../support/actors/grants.ts';
import { addUser } from '../support/actors/people.ts';
import { makeRole } from '../support/actors/roles.ts';
import { sessionOf } from '../support/actors/sessions.ts';
import type { Sent } from '../support/calls/events.ts';
import { DEFAULT, readRoutes } from '../support/calls/routes.ts';
import { type Admin, startAdmin } from '../support/running/admin.ts';
import { both } from '../support/running/service.ts';
import { CALLBACK, openBrowser } from '../support/web/browser.ts';
import { requestOf } from '../support/web/sign-in.ts';

const PREFLIGHT = 'OPTIONS /{proxy+}';
const ALL = readRoutes().map(({ route }) => route);
/** `HEAD` is judged as `GET`. */
const ROUTES = ALL.filter((route) => !route.startsWith('HEAD '));
const CASES = ROUTES.filter((route) => route !== PREFLIGHT && route !== DEFAULT).flatMap((route) =>
  KINDS.map((kind) => [route, kind] as const),
);

/** The letters that routes of ours demand, and none of them. */
const LETTERS = [
  'users',
  'domain',
  'acl/roles',
  'helpdesk/api_key',
  'admin/users',
  'admin/domain-tokens',
];
const ACL: Acl = Object.fromEntries(LETTERS.map((name) => [name, ['*']]));
const SCOPE = ['openid', 'full_access', ...LETTERS.map((name) => `${name}:*`)];
const OTHER_SCOPE = ['profile', 'cdr:r'];

let service: Admin;
/** Who may do all of it, and who may not. Their `root` is of the one domain. */
type Who = { username: string; role: string; scope: string[] };
const STRONG: Who = { username: '100@mydomain.com', role: 'strong', scope: SCOPE };
let weak: Who;

beforeAll(async () => {
  service = await startAdmin({
    API_USER_CREATE_SCOPE: 'root,strong',
    DEFAULT_DOMAIN: 'mydomain.com',
  });
  await makeRole(service, { name: 'strong', acl: ACL });
  await makeRole(service, { name: 'weak', acl: { cdr: ['r'] } });
  const { username } = await addUser(service, { roles: ['weak'] });
  weak = { username, role: 'weak', scope: OTHER_SCOPE };
  await addClient(service, { id: 'at-app', redirectUris: [CALLBACK], consent: 'never' });
});
afterAll(() => service.stop());

const bearer = (token: string): Sent => ({ headers: { authorization: `Bearer ${token}` } });

const OPEN: Record<Kind, (who: Who) => Promise<Sent>> = {
  none: async () => ({}),
  user: async ({ username }) => bearer((await sessionOf(service, username)).token),
  async grant({ username, scope }) {
    const id = await findUserId(service.tables.directory, username);
    const client = await webClient(service, { scopes: [...SCOPE, ...OTHER_SCOPE] });
    const agreed = { client, browser: await openSession(service, id), scope: scope.join(' ') };
    return bearer((await tokensOf(service, await agree(service, agreed))).access);
  },
  async key({ username }) {
    const owner = await findUserId(service.tables.directory, username);
    const body = { name: 'key', owner };
    const given = await service.admin(await service.by(STRONG.username), 'POST /keys', { body });
    expect(given.status).toBe(201);
    return { headers: { 'x-api-key': String(given.body['key']) } };
  },
  async client({ role, scope }) {
    const client = await addClient(service, { roles: [role], scopes: scope });
    return bearer(await tokenOf(service, client));
  },
  async domain({ role }) {
    const root = (await sessionOf(service, STRONG.username)).token;
    const body = { role, expire: (Math.floor(Date.now() / 1000) + 86_400) * 1000 };
    const call = 'POST /api/v2/domains/mydomain.com/settings/token';
    const made = await service.send(call, sendJson(body, root));
    const { token } = made.body['info'] as { token: string };
    return { headers: { 'x-access-token': token } };
  },
  async cookie({ username }) {
    const browser = openBrowser(service);
    await browser.login(await browser.authorize(requestOf('at-app')), username);
    return {
      headers: { accept: 'text/html' },
      cookies: [...browser.jar].map(([name, value]) => `${name}=${value}`),
    };
  },
};

const made = new Map<string, Promise<Sent>>();
/** As it was made before, but for a call that ends it. */
function credentialOf(kind: Kind, who: Who, route = ''): Promise<Sent> {
  if (route === 'POST /logout') return OPEN[kind](who);
  const id = `${kind} ${who.username} ${who.scope}`;
  const known = made.get(id) ?? OPEN[kind](who);
  made.set(id, known);
  return known;
}

const tokenIn = ({ headers }: Sent): string => headers?.['authorization']?.split(' ')[1] ?? '';
/** As Webitel's logout wants it: the token and the key that came with it. */
const bothOf = (sent: Sent): Sent => {
  const token = tokenIn(sent);
  return token === '' ? sent : { headers: both({ token, key: String(claimsOf(token)['sid']) }) };
};

let count = 0;
/** A body where a route reads it before it asks who calls. */
function bodyOf(route: string): Sent {
  if (route !== 'POST /user') return {};
  count += 1;
  const username = `new-${count}@example.com`;
  return sendJson({ username, email: username, password: 'a password that is long enough' });
}

async function statusOf(route: string, { headers, ...sent }: Sent): Promise<number> {
  const body = bodyOf(route);
  const all = { ...body, ...sent, headers: { ...body.headers, ...headers } };
  if (route.endsWith('/admin/api/{proxy+}')) {
    const [method] = route.split(' ');
    return (await service.admin({ headers: all.headers }, `${method} /users/nobody`)).status;
  }
  const call = route
    .replace('{name}', route.includes('acl') ? 'nobody' : 'mydomain.com')
    .replace(/\{\w+\}/g, '0123456789abcdef01234567');
  const query = route.endsWith('/explain') ? { query: 'method=GET&path=/cdr' } : {};
  return (await service.send(call, { ...all, ...query })).status;
}

test('every route has a line, and every line a route', () => {
  expect(ROUTES.length).toBeGreaterThan(50);
  expect(Object.keys(DEMANDS).sort()).toEqual(ROUTES.toSorted());
});

test('a route that has no line refuses everybody', () => {
  const demands = ['GET /nowhere', 'toString', ''].flatMap((route) =>
    KINDS.map((kind) => demandOf(route, kind)),
  );
  expect(new Set(demands)).toEqual(new Set(['refused']));
});

describe.each(CASES)('A1, A12: %s by %s', (route, kind) => {
  const demand = demandOf(route, kind);
  const isStronger = ['session', 'letter', 'openid', 'full_access', 'makes_users'].includes(demand);
  const strong = async () => {
    const credential = await credentialOf(kind, STRONG, route);
    return statusOf(route, route === 'POST /logout' ? bothOf(credential) : credential);
  };

  // Root's alone, whatever letters anybody else has.
  const isRoots =
    /^(GET|POST) .*helpdesk.api_key$/.test(route) && ['client', 'domain'].includes(kind);

  if (isRoots) test('is refused with every letter', async () => expect(await strong()).toBe(403));
  else if (isStronger)
    test(`is let through with ${demand}`, async () => {
      const status = await strong();
      expect([401, 403]).not.toContain(status);
      expect(status).toBeLessThan(500);
    });

  if (isStronger && demand !== 'session')
    test(`is refused without ${demand}`, async () =>
      expect(await statusOf(route, await credentialOf(kind, weak))).toBe(403));

  if (isStronger && kind !== 'key' && kind !== 'domain' && route !== 'POST /logout')
    test('is refused once it has ended', async () => {
      const credential = await OPEN[kind](STRONG);
      expect((await service.send('POST /logout', bothOf(credential))).status).toBe(200);
      expect(await statusOf(route, credential)).toBe(401);
    });

  const isAdministration = ['letter', 'makes_users'].includes(demand);
  if (isAdministration && (kind === 'grant' || kind === 'client'))
    test('R2: is refused with full_access alone, which does not administer', async () => {
      const bare = { ...STRONG, scope: ['openid', 'full_access'] };
      expect(await statusOf(route, await credentialOf(kind, bare))).toBe(403);
    });

  if (demand === 'refused' || demand === 'open')
    test('is refused', async () => {
      const status = await strong();
      expect([401, 403, 405]).toContain(status);
    });

  if (['anybody', 'client', 'form'].includes(demand))
    test('is answered like nobody', async () =>
      expect(await strong()).toBe(
        await statusOf(route, kind === 'cookie' ? { headers: { accept: 'text/html' } } : {}),
      ));

  if (demand === 'page')
    test('is the person who calls', async () => expect([200, 303, 400]).toContain(await strong()));
});
