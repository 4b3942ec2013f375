/**
 * Every write of ours leaves an event: each route that writes is called, its events are those that the table
 * of routes names, and each is as its JSON Schema in docs/events says.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { makeLink } from '../../lib/account/links.ts';
import { LEAVES } from '../../lib/events/leaves.ts';
import { ROUTES } from '../../lib/faces/admin/routes.ts';
import { readDomain } from '../../lib/store/directory/domains.ts';
import { findUserId } from '../../lib/store/directory/login-owners.ts';
import { readUser } from '../../lib/store/directory/users.ts';
import { type Event, versionedType } from '../../lib/store/events/event.ts';
import { EVENT_TYPE_NAMES } from '../../lib/store/events/types.ts';
import { saveConsent } from '../../lib/store/sessions/consents.ts';
import { instant } from '../../lib/time.ts';
import { basic, form } from '../support/actors/clients.ts';
import { agree, publicClient, refreshWith, sendToken, tokensOf } from '../support/actors/grants.ts';
import { addUser, storePassword } from '../support/actors/people.ts';
import { DOMAIN } from '../support/actors/roles.ts';
import { readRoutes } from '../support/calls/routes.ts';
import { type Admin, all, type Caller, startAdmin } from '../support/running/admin.ts';
import { MAIL_QUEUE } from '../support/running/queues.ts';
import { type Answer, advance, both } from '../support/running/service.ts';
import { eventsIn, numberAll } from '../support/running/trail.ts';
import { press, send as sendForm, signedIn } from '../support/web/account.ts';
import { type Browser, formOf, openBrowser, pageOf } from '../support/web/browser.ts';
import { codeFor, linkTo, linkToSignUp, userNamed } from '../support/web/recovery.ts';
import { addWebClient, requestOf } from '../support/web/sign-in.ts';

let service: Admin;
let root: Caller;
let browser: Browser;
/** Of somebody who signed in by a code. */
let coded: Browser;
const CODED = 'coded@example.com';
/** Of what the step before has made. */
let id = '';
let token = '';
let recovered: Answer;

beforeAll(async () => {
  service = await startAdmin({ DEFAULT_DOMAIN: DOMAIN, MAIL_QUEUE });
  await addWebClient(service, { id: 'asking-app', postLogoutRedirectUris: [] });
  browser = openBrowser(service);
  root = await service.by('100@mydomain.com');
  await act(`PATCH /domains/${DOMAIN}`, { selfDelete: true });
});
beforeEach(async () => {
  root = await service.by('100@mydomain.com');
  advance(1);
});
afterAll(() => service.stop());

const SCHEMAS = join(import.meta.dirname, '../../docs/events');
const ajv = new Ajv2020({ strict: false });
/** @returns What is wrong with it. */
function misfitOf(event: Event): string | undefined {
  const text = readFileSync(join(SCHEMAS, `${versionedType(event)}.json`), 'utf8');
  return ajv.validate(JSON.parse(text), JSON.parse(JSON.stringify(event)))
    ? undefined
    : ajv.errorsText();
}

const setPassword = async (name: string, hash: string | undefined) =>
  storePassword(service.tables.directory, (await userNamed(service, name)).id, hash);

