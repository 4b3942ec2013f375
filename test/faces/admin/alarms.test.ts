/** Alarms by the admin API: how those of this deployment stand, and for whom. Real function, real wire. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeRole, makeUser } from '../../support/actors/roles.ts';
import { type Admin, type Caller, startAdmin } from '../../support/running/admin.ts';

const NAMES = ['TrailLostAlarm-1A2B', 'RotationAlarm-3C', 'ApiFaultsAlarm-4D'].map(
  (name) => `latchkey-prod-eu-${name}`,
);
const SINCE = 1_760_000_000;
let service: Admin;
let root: Caller;
beforeAll(async () => {
  service = await startAdmin({ ALARMS: NAMES.join(',') });
  root = await service.by('100@mydomain.com');
});
afterEach(() => service.cloudWatch.heal());
afterAll(() => service.stop());

const show = (who = root, query = '') => service.admin(who, `GET /statistics/alarms${query}`);
const standing = (AlarmName: string, StateValue: string) => ({
  AlarmName,
  AlarmDescription: `about ${AlarmName.split('-')[3]}`,
  StateValue,
  StateTransitionedTimestamp: SINCE,
});

test('says which are up first, since when, and by the names that the documents have', async () => {
  const states = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];
  service.cloudWatch.requests.length = 0;
  service.cloudWatch.inject(() => ({
    status: 200,
    body: { MetricAlarms: NAMES.map((name, index) => standing(name, states[index] ?? '')) },
  }));
  const { status, body } = await show();
  expect(status).toBe(200);
  expect(body['items']).toEqual([
    { name: 'RotationAlarm', what: 'about RotationAlarm', state: 'alarm', since: SINCE },
    { name: 'ApiFaultsAlarm', what: 'about ApiFaultsAlarm', state: 'unknown', since: SINCE },
    { name: 'TrailLostAlarm', what: 'about TrailLostAlarm', state: 'ok', since: SINCE },
  ]);
  expect(service.cloudWatch.requests).toMatchObject([{ body: { AlarmNames: NAMES } }]);
});

test('says none where there are none, as on a developer’s machine', async () =>
  expect((await show()).body).toEqual({ items: [] }));

test.each<[string, () => Promise<Caller>, number]>([
  ['an administrator of one domain', () => service.by('demoadmin'), 403],
  ['whoever may see only their own', () => ownOnly(), 403],
  ['nobody', async () => ({ headers: {} }), 401],
])('is refused to %s: alarms are of all domains', async (_case, who, status) => {
  expect((await show(await who())).status).toBe(status);
});

async function ownOnly(): Promise<Caller> {
  await makeRole(service, { name: 'own-alarms', acl: { 'admin/statistics': ['ro'] } });
  await makeUser(service, 'own-alarms', ['own-alarms']);
  return service.by('own-alarms');
}

test.each([
  ['does not answer', { status: 500, body: {} }, 503],
  ['throttles', { status: 400, body: { __type: 'Throttling' } }, 503],
  ['refuses', { status: 400, body: { __type: 'AccessDenied' } }, 500],
])(
  'where CloudWatch %s, it is an error, and not the news that all is well',
  async (_case, fault, status) => {
    service.cloudWatch.inject(() => fault);
    const answer = await show();
    expect(answer.status).toBe(status);
    expect(answer.body).not.toHaveProperty('items');
  },
);
