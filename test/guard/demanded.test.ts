/**
 * What is demanded of each kind of credential, written once more, a route of each sort: demands.test.ts calls
 * every route, but asks the list itself what to expect.
 */
import { describe, expect, test } from 'vitest';
import type { Demand } from '../../lib/guard/demand.ts';
import { demandOf, isForTokens, KINDS, kindOf, meets } from '../../lib/guard/demands.ts';
import type { Caller } from '../../lib/verdict/judge.ts';
import { EVERYTHING, powerOf } from '../../lib/verdict/power.ts';

type Row = [user: string, grant: string, key: string, client: string, domain: string];
type Told = [what: string, route: string, ...row: Row, cookie: string, none: string];

const all = (demand: string): Row => [demand, demand, demand, demand, demand];

test.each<Told>([
  ['a sign-in is everybody’s', 'POST /login', ...all('anybody'), 'anybody', 'anybody'],
  ['a page knows its browser', 'GET /oauth/authorize', ...all('anybody'), 'page', 'anybody'],
  ['a form is of its browser', 'POST /oauth/consent', ...all('anybody'), 'form', 'anybody'],
  ['a client proves itself', 'POST /oauth/token', ...all('client'), 'client', 'client'],
  [
    'who signed in is told where openid was granted',
    'GET /oauth/userinfo',
    ...['refused', 'openid', 'refused', 'refused', 'refused'],
    ...['refused', 'refused'],
  ],
  [
    'and to a POST',
    'POST /oauth/userinfo',
    ...['refused', 'openid', 'refused', 'refused', 'refused'],
    ...['refused', 'refused'],
  ],
  ['a thing is administered by its letter', 'GET /users', ...all('letter'), 'refused', 'refused'],
  [
    'what is grave is done by a person',
    'POST /admin/api/domain-tokens',
    ...['letter', 'letter', 'refused', 'refused', 'refused'],
    ...['refused', 'refused'],
  ],
  [
    'a password is its person’s',
    'POST /user/change-password',
    ...['session', 'full_access', 'refused', 'refused', 'refused'],
    ...['refused', 'refused'],
  ],
  [
    'a profile is its person’s, in a browser too',
    'GET /user',
    ...['session', 'full_access', 'refused', 'refused', 'refused'],
    ...['page', 'refused'],
  ],
  [
    'and in another dialect',
    'GET /api/v1/authenticate/user',
    ...['session', 'full_access', 'refused', 'refused', 'refused'],
    ...['page', 'refused'],
  ],
  [
    'consents are no client’s to see',
    'GET /admin/api/me/consents',
    ...['session', 'refused', 'refused', 'refused', 'refused'],
    ...['refused', 'refused'],
  ],
  [
    'a credential is told who it is',
    'GET /api/v2/whoami',
    ...['session', 'full_access', 'session', 'full_access', 'session'],
    ...['page', 'refused'],
  ],
  [
    'a credential is told what it may',
    'GET /admin/api/me/explain',
    ...all('session'),
    ...['refused', 'refused'],
  ],
  [
    'of its user a client is told with full_access',
    'GET /admin/api/me',
    ...['session', 'full_access', 'session', 'session', 'session'],
    ...['refused', 'refused'],
  ],
  [
    'users are made by a role, or by everybody',
    'POST /user',
    ...['session', 'makes_users', 'session', 'makes_users', 'session'],
    ...['refused', 'open'],
  ],
  [
    'a session is ended by itself',
    'POST /logout',
    ...['session', 'session', 'refused', 'session', 'refused'],
    ...['refused', 'refused'],
  ],
] as Told[])('A1: %s: %s', (_what, route, ...row) => {
  const demands: Demand[] = KINDS.map((kind) => demandOf(route, kind));
  expect(demands).toEqual(row);
});

test.each([
  ['GET /users', true],
  ['GET /admin/api/me', true],
  ['POST /users', false],
  ['POST /logout', false],
  ['GET /user', false],
  ['GET /account', false],
  ['GET /robots.txt', false],
  ['POST /user', false],
])('%s is for tokens alone, and a page to no browser: %s', (route, expected) =>
  expect(isForTokens(route)).toBe(expected),
);

type Given = { kind: string; scope?: string; disabled?: boolean };
const caller = (session: Given, kind = 'user', power = EVERYTHING) =>
  ({ session, subject: { kind }, power }) as unknown as Caller;

test.each<[string, Given, string]>([
  ['user', { kind: 'webitel' }, 'user'],
  ['cookie', { kind: 'browser' }, 'user'],
  ['grant', { kind: 'authorization_code' }, 'user'],
  ['grant', { kind: 'webitel', scope: 'cdr:r' }, 'user'],
  ['client', { kind: 'client_credentials' }, 'client'],
  ['key', { kind: 'api-key', disabled: false }, 'user'],
  ['key', { kind: 'api-key', scope: 'cdr:r', disabled: true }, 'user'],
  ['domain', { kind: 'domain-token', disabled: false }, 'domain'],
])('is %s: %j of a %s', (expected, session, kind) =>
  expect(kindOf(caller(session, kind))).toBe(expected),
);

describe('a demand is met', () => {
  const granted = (scope?: string) =>
    caller({ kind: 'authorization_code', ...(scope !== undefined && { scope }) });

  test.each([
    ['openid', true],
    ['cdr:r openid', true],
    ['openid2', false],
    ['profile', false],
    [undefined, false],
  ])('openid by %j: %s', (scope, expected) =>
    expect(meets('GET /oauth/userinfo', granted(scope))).toBe(expected),
  );

  test.each([
    [['full_access'], true],
    [['users:*', 'cdr:*'], false],
  ])('full_access by %j: %s', (words, expected) => {
    const by = caller({ kind: 'authorization_code' }, 'user', powerOf(words));
    expect(meets('POST /user/change-password', by)).toBe(expected);
  });

  test.each([
    [['full_access', 'users:c'], true],
    [['full_access', 'users:co'], false],
    [['full_access', 'users:rud'], false],
    [['full_access', 'accounts:c'], false],
    [['full_access'], false],
    [['users:*'], false],
  ])('what makes a user by %j: %s', (words, expected) => {
    const by = caller({ kind: 'authorization_code' }, 'user', powerOf(words));
    expect(meets('POST /user', by)).toBe(expected);
  });

  test.each<[string, Given, string, boolean]>([
    ['by a session', { kind: 'webitel' }, 'POST /logout', true],
    ['by a browser, where there is a page', { kind: 'browser' }, 'GET /user', true],
    ['by no browser elsewhere', { kind: 'browser' }, 'POST /logout', false],
    ['by no key', { kind: 'api-key', disabled: false }, 'POST /logout', false],
    ['not by living alone, where a letter is', { kind: 'webitel' }, 'GET /users', false],
    ['nowhere else', { kind: 'webitel' }, 'GET /nowhere', false],
  ])('%s', (_case, session, route, expected) =>
    expect(meets(route, caller(session))).toBe(expected),
  );
});
