/** Why a call of one's own is refused, told to whoever holds the credential: real functions, real store. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimsOf } from '../../support/actors/accounts.ts';
import { addClient, tokenOf } from '../../support/actors/clients.ts';
import { agree, openBrowser, tokensOf, webClient } from '../../support/actors/grants.ts';
import { addUser } from '../../support/actors/people.ts';
import { makeRole } from '../../support/actors/roles.ts';
import { httpCall } from '../../support/calls/events.ts';
import { type Admin, startAdmin } from '../../support/running/admin.ts';
import { both, outcome } from '../../support/running/service.ts';

let service: Admin;
let nobodyToken: string;
beforeAll(async () => {
  service = await startAdmin();
  await makeRole(service, { name: 'reader', acl: { cdr: ['r'], 'cdr/files': ['ro'] } });
  const { username } = await addUser(service, { roles: ['reader'] });
  nobodyToken = (await service.login(username)).token;
});
afterAll(() => service.stop());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const ask = (headers: Record<string, string>, call: string) => {
  const [method = '', path = ''] = call.split(' ');
  const query = new URLSearchParams({ method, path });
  return service.send(`GET /admin/api/me/explain?${query}`, { headers });
};

describe('a caller who is no administrator', () => {
  test.each([
    ['GET /cdr/7', 'allowed', false],
    ['GET /cdr/files/7', 'allowed', true],
    ['DELETE /cdr/7', 'forbidden', false],
    ['GET /nowhere', 'forbidden', false],
    ['TRACE /cdr', 'forbidden', false],
    ['GET /admin/api/users', 'forbidden', false],
  ])('is told of %s: %s', async (call, verdict, own) => {
    const { status, body } = await ask(bearer(nobodyToken), call);
    expect(status).toBe(200);
    expect(body).toMatchObject({ verdict, own });
    const judged = await outcome(() => service.authorizer(httpCall(call, bearer(nobodyToken))));
    expect(judged.status === 200 ? 'allowed' : 'forbidden').toBe(verdict);
  });

  test('is told which check refuses it', async () => {
    const { body } = await ask(bearer(nobodyToken), 'DELETE /cdr/7');
    expect(body['steps']).toContainEqual({
      ...{ check: 'role reader', passed: false, detail: 'd on cdr: not granted' },
    });
  });
});

test('a client whose token has no scope of an API is told so', async () => {
  const client = await addClient(service, { roles: ['reader'], scopes: ['profile'] });
  const token = await tokenOf(service, client);
  const { status, body } = await ask(bearer(token), 'GET /cdr');
  expect([status, body['verdict']]).toEqual([200, 'forbidden']);
  expect(JSON.stringify(body['steps'])).toContain('no scope of an API');
});

test.each(['openid', 'cdr:r', 'openid cdr:r cdr/files:r'])(
  'A1: an application with %s alone is told neither who its user is nor by which roles they may',
  async (scope) => {
    const { id, username } = await addUser(service, { roles: ['reader'] });
    const client = await webClient(service, { scopes: ['openid', 'cdr:r', 'cdr/files:r'] });
    const browser = await openBrowser(service, id);
    const { access } = await tokensOf(service, await agree(service, { client, browser, scope }));
    for (const call of ['GET /cdr', 'GET /cdr/files/7', 'DELETE /cdr/7', 'GET /users']) {
      const { status, body, text } = await ask(bearer(access), call);
      const judged = await outcome(() => service.authorizer(httpCall(call, bearer(access))));
      const verdict = judged.status === 200 ? 'allowed' : 'forbidden';
      expect([call, status, body['verdict']]).toEqual([call, 200, verdict]);
      for (const word of [username, 'mydomain.com', 'reader', 'all together'])
        expect(text).not.toContain(word);
      expect(text).toContain(`scope ${scope}`);
    }
  },
);

test('each way to present a credential counts', async () => {
  const key = String(claimsOf(nobodyToken)['sid']);
  const { status } = await ask(both({ token: nobodyToken, key }), 'GET /cdr');
  expect(status).toBe(200);
});

describe('nobody else learns anything', () => {
  const NOBODY = { code: 'invalid_token', rule: 'token-invalid' };

  test.each([
    ['nothing', () => ({})],
    ['a token that is not ours', () => bearer('a.b.c')],
    ['a token in two places', () => ({ ...bearer(nobodyToken), 'x-api-key': 'lk_x' })],
  ])('%s', async (_case, headers) => {
    const { status, body } = await ask(headers(), 'GET /cdr');
    expect(status).toBe(401);
    expect(body).toMatchObject(NOBODY);
  });

  test('a session that has ended', async () => {
    const { username } = await addUser(service, { roles: ['reader'] });
    const ended = await service.login(username);
    await service.logout(ended);
    const { status, body } = await ask(bearer(ended.token), 'GET /cdr');
    expect(status).toBe(401);
    expect(JSON.stringify(body)).not.toContain('ended');
  });
});

test.each([
  ['no path', 'method=GET'],
  ['no method', 'path=/cdr'],
  ['a method in small letters', 'method=get&path=/cdr'],
  ['a path without a slash', 'method=GET&path=cdr'],
  ['a member too many', 'method=GET&path=/cdr&subject=me'],
  ['a parameter twice', 'method=GET&path=/cdr&path=/book'],
])('%s is a 400 that names it', async (_case, query) => {
  const call = `GET /admin/api/me/explain?${query}`;
  const { status } = await service.send(call, { headers: bearer(nobodyToken) });
  expect(status).toBe(400);
});
