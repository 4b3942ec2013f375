/** What is grave in the admin API needs a person who has just signed in (RFC 9470). Real functions, real store. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN } from '../../../lib/faces/admin/describe.ts';
import { ALWAYS, GRAVE } from '../../../lib/faces/admin/grave.ts';
import { ISSUE_TOKEN, ROUTES } from '../../../lib/faces/admin/routes.ts';
import type { ObjectSchema } from '../../../lib/openapi/operation.ts';
import { findUserId } from '../../../lib/store/directory/login-owners.ts';
import { sendJson } from '../../support/actors/accounts.ts';
import { addClient, tokenOf } from '../../support/actors/clients.ts';
import { agree, openBrowser, tokensOf, webClient } from '../../support/actors/grants.ts';
import { addUser } from '../../support/actors/people.ts';
import { makeDomain } from '../../support/actors/roles.ts';
import { sessionOf } from '../../support/actors/sessions.ts';
import {
  type Admin,
  type AdminAnswer,
  type Caller,
  type More,
  startAdmin,
} from '../../support/running/admin.ts';
import { broken } from '../../support/running/proxy.ts';
import { advance } from '../../support/running/service.ts';

const ROOT = '100@mydomain.com';
/** Seconds. */
const FRESH = 600;
const COLLECTIONS = [
  'users',
  'clients',
  'keys',
  'domain-tokens',
  'domains',
  'sessions',
  'signing-keys',
];
const SCOPES = ['full_access', ...COLLECTIONS.map((collection) => `admin/${collection}:*`)];

let service: Admin;
/** Who signed in when the clock stood so, and has all letters. */
let person: Caller;
let user: string;
/** Of the role root, by which nobody signs in. */
let machines: Record<string, () => Promise<Caller>>;

const bearer = (token: string): Caller => ({ headers: { authorization: `Bearer ${token}` } });

beforeAll(async () => {
  service = await startAdmin();
  await makeDomain(service, 'grave.example');
  await addClient(service, { id: 'graveclient' });
  user = (await addUser(service)).id;
  person = await service.by(ROOT);
  const key = await service.admin(person, 'POST /keys', { body: { name: 'root' } });
  const client = await addClient(service, { roles: ['root'], scopes: SCOPES });
  const tokens = 'POST /api/v2/domains/mydomain.com/settings/token';
  const body = { role: 'root', expire: (Math.floor(Date.now() / 1000) + 86_400) * 1000 };
  const { token } = await sessionOf(service, ROOT);
  const issued = await service.send(tokens, sendJson(body, token));
  machines = {
    'an API key': async () => ({ headers: { 'x-api-key': String(key.body['key']) } }),
    'a machine’s token': async () => bearer(await tokenOf(service, client)),
    'a domain’s token': async () => bearer((issued.body['info'] as { token: string }).token),
  };
});
afterAll(() => service.stop());

const always = Object.keys(GRAVE).filter((route) => GRAVE[route] === ALWAYS);
/** Its own function serves the one; the rest is the admin API's. */
const send = (who: Caller, call: string, more: More = {}) =>
  call === ISSUE_TOKEN ? issueToken(who, more) : service.admin(who, call, more);
async function issueToken({ headers }: Caller, { body = {} }: More): Promise<AdminAnswer> {
  const sent = { headers: { ...headers, 'content-type': 'application/json' } };
  const call = ISSUE_TOKEN.replace(' ', ' /admin/api');
  const answer = await service.send(call, { ...sent, body: JSON.stringify(body) });
  return { ...answer, etag: '' };
}
/** A call of a route, of something that is there. */
const callOf = (route: string): string =>
  route.replace('{id}', route.includes('clients') ? 'graveclient' : 'grave.example');

const CHALLENGE =
  'Bearer realm="latchkey", error="insufficient_user_authentication", error_description="This needs a sign-in of the last ten minutes.", max_age="600"';