const JSON_TYPE = { 'content-type': 'application/json' };
const act = async (call: string, body?: unknown) => {
  const answer = await service.admin(root, call, { body, headers: { 'if-match': '*' } });
  if (answer.status >= 300) throw new Error(`${call}: ${JSON.stringify(answer.body)}`);
  return answer.body;
};
const send = async (call: string, body?: unknown) => {
  const answer = await service.send(call, {
    headers: { ...JSON_TYPE, ...root.headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (answer.status >= 300) throw new Error(`${call}: ${JSON.stringify(answer.body)}`);
  return answer.body;
};
const anybody = (call: string, body: unknown) =>
  service.send(call, { headers: JSON_TYPE, body: JSON.stringify(body) });
const keyOf = (owner: string) =>
  act('POST /keys', { name: 'of an owner', owner, acl: { cdr: ['r'] } });
const make = async (call: string, body: unknown) => {
  id = String((await act(call, body))['id']);
};
const TOKENS = `/api/v2/domains/${DOMAIN}/settings/token`;
const ROLES = '/api/v2/acl/roles';
const inADay = () => Date.now() + 86_400_000;
const SECRET = { password: 'secret' };
const ADDRESS = 'invitee@example.com';
const LONG = 'eleven old maps of the coast';
/** @returns The name of somebody with an address, the same at each step. */
const invitee = async (): Promise<string> => {
  if (!(await findUserId(service.tables.directory, ADDRESS)))
    await addUser(service, { username: ADDRESS, email: ADDRESS });
  return ADDRESS;
};
const byLink = async (link: string, password = LONG) =>
  browser.post(await browser.post(await browser.go(`GET ${link}`), { action: 'open' }), {
    action: 'save',
    new_password: password,
  });
const MIXER = { username: 'mixer', email: 'mixer@example.com', password: 'ppppp' };

/** Somebody of their own, signed in for the account page. */
async function mine(given: Parameters<typeof addUser>[1] = {}) {
  const { username } = await addUser(service, given);
  return signedIn(service, username);
}
const at = () => instant(Math.floor(Date.now() / 1000));
/** A client that has access, and whose agreement that is. */
async function agreement() {
  const agreed = await agree(service);
  const { subject } = agreed.browser.name;
  const name = { subject, client: agreed.client.id };
  const consent = { scopes: ['openid'], grantedAt: at(), expiresAt: instant(at() + 60) };
  await saveConsent(service.tables.sessions, name, { after: consent });
  await tokensOf(service, agreed);
  const user = await readUser(service.tables.directory, subject);
  return { ...name, username: user?.username ?? '' };
}
async function followLink() {
  const { id: user } = await addUser(service, { email: 'before@example.com' });
  const { directory } = service.tables;
  const [of, domain] = await Promise.all([
    readUser(directory, user),
    readDomain(directory, DOMAIN),
  ]);
  if (!of || !domain) throw new Error('nobody');
  const about = {
    purpose: 'change-email',
    user: of,
    domain,
    address: 'after@example.com',
  } as const;
  const link = await makeLink(service.tables, about, at());
  const reader = openBrowser(service);
  const { action, hidden } = formOf(await reader.go(`GET ${link}`));
  return sendForm(reader, action, hidden);
}

type Step = [route: string, types: readonly string[], run: () => Promise<unknown>];
const A = '/admin/api';
const STEPS: Step[] = [
  [
    'POST /login',
    ['session.opened'],
    () => anybody('POST /login', { username: '200@mydomain.com', ...SECRET }),
  ],
  [
    'POST /login',
    ['session.refused'],
    () => anybody('POST /login', { username: '200@mydomain.com', password: 'wrong' }),
  ],
  [
    'POST /user/auth',
    ['session.opened'],
    () => anybody('POST /user/auth', { username: '200@mydomain.com', ...SECRET }),
  ],
  [
    'POST /user/auth',
    ['session.refused'],
    () => anybody('POST /user/auth', { username: 'who is this', password: 'wrong' }),
  ],
  [
    'POST /api/v1/authenticate',
    ['session.opened'],
    async () => {
      const { username } = await addUser(service, { activated: true });
      return anybody('POST /api/v1/authenticate', { username, ...SECRET });
    },
  ],
  [
    'POST /api/v1/authenticate',
    ['session.refused'],
    () => anybody('POST /api/v1/authenticate', { username: 'nobody at all', password: 'wrong' }),
  ],
  ['POST /logout', ['session.signed-out'], () => logOut()],
  [
    'POST /account/forgot-password',
    [],
    async () => browser.post(await browser.go('GET /account/forgot-password'), { login: 'x' }),
  ],
  ['POST /account/sign-up', [], () => browser.go('POST /account/sign-up', form({ request: '' }))],
  [
    'POST /account/reset-password',
    ['key.created', 'user.changed', 'user.password-changed'],
    async () => {
      const { id: owner } = await userNamed(service, await invitee());
      await keyOf(owner);
      const [grantedAt, expiresAt] = [instant(0), instant(9_000_000_000)];
      const name = { subject: owner, client: 'asking-app' };
      await saveConsent(service.tables.sessions, name, {
        after: { scopes: [], grantedAt, expiresAt },
      });
      recovered = await byLink(await linkTo(service, 'reset-password', ADDRESS));
    },
  ],
  [
    'POST /account/reset-password/access',
    ['consent.withdrawn', 'key.deleted'],
    () => browser.post(recovered),
  ],
  [
    'POST /account/invitation',
    ['user.changed', 'user.password-changed'],
    async () => byLink(await linkTo(service, 'invitation', await invitee())),
  ],
  [
    'POST /account/new-password',
    ['user.changed', 'user.changed', 'user.password-changed'],
    async () => {
      const { id: user } = await userNamed(service, await invitee());
      await act(`PATCH /users/${user}`, { mustChangePassword: true });
      return byLink(await linkTo(service, 'must-change', ADDRESS), `another ${LONG}`);
    },
  ],
  [
    'POST /account/verify-email',
    ['user.changed'],
    async () =>
      browser.post(
        await browser.go(`GET ${await linkTo(service, 'verify-email', await invitee())}`),
      ),
  ],
  [
    `PATCH ${A}/domains/{id}`,
    ['domain.changed'],
    () => act(`PATCH /domains/${DOMAIN}`, { signUp: 'open', emailCodes: true }),
  ],
  [
    'POST /oauth/login',
    ['session.opened', 'user.changed'],
    async () => {
      await addUser(service, { username: CODED, email: CODED });
      await setPassword(CODED, undefined);
      coded = openBrowser(service);
      const login = await coded.authorize(requestOf('asking-app'));
      const page = await coded.submit(login, { username: CODED, action: 'mail-code' });
      return coded.submit(page, { code: await codeFor(service, CODED), action: 'code' });
    },
  ],
  [
    'POST /account/sign-up/finish',
    ['user.created'],
    async () => byLink(await linkToSignUp(service, 'fresh@example.com', DOMAIN)),
  ],
  [
    'POST /oauth/authorize',
    [],
    () =>
      browser.go('POST /oauth/authorize', form(requestOf('asking-app') as Record<string, string>)),
  ],
  [
    'POST /oauth/login',
    ['session.refused'],
    async () => browser.login(await askFor(), '200@mydomain.com', 'wrong'),
  ],
  ['POST /oauth/login', ['session.opened'], async () => browser.login(await askFor())],
  ['POST /oauth/consent', ['consent.given'], () => consent()],
  [
    'POST /oauth/choose',
    [],
    async () => {
      const page = await browser.authorize(requestOf('asking-app', { prompt: 'select_account' }));
      expect(pageOf(page)).toBe('account');
      return browser.submit(page, { action: 'continue' });
    },
  ],
  [
    'POST /oauth/login',
    ['session.ended', 'session.opened'],
    async () => {
      // Another way in is another session.
      await setPassword(CODED, inject('beginning').hash);
      const login = await coded.authorize(requestOf('asking-app', { prompt: 'login' }));
      return coded.login(login, CODED);
    },
  ],
  [
    'POST /account/locked',
    [],
    async () => browser.post(await browser.go('GET /account/locked'), { login: 'x' }),
  ],
  [
    'POST /account/unlock',
    [],
    async () => {
      const email = 'locked@example.com';
      await addUser(service, { username: email, email });
      const other = openBrowser(service);
      const link = await linkTo(service, 'unlock', email);
      return other.post(await other.go(`GET ${link}`), { action: 'open' });
    },
  ],
  ['POST /session/end', [], () => browser.go('POST /session/end', form({}))],
  [
    'POST /session/end/confirm',
    ['session.signed-out'],
    async () => browser.submit(await browser.go('GET /session/end'), { action: 'yes' }),
  ],
  ['POST /oauth/token', ['session.opened'], async () => tokensOf(service, await agree(service))],
  [
    'POST /oauth/token',
    ['session.opened', 'session.reused'],
    async () => {
      const agreement = await agree(service);
      await sendToken(service, agreement.exchange);
      return sendToken(service, agreement.exchange);
    },
  ],
  [
    'POST /oauth/token',
    ['session.opened', 'session.reused'],
    async () => {
      const client = await publicClient(service);
      const { refresh } = await tokensOf(service, await agree(service, { client }));
      await refreshWith(service, client, refresh);
      advance(60);
      return refreshWith(service, client, refresh);
    },
  ],
  // A machine's own token is a line in the log.
  ['POST /oauth/token', [], () => machineToken()],
  [
    'POST /login/connect/token',
    ['session.opened', 'session.reused'],
    async () => {
      const { exchange } = await agree(service);
      const sent = form(exchange);
      await service.send('POST /login/connect/token', sent);
      return service.send('POST /login/connect/token', sent);
    },
  ],
  [
    'POST /oauth/introspect',
    [],
    async () => service.send('POST /oauth/introspect', form({ token: await machineToken() }, DEMO)),
  ],
  [
    'POST /oauth/userinfo',
    [],
    async () =>
      service.send('POST /oauth/userinfo', {
        headers: { authorization: `Bearer ${await machineToken()}` },
      }),
  ],
  [
    'POST /oauth/revoke',
    ['session.ended'],
    async () => service.send('POST /oauth/revoke', form({ token: await machineToken() }, DEMO)),
  ],
  [
    'POST /user',
    ['session.opened', 'user.created'],
    async () => {
      id = ((await anybody('POST /user', MIXER)).body['user'] as { id: string }).id;
    },
  ],
  ['PUT /users/{id}', ['user.changed'], () => send(`PUT /users/${id}`, { plan: 'beta' })],
  [
    'POST /user/reset-password',
    ['user.password-changed'],
    () => send('POST /user/reset-password', { email: MIXER.email, password: 'qqqqq' }),
  ],
  ['POST /user/forgot-password', [], () => anybody('POST /user/forgot-password', { email: 'x' })],
  [
    'POST /user/forgot-password/reset',
    ['user.changed', 'user.password-changed'],
    async () => {
      const link = await linkTo(service, 'reset-password', await invitee());
      const code = new URL(link, 'https://x.example').searchParams.get('secret');
      return anybody('POST /user/forgot-password/reset', { code, password: LONG });
    },
  ],
  [
    'DELETE /users/{id}',
    ['key.created', 'key.deleted', 'user.deleted'],
    async () => {
      await keyOf(id);
      return send(`DELETE /users/${id}`);
    },
  ],
  [
    'POST /user/change-password',
    ['session.refused'],
    () =>
      service.send('POST /user/change-password', {
        headers: { ...JSON_TYPE, ...root.headers },
        body: JSON.stringify({ oldPassword: 'wrong', newPassword: 'secret' }),
      }),
  ],
  [
    'POST /user/change-password',
    ['user.password-changed'],
    () => send('POST /user/change-password', { oldPassword: 'secret', newPassword: 'secret' }),
  ],
  [
    'GET /api/v1/helpdesk/api_key',
    ['settings.changed'],
    () => send('GET /api/v1/helpdesk/api_key'),
  ],
  [
    'POST /api/v1/helpdesk/api_key',
    ['settings.changed'],
    () => send('POST /api/v1/helpdesk/api_key', {}),
  ],
  [
    `POST /api/v2/domains/{name}/settings/token`,
    ['domain-token.created'],
    async () => {
      const { info } = await send(`POST ${TOKENS}`, { role: 'user', expire: inADay() });
      id = (info as { data: { uuid: string } }).data.uuid;
    },
  ],
  [
    'PATCH /api/v2/domains/{name}/settings/token/{uuid}',
    ['domain-token.disabled'],
    () => send(`PATCH ${TOKENS}/${id}`, { state: false }),
  ],
  [
    'PATCH /api/v2/domains/{name}/settings/token/{uuid}',
    ['domain-token.enabled'],
    () => send(`PATCH ${TOKENS}/${id}`, { state: true }),
  ],
  [
    'DELETE /api/v2/domains/{name}/settings/token/{uuid}',
    ['domain-token.deleted'],
    () => send(`DELETE ${TOKENS}/${id}`),
  ],
  [
    'POST /api/v2/acl/roles',
    ['role.created'],
    () => send(`POST ${ROLES}`, { roles: 'told', allows: {} }),
  ],
  [
    'PUT /api/v2/acl/roles/{name}',
    ['role.changed'],
    () => send(`PUT ${ROLES}/told`, { cdr: ['r'] }),
  ],
  ['DELETE /api/v2/acl/roles/{name}', ['role.deleted'], () => send(`DELETE ${ROLES}/told`)],

  [`POST ${A}/users`, ['user.created'], () => make('POST /users', { username: 'u', ...SECRET })],
  [
    `POST ${A}/users/imports`,
    ['user.created', 'user.made-administrator'],
    () => act('POST /users/imports', { users: [{ username: 'moved in', roles: ['root'] }] }),
  ],
  [
    `PATCH ${A}/users/{id}`,
    ['user.changed'],
    () => act(`PATCH /users/${id}`, { profile: { name: 'Ada', address: { country: 'GB' } } }),
  ],
  [
    `PATCH ${A}/users/{id}`,
    ['user.changed', 'user.disabled', 'user.password-changed'],
    () => act(`PATCH /users/${id}`, { disabled: true, password: 'qqqqq', plan: 'x' }),
  ],
  [
    `PATCH ${A}/users/{id}`,
    ['user.changed', 'user.enabled', 'user.made-administrator'],
    () => act(`PATCH /users/${id}`, { disabled: false, roles: ['root'] }),
  ],
  [
    `DELETE ${A}/users/{id}`,
    ['key.created', 'key.deleted', 'user.deleted'],
    async () => {
      await keyOf(id);
      return act(`DELETE /users/${id}`);
    },
  ],
  [
    `POST ${A}/users`,
    ['user.created', 'user.made-administrator'],
    () => make('POST /users', { username: 'second root', ...SECRET, roles: ['root'] }),
  ],
  [`DELETE ${A}/sessions`, ['user.signed-out'], () => act(`DELETE /sessions?subject=${id}`)],
  [
    `DELETE ${A}/me/consents`,
    ['consent.withdrawn', 'session.ended', 'session.opened'],
    async () => {
      const { username, client } = await agreement();
      const { headers } = await service.by(username);
      return service.send(`DELETE ${A}/me/consents?client=${client}`, { headers });
    },
  ],
  [
    'POST /account/profile',
    ['session.opened', 'user.changed'],
    async () => press(await mine(), '/account/profile', 'profile-save', { nickname: 'x' }),
  ],
  ['POST /account/email', ['user.changed'], followLink],
  [
    'POST /account/password',
    ['session.opened', 'user.password-changed'],
    async () =>
      press(await mine(), '/account/password', 'password-submit', {
        oldPassword: 'secret',
        newPassword: 'qqqqq',
      }),
  ],
  [
    'POST /account/password',
    ['session.opened', 'session.refused'],
    async () =>
      press(await mine(), '/account/password', 'password-submit', {
        oldPassword: 'wrong',
        newPassword: 'qqqqq',
      }),
  ],
  [
    'POST /account/sessions',
    ['session.opened', 'session.opened', 'user.signed-out'],
    async () => {
      const one = await mine();
      await signedIn(service, one.username);
      return press(one, '/account/sessions', 'sessions-others', { action: 'others' });
    },
  ],
  [
    'POST /account/sessions',
    ['session.ended', 'session.opened', 'session.opened'],
    async () => {
      const one = await mine();
      await signedIn(service, one.username);
      return press(one, '/account/sessions', 'name="session"');
    },
  ],
  [
    'POST /account/applications',
    ['consent.withdrawn', 'session.ended', 'session.opened', 'session.opened'],
    async () => {
      const { username, client } = await agreement();
      return press(await signedIn(service, username), '/account/applications', `end-${client}`);
    },
  ],
  [
    'POST /account/keys',
    ['key.created', 'key.deleted', 'key.secret-changed', 'session.opened'],
    async () => {
      const one = await mine();
      await press(one, '/account/keys', 'key-make', { name: 'ci' });
      await press(one, '/account/keys', 'name="renew"', { overlap: '0' });
      return press(one, '/account/keys', 'name="key"');
    },
  ],
  [
    'POST /account/delete',
    ['key.created', 'key.deleted', 'session.opened', 'user.deleted'],
    async () => {
      const one = await mine();
      await press(one, '/account/keys', 'key-make', { name: 'ci' });
      return press(one, '/account/delete', 'erase-submit', { name: one.username });
    },
  ],
  [
    `DELETE ${A}/users/{id}/consents`,
    ['consent.withdrawn', 'session.ended', 'session.opened'],
    async () => {
      const { subject, client } = await agreement();
      return act(`DELETE /users/${subject}/consents?client=${client}`);
    },
  ],
  [
    `PATCH ${A}/roles/{id}/preview`,
    [],
    () => act('PATCH /roles/user/preview', { acl: { cdr: ['r'] } }),
  ],
  [
    `POST ${A}/clients`,
    ['client.created'],
    () => act('POST /clients', { id: 'cli', name: 'n', redirectUris: ['https://a.example/b'] }),
  ],
  [
    `PATCH ${A}/clients/{id}`,
    ['client.changed'],
    () => act('PATCH /clients/cli', { name: 'm', roles: ['user'] }),
  ],
  [
    `POST ${A}/clients/{id}/secret`,
    ['client.secret-changed'],
    () => act('POST /clients/cli/secret'),
  ],
  [`DELETE ${A}/sessions`, ['client.signed-out'], () => act('DELETE /sessions?subject=cli')],
  [
    `PATCH ${A}/clients/{id}`,
    ['client.disabled'],
    () => act('PATCH /clients/cli', { disabled: true }),
  ],
  [
    `PATCH ${A}/clients/{id}`,
    ['client.enabled'],
    () => act('PATCH /clients/cli', { disabled: false }),
  ],
  [
    `DELETE ${A}/clients/{id}`,
    ['client.deleted', 'key.created', 'key.deleted'],
    async () => {
      await keyOf('cli');
      return act('DELETE /clients/cli');
    },
  ],

  [`POST ${A}/keys`, ['key.created'], () => make('POST /keys', { name: 'k', acl: { cdr: ['r'] } })],
  [`PATCH ${A}/keys/{id}`, ['key.changed'], () => act(`PATCH /keys/${id}`, { disabled: false })],
  [`PATCH ${A}/keys/{id}`, ['key.disabled'], () => act(`PATCH /keys/${id}`, { disabled: true })],
  [`PATCH ${A}/keys/{id}`, ['key.enabled'], () => act(`PATCH /keys/${id}`, { disabled: false })],
  [`POST ${A}/keys/{id}/secret`, ['key.secret-changed'], () => act(`POST /keys/${id}/secret`)],
  [`DELETE ${A}/keys/{id}`, ['key.deleted'], () => act(`DELETE /keys/${id}`)],

  [
    `POST ${A}/domain-tokens`,
    ['domain-token.created'],
    async () => {
      const wanted = { role: 'user', expiresAt: Math.floor(inADay() / 1000) };
      id = String((await send(`POST ${A}/domain-tokens`, wanted))['id']);
      return act(`GET /domain-tokens/${id}`);
    },
  ],
  [
    `PATCH ${A}/domain-tokens/{id}`,
    ['domain-token.created', 'domain-token.disabled'],
    async () => {
      await send(`POST ${TOKENS}`, { role: 'user', expire: inADay() });
      id = String((await all(service, root, '/domain-tokens'))[0]?.['id']);
      return act(`PATCH /domain-tokens/${id}`, { disabled: true });
    },
  ],
  [
    `PATCH ${A}/domain-tokens/{id}`,
    ['domain-token.enabled'],
    () => act(`PATCH /domain-tokens/${id}`, { disabled: false }),
  ],
  [
    `PATCH ${A}/domain-tokens/{id}`,
    ['domain-token.changed'],
    () => act(`PATCH /domain-tokens/${id}`, { disabled: false }),
  ],
  [
    `DELETE ${A}/domain-tokens/{id}`,
    ['domain-token.deleted'],
    () => act(`DELETE /domain-tokens/${id}`),
  ],
  [
    `POST ${A}/users`,
    ['user.created', 'user.invited'],
    () => make('POST /users', { username: 'guest', email: 'guest@example.com', invite: true }),
  ],
  [
    `POST ${A}/users/{id}/invitation`,
    ['user.invited'],
    () => act(`POST /users/${id}/invitation`, {}),
  ],
  [`POST ${A}/roles`, ['role.created'], () => act('POST /roles', { name: 'r' })],
  [
    `PATCH ${A}/roles/{id}`,
    ['role.changed'],
    () => act('PATCH /roles/r', { acl: { cdr: ['r', 'uo'] } }),
  ],
  [`DELETE ${A}/roles/{id}`, ['role.deleted'], () => act('DELETE /roles/r')],
  [
    `POST ${A}/resources`,
    ['resource.created'],
    () => act('POST /resources', { name: 'res', title: 'What it is' }),
  ],
  [
    `PATCH ${A}/resources/{id+}`,
    ['resource.changed'],
    () => act('PATCH /resources/res', { patterns: ['/x/y'] }),
  ],
  [
    `PATCH ${A}/resources`,
    ['resources.imported'],
    () => act('PATCH /resources', { resources: { res: ['/z'], other: ['/o'] } }),
  ],
  [`DELETE ${A}/resources/{id+}`, ['resource.deleted'], () => act('DELETE /resources/res')],
  [`POST ${A}/domains`, ['domain.created'], () => act('POST /domains', { name: 'd.example' })],
  [
    `PATCH ${A}/domains/{id}`,
    ['domain.changed'],
    () => act('PATCH /domains/d.example', { passwords: 'seed' }),
  ],
  [`DELETE ${A}/sessions`, ['domain.signed-out'], () => act('DELETE /sessions?domain=d.example')],
  [
    `PATCH ${A}/domains/{id}`,
    ['domain.disabled'],
    () => act('PATCH /domains/d.example', { disabled: true }),
  ],
  [
    `PATCH ${A}/domains/{id}`,
    ['domain.enabled'],
    () => act('PATCH /domains/d.example', { disabled: false }),
  ],
  [
    `DELETE ${A}/domains/{id}`,
    [
      ...['domain-token.created', 'domain-token.deleted', 'domain.deleted', 'domain.disabled'],
      ...['key.created', 'key.deleted'],
    ],
    async () => {
      await keyOf('domain#d.example');
      const tokens = '/api/v2/domains/d.example/settings/token';
      await send(`POST ${tokens}`, { role: 'user', expire: inADay() });
      await act('PATCH /domains/d.example', { disabled: true });
      return act('DELETE /domains/d.example');
    },
  ],
  [
    `PATCH ${A}/settings`,
    ['settings.changed'],
    () => act('PATCH /settings', { faveoApiKeyMandatory: true }),
  ],
  [
    `DELETE ${A}/sessions/{id}`,
    ['session.ended', 'session.opened'],
    async () => {
      const { key } = await service.login('100@mydomain.com');
      const own = await all(service, root, '/sessions');
      const session = own.find((one) =>
        Buffer.from(String(one['id']), 'base64url').toString().includes(key),
      );
      return act(`DELETE /sessions/${session?.['id']}`);
    },
  ],
  [
    `POST ${A}/signing-keys/rotation`,
    ['signing-keys.rotation-requested'],
    () => act('POST /signing-keys/rotation').finally(service.rotationsEnd),
  ],
  [
    `POST ${A}/signing-keys/withdrawal`,
    ['signing-keys.withdrawn'],
    () => act('POST /signing-keys/withdrawal').finally(service.rotationsEnd),
  ],
];

const DEMO = basic('demo-api:demo-api-password');
async function machineToken(): Promise<string> {
  const sent = form({ grant_type: 'client_credentials' }, DEMO);
  token = String((await service.send('POST /oauth/token', sent)).body['access_token']);
  return token;
}
const logOut = async () => {
  const { authorization } = root.headers as { authorization: string };
  token = authorization.slice('Bearer '.length);
  const { sid } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return service.send('POST /logout', { headers: both({ token, key: sid }) });
};
const askFor = async () => browser.authorize(requestOf('asking-app'));
async function consent() {
  const page = await askFor();
  expect(pageOf(page)).toBe('consent');
  return browser.submit(page, { action: 'allow' });
}

/** Told by an operator, and by the rotation itself: test/events/operators.test.ts. */
const NOT_OF_A_ROUTE = ['mail.resumed', 'signing-keys.rotated'];

test.each(STEPS)('%s: %j', async (route, types, run) => {
  const before = new Set((await eventsIn(service.tables.events)).map((event) => event.id));
  await run();
  const events = (await eventsIn(service.tables.events))
    .filter((event) => !before.has(event.id))
    .filter(({ type }) => !NOT_OF_A_ROUTE.includes(type));
  expect(events.map(({ type }) => type).sort()).toEqual([...types].sort());
  for (const event of events) {
    expect(misfitOf(event), event.type).toBeUndefined();
    expect(event).toMatchObject({ requestId: expect.any(String), actor: { ip: '192.0.2.1' } });
    expect(JSON.stringify(event)).not.toMatch(
      /argon2|passwordHash|"hash"|"secrets"|lk_|ppppp|qqqqq/,
    );
  }
  const others = types.filter((type) => !LEAVES[route]?.includes(type as never));
  // What a step needs to make first is another route's.
  expect(others.every((type) => /\.(created|opened|disabled)$/.test(type))).toBe(true);
});

test('every route that writes is in the table, and every event in it was seen', () => {
  const isRead = (route: string) =>
    /^(GET|HEAD|OPTIONS) /.test(route) || route.endsWith('{proxy+}') || route === '$default';
  const routes = [
    ...readRoutes().map(({ route }) => route),
    ...Object.keys(ROUTES).map((route) => route.replace(' ', ` ${A}`)),
  ].filter((route) => !isRead(route) || Object.hasOwn(LEAVES, route));
  expect(Object.keys(LEAVES).sort()).toEqual([...new Set(routes)].sort());
  expect([...new Set(STEPS.map(([route]) => route))].sort()).toEqual(routes.sort());
  for (const [route, types] of Object.entries(LEAVES)) {
    const seen = STEPS.filter(([called]) => called === route).flatMap(([, found]) => found);
    expect(
      types.filter((type) => !seen.includes(type)),
      route,
    ).toEqual([]);
  }
});

test('every type is of some route, or known to be of none', () => {
  const told = new Set<string>(Object.values(LEAVES).flat());
  const left = EVENT_TYPE_NAMES.filter((type) => !told.has(type));
  expect(left).toEqual(NOT_OF_A_ROUTE);
});

test('all of them have a number, and fit their schema with it', async () => {
  await numberAll(service.tables.events);
  const events = await eventsIn(service.tables.events);
  for (const event of events) expect(misfitOf(event), event.type).toBeUndefined();
  for (const theirs of Map.groupBy(events, ({ subject }) => subject).values())
    expect(theirs.map(({ seq }) => seq).sort((a = 0, b = 0) => a - b)).toEqual(
      theirs.map((_, index) => index + 1),
    );
});
