/**
 * What the authorizer logged of one call, found by its request id through the admin API. Real handlers, real
 * store, the log over the wire; nothing patched but where the lines go.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { addUser } from '../../support/actors/people.ts';
import { makeDomain, makeRole, makeUser } from '../../support/actors/roles.ts';
import { sessionOf } from '../../support/actors/sessions.ts';
import { httpCall } from '../../support/calls/events.ts';
import { type Admin, type Caller, startAdmin } from '../../support/running/admin.ts';
import { DECISION_LOG, START } from '../../support/running/service.ts';

const NOW = START.getTime();
const HOUR = 3_600_000;
let service: Admin;
let root: Caller;
let near: Caller;
let far: Caller;
let own: Caller;
beforeAll(async () => {
  service = await startAdmin();
  await makeDomain(service, 'far.com');
  await makeRole(service, { name: 'reads-audit', acl: { 'admin/audit': ['r'] } });
  await makeRole(service, { name: 'reads-own', acl: { 'admin/audit': ['ro'] } });
  await makeUser(service, 'near', ['reads-audit']);
  await makeUser(service, 'boss@far.com', ['reads-audit'], 'far.com');
  await makeUser(service, 'own', ['reads-own']);
  [root, near, far, own] = (await Promise.all(
    ['100@mydomain.com', 'near', 'boss@far.com', 'own'].map((name) => service.by(name)),
  )) as [Caller, Caller, Caller, Caller];
});
afterEach(() => {
  service.logs.heal();
  service.logged.length = 0;
});
afterAll(() => service.stop());

/** As the real authorizer writes it, in the log of this deployment. */
async function refused(token: string, requestId: string, at = NOW) {
  const written = vi.spyOn(console, 'info').mockImplementation(() => {});
  const event = httpCall('DELETE /cdr/1', { authorization: `Bearer ${token}` });
  const sent = { ...event, requestContext: { ...event.requestContext, requestId } };
  await service.authorizer(sent as never).catch(() => undefined);
  const lines = written.mock.calls.map(([line]) => JSON.parse(String(line)));
  written.mockRestore();
  service.logged.push(...lines.map((members) => ({ group: DECISION_LOG, members, at })));
}
const find = (request: string, who = root, more = '') =>
  service.admin(who, `GET /audit/decisions?request=${request}${more}`);
const found = async (...asked: Parameters<typeof find>) =>
  (await find(...asked)).body['items'] as Record<string, unknown>[];

describe('a call that was refused', () => {
  test('is found by its id: who, on what, why, and what explains it now', async () => {
    const { token, key } = await sessionOf(service, 'near');
    await refused(token, 'AbC-1_2=');
    const { status, body } = await find('AbC-1_2=');
    expect(status).toBe(200);
    const [line] = body['items'] as Record<string, unknown>[];
    expect(line).toEqual({
      at: NOW / 1000,
      ...{ code: 'forbidden', rule: 'letter-not-held', resource: 'cdr', letter: 'd' },
      reason: 'the caller does not hold d on cdr',
      ...{ key, subject: expect.any(String), client: 'webitel', domain: 'mydomain.com' },
      ...{ api: 'api123', stage: '$default', address: '192.0.2.1', mode: 'strict' },
      ms: expect.any(Number),
      credential: expect.any(String),
    });
    const now = `GET /sessions/${line?.['credential']}/explain?method=DELETE&path=/cdr/1`;
    expect((await service.admin(root, now)).body).toMatchObject({ verdict: 'forbidden' });
  });

  test('of a credential that nothing proves says whose it claims to be, and explains none', async () => {
    const claims = { sub: 'somebody', domain: 'far.com' };
    const token = ['{"alg":"ES256","typ":"at+jwt"}', JSON.stringify(claims), 'signature']
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.');
    await refused(token, 'forged');
    const [line] = await found('forged');
    expect(line).toMatchObject({ code: 'unauthenticated', claimed: { domain: 'far.com' } });
    expect(line).not.toHaveProperty('credential');
    expect(JSON.stringify(line)).not.toContain(token);
    expect(await found('forged', far)).toHaveLength(1);
    expect(await found('forged', near)).toEqual([]);
  });

  test('is shown to administrators of its domain, and of no other', async () => {
    const { username } = await addUser(service);
    await refused((await sessionOf(service, username)).token, 'of-mydomain');
    expect(await found('of-mydomain', near)).toHaveLength(1);
    expect(await found('of-mydomain', far)).toEqual([]);
  });

  test('is shown to who may see own objects only where it is their own', async () => {
    await refused((await sessionOf(service, 'near')).token, 'of-near');
    await refused((await sessionOf(service, 'own')).token, 'of-own');
    expect(await found('of-near', own)).toEqual([]);
    expect(await found('of-own', own)).toHaveLength(1);
  });

  test('is found in the last hour, unless more are asked for', async () => {
    const { token } = await sessionOf(service, 'near');
    await refused(token, 'long-ago', NOW - 2 * HOUR);
    expect(await found('long-ago')).toEqual([]);
    expect(await found('long-ago', root, '&hours=3')).toHaveLength(1);
    await refused(token, 'too-long-ago', NOW - 25 * HOUR);
    expect(await found('too-long-ago', root, '&hours=24')).toEqual([]);
  });
});

test('what is no decision, is of another log, or of another call, is not found', async () => {
  const members = { code: 'forbidden', requestId: 'other', api: 'a', mode: 'strict', ms: 1 };
  service.logged.push(
    { group: '/aws/lambda/latchkey-test-login', members: { ...members, requestId: 'id' }, at: NOW },
    { group: DECISION_LOG, members, at: NOW },
    { group: DECISION_LOG, members: { requestId: 'id', code: 'metrics' }, at: NOW },
  );
  expect(await found('id')).toEqual([]);
});

test.each([
  ['an id in which a query could hide', 'request=a%22%20%7C%20fields%20%40message'],
  ['no id', 'hours=1'],
  ['an id that is too long', `request=${'a'.repeat(65)}`],
  ['a span that would cost', 'request=a&hours=25'],
  ['a span of nothing', 'request=a&hours=0'],
  ['another parameter', 'request=a&group=/aws/lambda/other'],
])('refuses %s, and asks nobody', async (_case, query) => {
  service.logs.requests.length = 0;
  expect((await service.admin(root, `GET /audit/decisions?${query}`)).status).toBe(400);
  expect(service.logs.requests).toEqual([]);
});

test('wants r on admin/audit', async () => {
  await makeUser(service, 'nobody', ['user']);
  expect((await find('a', await service.by('nobody'))).status).toBe(403);
  expect((await find('a', { headers: {} })).status).toBe(401);
});

test.each<[string, object, number]>([
  ['too many queries at once', { status: 400, body: { __type: 'LimitExceededException' } }, 503],
  ['a log that does not answer', { status: 500, body: {} }, 503],
  ['a permission that is missing', { status: 400, body: { __type: 'AccessDeniedException' } }, 500],
])('%s is an error, and no empty answer', async (_case, answer, status) => {
  service.logs.inject(() => answer as never);
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => {});
  expect((await find('a')).status).toBe(status);
  quiet.mockRestore();
});