function expectChallenge({ status, headers, body }: AdminAnswer): void {
  expect(status).toBe(401);
  expect(headers['www-authenticate']).toBe(CHALLENGE);
  expect(body).toMatchObject({
    code: 'insufficient_user_authentication',
    rule: 'sign-in-too-old',
  });
}

describe('the table', () => {
  test('names routes that there are', () => {
    const served = [...Object.keys(ROUTES), ISSUE_TOKEN];
    expect(Object.keys(GRAVE).filter((route) => !served.includes(route))).toEqual([]);
  });

  test('has every route whose answer shows a secret', () => {
    const shows = (schema: unknown): boolean =>
      ['secret', 'key', 'token'].some((name) => name in ((schema as ObjectSchema).entries ?? {}));
    const showing = Object.entries(ADMIN.operations)
      .filter(([, { answers }]) =>
        Object.values(answers).some(({ content }) => Object.values(content ?? {}).some(shows)),
      )
      .map(([route]) => route.replace('/admin/api', ''));
    expect(showing.length).toBeGreaterThan(3);
    expect(showing.filter((route) => GRAVE[route] !== ALWAYS)).toEqual([]);
  });
});

describe.each(always)('%s', (route) => {
  test('is refused whoever signed in longer ago, before anything else is looked at', async () => {
    const late = await service.by(ROOT);
    advance(FRESH + 1);
    expectChallenge(await send(late, callOf(route)));
    expectChallenge(await send(late, route.replace('{id}', 'nothing-of-that-name')));
  });

  test('is not, for the last second of ten minutes', async () => {
    const prompt = await service.by(ROOT);
    advance(FRESH);
    // The keys stay as they are, whatever is asked for.
    service.secrets.inject(() => broken);
    const { status } = await send(prompt, route.replace('{id}', 'nothing-there'), {
      body: { unknown: true },
    });
    service.secrets.heal();
    expect([401, 403]).not.toContain(status);
  });

  test.each(['an API key', 'a machine’s token', 'a domain’s token'])(
    'is refused to %s, whatever it may do',
    async (kind) => {
      const { status, body } = await send((await machines[kind]?.()) as Caller, callOf(route));
      // A route of its own says it of every call in its row (guard/demands.ts).
      const rule = route === ISSUE_TOKEN ? 'credential-of-another-kind' : 'person-only';
      expect([status, body['rule']]).toEqual([403, rule]);
    },
  );
});

/** Of the others: a call that is grave, and one that is not. */
const SOMETIMES: Record<
  string,
  [grave: [call: string, body?: object][], other: [string, object?]]
> = {
  'POST /users': [
    [['POST /users', { username: 'r', password: 'correct horse battery', roles: ['root'] }]],
    ['POST /users', { username: 'u', password: 'correct horse battery', roles: ['user'] }],
  ],
  'POST /users/imports': [
    [['POST /users/imports', { users: [{ username: 'r-import', roles: ['root'] }] }]],
    ['POST /users/imports', { users: [{ username: 'u-import', roles: ['user'] }] }],
  ],
  'PATCH /users/{id}': [
    [
      ['PATCH /users/USER', { roles: ['root'] }],
      ['PATCH /users/ROOT2', { password: 'correct horse battery' }],
      ['PATCH /users/ROOT2', { email: 'elsewhere@example.com' }],
      ['PATCH /users/ROOT1', { email: 'thief@example.com' }],
    ],
    ['PATCH /users/USER', { password: 'correct horse battery' }],
  ],
  'PATCH /clients/{id}': [
    [['PATCH /clients/graveclient', { roles: ['root'] }]],
    ['PATCH /clients/graveclient', { roles: ['user'] }],
  ],
  'PATCH /domain-tokens/{id}': [
    [['PATCH /domain-tokens/TOKEN', { disabled: false }]],
    ['PATCH /domain-tokens/TOKEN', { disabled: true }],
  ],
  'PATCH /domains/{id}': [
    [['PATCH /domains/grave.example', { disabled: true }]],
    ['PATCH /domains/grave.example', { passwords: 'full' }],
  ],
  'DELETE /sessions': [
    [['DELETE /sessions?domain=grave.example']],
    ['DELETE /sessions?subject=USER'],
  ],
};

