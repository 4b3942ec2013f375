/** What belongs to every person whatever their roles, through the API: consents and activity of their own. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveConsent } from '../../../lib/store/sessions/consents.ts';
import { instant } from '../../../lib/time.ts';
import { agree, openBrowser, tokensOf, webClient } from '../../support/actors/grants.ts';
import { addUser } from '../../support/actors/people.ts';
import { type Admin, startAdmin } from '../../support/running/admin.ts';
import { advance } from '../../support/running/service.ts';
import { addWebClient } from '../../support/web/sign-in.ts';

let service: Admin;
beforeAll(async () => {
  service = await startAdmin();
  await addWebClient(service, { id: 'asking-app' });
});
afterAll(() => service.stop());

type Headers = Record<string, string>;
const CONSENTS = '/admin/api/me/consents';
const ACTIVITY = '/admin/api/me/activity';
const get = (path: string, headers: Headers) => service.send(`GET ${path}`, { headers });
const withdraw = (client: string, headers: Headers) =>
  service.send(`DELETE ${CONSENTS}?client=${client}`, { headers });

/** Nobody who holds a letter of the administration. */
async function person() {
  const { id, username } = await addUser(service, { roles: [] });
  const at = Math.floor(Date.now() / 1000);
  const consent = { scopes: ['openid'], grantedAt: instant(at), expiresAt: instant(at + 60) };
  await saveConsent(
    service.tables.sessions,
    { subject: id, client: 'asking-app' },
    { after: consent },
  );
  const { token } = await service.login(username);
  return { id, username, headers: { authorization: `Bearer ${token}` } };
}

describe('consents', () => {
  test('of one’s own are listed, and taken back, once and for all', async () => {
    const { headers } = await person();
    const { body } = await get(CONSENTS, headers);
    expect(body['items']).toMatchObject([{ client: 'asking-app', name: 'Web App' }]);
    expect((await withdraw('asking-app', headers)).status).toBe(204);
    expect((await withdraw('asking-app', headers)).status).toBe(204);
    expect((await get(CONSENTS, headers)).body['items']).toEqual([]);
  });

  test('of somebody else stay as they are', async () => {
    const [one, other] = [await person(), await person()];
    await withdraw('asking-app', one.headers);
    expect((await get(CONSENTS, other.headers)).body['items']).toHaveLength(1);
  });

  test('which one is not left open', async () => {
    const { headers } = await person();
    expect((await service.send(`DELETE ${CONSENTS}`, { headers })).status).toBe(400);
    expect((await withdraw('', headers)).status).toBe(400);
    expect((await get(CONSENTS, headers)).body['items']).toHaveLength(1);
  });
});

describe('activity', () => {
  test('is what happened to the account and what its person did, newest first, page by page', async () => {
    const { headers, username } = await person();
    await withdraw('asking-app', headers);
    advance(2);
    await service.login(username);
    await service.readEvents();
    const types = async (path: string) => {
      const { status, body } = await get(path, headers);
      expect(status).toBe(200);
      const items = body['items'] as { type: string; by: string }[];
      return { next: body['next'], items: items.map(({ type, by }) => [type, by]) };
    };
    const wanted = [
      ['session.opened', 'oneself'],
      ['consent.withdrawn', 'oneself'],
      ['session.opened', 'oneself'],
    ];
    expect((await types(ACTIVITY)).items).toEqual(wanted);
    const first = await types(`${ACTIVITY}?limit=2`);
    expect(first.items).toEqual(wanted.slice(0, 2));
    const rest = await types(`${ACTIVITY}?limit=2&cursor=${first.next}`);
    expect(rest.items).toEqual(wanted.slice(2));
  });

  test('tells of a wrong password from where it came, and not who administers', async () => {
    const { id, username, headers } = await person();
    await service.postLogin({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: 'wrong' }),
      ip: '198.51.100.7',
    });
    const root = await service.by('100@mydomain.com');
    const change = { body: { profile: { nickname: 'x' } }, headers: { 'if-match': '*' } };
    await service.admin(root, `PATCH /users/${id}`, change);
    await service.readEvents();
    const { body, text } = await get(ACTIVITY, headers);
    const items = body['items'] as { type: string; by: string; ip?: string }[];
    expect(items.find(({ type }) => type === 'session.refused')).toMatchObject({
      by: 'nobody',
      ip: '198.51.100.7',
    });
    const changed = items.find(({ type }) => type === 'user.changed');
    expect(changed?.by).toBe('other');
    expect(changed).not.toHaveProperty('ip');
    expect(text).not.toContain('100@mydomain.com');
  });

  test('a cursor of somebody else is none', async () => {
    const [one, other] = [await person(), await person()];
    advance(2);
    await service.login(one.username);
    await service.readEvents();
    const { body } = await get(`${ACTIVITY}?limit=1`, one.headers);
    expect(body['next']).toBeDefined();
    const { status } = await get(`${ACTIVITY}?limit=1&cursor=${body['next']}`, other.headers);
    expect(status).toBe(400);
  });
});

describe('a person’s own sign-in alone will do', () => {
  test.each([CONSENTS, ACTIVITY])(
    '%s is no client’s, not even of one with full access',
    async (path) => {
      const { id } = await addUser(service, { roles: [] });
      const client = await webClient(service, { scopes: ['full_access', 'openid'] });
      const browser = await openBrowser(service, id);
      const scope = 'openid full_access';
      const { access } = await tokensOf(service, await agree(service, { client, browser, scope }));
      expect((await get(path, { authorization: `Bearer ${access}` })).status).toBe(403);
      expect((await get(path, {})).status).toBe(401);
    },
  );

  test.each([`POST ${CONSENTS}`, `PATCH ${CONSENTS}`, `DELETE ${ACTIVITY}`])(
    '%s is no method of theirs',
    async (call) => {
      const { headers } = await person();
      const { status, headers: told } = await service.send(call, { headers });
      expect([status, told['allow']]).toEqual([405, expect.stringContaining('GET')]);
    },
  );
});
