/** What users have agreed to: shown, and taken back. Real functions, real store; nothing patched. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveConsent } from '../../../lib/store/sessions/consents.ts';
import { instant } from '../../../lib/time.ts';
import { claimsOf } from '../../support/actors/accounts.ts';
import {
  agree,
  openBrowser,
  refreshWith,
  sendToken,
  webClient,
} from '../../support/actors/grants.ts';
import { makeDomain, makeRole, makeUser } from '../../support/actors/roles.ts';
import { httpCall } from '../../support/calls/events.ts';
import { type Admin, all, type Caller, startAdmin } from '../../support/running/admin.ts';
import { outcome, START } from '../../support/running/service.ts';
import { eventsIn } from '../../support/running/trail.ts';

const NOW = START.getTime() / 1000;
let service: Admin;
let root: Caller;
let far: Caller;
let weak: Caller;

beforeAll(async () => {
  service = await startAdmin();
  await makeDomain(service, 'far.com');
  await makeRole(service, { name: 'reader', acl: { cdr: ['r'] } });
  await makeRole(service, { name: 'weak', acl: { 'admin/users': ['r', 'd'] } });
  await makeUser(service, 'boss@far.com', ['admin'], 'far.com');
  await makeUser(service, 'weak', ['weak']);
  root = await service.by('100@mydomain.com');
  far = await service.by('boss@far.com');
  weak = await service.by('weak');
});
afterAll(() => service.stop());

const AGREEMENT = 'agreement-1';
let count = 0;
/** A user who has let a client in, offline too. */
async function letIn() {
  count += 1;
  const { id } = await makeUser(service, `agreeing-${count}`, ['reader']);
  const client = await webClient(service, {
    name: 'Calendar',
    scopes: ['cdr:r', 'full_access'],
    grants: ['authorization_code', 'refresh_token'],
  });
  const browser = await openBrowser(service, id);
  await saveConsent(
    service.tables.sessions,
    { subject: id, client: client.id },
    {
      after: {
        scopes: ['openid', 'full_access'],
        agreement: AGREEMENT,
        grantedAt: instant(NOW),
        expiresAt: instant(NOW + 86_400),
      },
    },
  );
  const scope = 'openid full_access offline_access';
  const { exchange } = await agree(service, { client, browser, scope });
  const { status, body } = await sendToken(service, exchange);
  expect(status, JSON.stringify(body)).toBe(200);
  const token = String(body['access_token']);
  return { id, client, browser, token, refresh: String(body['refresh_token']) };
}
const consents = (id: string, who = root) => all(service, who, `/users/${id}/consents`);
const withdraw = (id: string, client: string, who = root) =>
  service.admin(who, `DELETE /users/${id}/consents?client=${client}`);
const use = async (token: string) =>
  (
    await outcome(() =>
      service.authorizer(httpCall('GET /cdr', { authorization: `Bearer ${token}` })),
    )
  ).status;

describe('what a user has agreed to', () => {
  test('is shown with the name of the client, its scopes and its times', async () => {
    const { id, client } = await letIn();
    expect(await consents(id)).toEqual([
      {
        client: client.id,
        name: 'Calendar',
        scopes: ['openid', 'full_access'],
        grantedAt: NOW,
        expiresAt: NOW + 86_400,
      },
    ]);
    const place = `GET /users/${id}/consents`;
    expect((await service.admin(far, place)).status).toBe(404);
    expect((await service.admin(root, 'GET /users/nobody/consents')).status).toBe(404);
  });

  test('is taken back: the next call and the next refresh are refused', async () => {
    const { id, client, token, refresh } = await letIn();
    expect(await use(token)).toBe(200);
    expect((await withdraw(id, client.id)).status).toBe(204);
    expect(await consents(id)).toEqual([]);
    expect(await use(token)).toBe(401);
    expect((await refreshWith(service, client, refresh)).status).toBe(400);
  });

  test('takes the codes with it that are on their way', async () => {
    const { id, client, browser } = await letIn();
    const { exchange } = await agree(service, {
      client,
      browser,
      consent: { agreement: AGREEMENT },
    });
    await withdraw(id, client.id);
    const { status, body } = await sendToken(service, exchange);
    expect([status, body['error']]).toEqual([400, 'invalid_grant']);
  });

  test('leaves nothing alive of a code that is spent at that moment', async () => {
    const races = await Promise.all(Array.from({ length: 8 }, letIn));
    for (const [index, { id, client, browser }] of races.entries()) {
      const given = { client, browser, consent: { agreement: AGREEMENT } };
      const { exchange } = await agree(service, given);
      // Each starts a little later in the course of the other.
      const later = () => new Promise((resolve) => setTimeout(resolve, index));
      const [spent, taken] = await Promise.all([
        sendToken(service, exchange),
        later().then(() => withdraw(id, client.id)),
      ]);
      expect(taken.status).toBe(204);
      const left = spent.status === 200 ? await use(String(spent.body['access_token'])) : 401;
      expect([spent.status, left]).toEqual([expect.toBeOneOf([200, 400]), 401]);
    }
  });

  test('leaves the other clients of the user alone, and other users of the client', async () => {
    const [one, other] = [await letIn(), await letIn()];
    await withdraw(one.id, other.client.id);
    expect(await use(one.token)).toBe(200);
    expect(await use(other.token)).toBe(200);
    expect(await consents(one.id)).toHaveLength(1);
  });

  test('leaves an event of the agreement, and one of each grant that it ends', async () => {
    const { id, client, token } = await letIn();
    await withdraw(id, client.id);
    await withdraw(id, client.id);
    const told = (await eventsIn(service.tables.events)).filter(
      ({ target, type }) => target === id && /withdrawn|ended/.test(type),
    );
    expect(told).toMatchObject([
      {
        type: 'consent.withdrawn',
        detail: { client: client.id, scopes: ['openid', 'full_access'] },
      },
      {
        type: 'session.ended',
        detail: { why: 'administrator', client: client.id, sid: claimsOf(token)['sid'] },
      },
    ]);
  });

  test('is ended also where only grants are left of it', async () => {
    const { id, client, browser } = await letIn();
    await withdraw(id, client.id);
    const { exchange } = await agree(service, { client, browser });
    const { body } = await sendToken(service, exchange);
    const token = String(body['access_token']);
    expect(await use(token)).toBe(200);
    expect((await withdraw(id, client.id)).status).toBe(204);
    expect(await use(token)).toBe(401);
  });

  test.each<[string, () => Caller, number]>([
    ['another domain', () => far, 404],
    ['less than the user may do', () => weak, 403],
  ])('is not taken back by an administrator of %s', async (_case, who, status) => {
    const { id, client, token } = await letIn();
    expect((await withdraw(id, client.id, who())).status).toBe(status);
    expect(await use(token)).toBe(200);
  });

  test('needs the client to be named', async () => {
    const { id } = await letIn();
    expect((await service.admin(root, `DELETE /users/${id}/consents`)).status).toBe(400);
  });
});