describe('of the rest', () => {
  let called: (call: string) => string;
  const sendIt = (who: Caller, [call, body]: [string, object?]) => {
    const more: More = { ...(body && { body }), headers: { 'if-match': '*' } };
    return service.admin(who, called(call), more);
  };
  beforeAll(async () => {
    const root2 = await addUser(service, { roles: ['root'] });
    const root1 = await findUserId(service.tables.directory, ROOT);
    const root = await service.by(ROOT);
    const { body } = await service.admin(root, 'GET /domain-tokens');
    const [token] = body['items'] as { id: string }[];
    await service.admin(root, `PATCH /domain-tokens/${token?.id}`, {
      body: { disabled: true },
      headers: { 'if-match': '*' },
    });
    called = (call) =>
      call
        .replace('USER', user)
        .replace('ROOT1', String(root1))
        .replace('ROOT2', root2.id)
        .replace('TOKEN', String(token?.id));
  });

  test('each route has its row here', () =>
    expect(Object.keys(SOMETIMES)).toEqual(
      Object.keys(GRAVE).filter((route) => GRAVE[route] !== ALWAYS),
    ));

  test.each(Object.entries(SOMETIMES))(
    '%s asks for a sign-in where it is grave alone',
    async (_route, [grave, other]) => {
      const late = await service.by(ROOT);
      advance(FRESH + 1);
      for (const call of grave) {
        expectChallenge(await sendIt(late, call));
      }
      expect((await sendIt(late, other)).status).toBeLessThan(300);
      const fresh = await service.by(ROOT);
      for (const call of grave) expect((await sendIt(fresh, call)).status).toBeLessThan(300);
    },
  );

  test('a key of root makes no root', async () => {
    const body = { username: 'by-key', password: 'correct horse battery', roles: ['root'] };
    const made = await service.admin((await machines['an API key']?.()) as Caller, 'POST /users', {
      body,
    });
    expect([made.status, made.body['rule']]).toEqual([403, 'person-only']);
  });
});

describe('of a grant', () => {
  const granted = async () => {
    const id = await findUserId(service.tables.directory, ROOT);
    const browser = await openBrowser(service, id);
    const client = await webClient(service, { scopes: SCOPES });
    const later = async () => {
      const agreed = await agree(service, { client, browser, scope: SCOPES.join(' ') });
      return bearer((await tokensOf(service, agreed)).access);
    };
    return { later };
  };
  const attempt = (who: Caller) =>
    service.admin(who, 'POST /keys', { body: { name: 'granted', acl: { cdr: ['r'] } } });

  test('the sign-in counts in which it was given, not the time when it was', async () => {
    const { later } = await granted();
    expect((await attempt(await later())).status).toBe(201);
    advance(FRESH + 1);
    expectChallenge(await attempt(await later()));
  });
});

describe('other doors', () => {
  test.each<[string, string, (id: string, username: string) => [string, object]]>([
    ['a root is not made', 'user', (id) => [`PUT /users/${id}`, { scope: ['root'] }]],
    [
      'a root is given no password',
      'root',
      (_id, email) => ['POST /user/reset-password', { email, password: 'correct horse battery' }],
    ],
    [
      'a root is given no other address',
      'root',
      (id) => [`PUT /users/${id}`, { email: 'x@y.example' }],
    ],
  ])('%s by an old sign-in there either', async (_what, role, callFor) => {
    const { token } = await sessionOf(service, ROOT);
    const { id, username } = await addUser(service, { roles: [role] });
    const [call, body] = callFor(id, username);
    advance(FRESH + 1);
    const answer = await service.send(call, sendJson(body, token));
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe(CHALLENGE);
  });
});
