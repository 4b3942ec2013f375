/** Statistics of the admin API: what was counted, by the hour, of the whole deployment; and for whom. */
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import type { Rule } from '../../../lib/faces/authorizer/decision-log.ts';
import { DOORS, type REFUSAL_RULES } from '../../../lib/manage/statistics/series.ts';
import { makeRole, makeUser } from '../../support/actors/roles.ts';
import { readRoutes } from '../../support/calls/routes.ts';
import { type Admin, type Caller, startAdmin } from '../../support/running/admin.ts';
import { START } from '../../support/running/service.ts';

let service: Admin;
let root: Caller;
beforeAll(async () => {
  service = await startAdmin({ METRIC_NAMESPACE: 'latchkey-test' });
  root = await service.by('100@mydomain.com');
});
afterEach(() => service.cloudWatch.heal());
afterAll(() => service.stop());

const HOUR = 3600;
const thisHour = Math.floor(START.getTime() / 1000 / HOUR) * HOUR;
const count = (name: string, dimensions: Record<string, string>, hoursAgo: number, value = 1) =>
  service.counted.add({
    namespace: 'latchkey-test',
    name,
    dimensions,
    values: [value],
    at: (thisHour - hoursAgo * HOUR) * 1000 + 1,
  });
const show = (query = '', who = root) => service.admin(who, `GET /statistics${query}`);

test('count by the hour, the one that runs last, and leave out what never happened', async () => {
  count('SignedIn', { door: 'POST /login' }, 0, 3);
  count('SignedIn', { door: 'POST /login' }, 23, 2);
  count('NotSignedIn', { door: 'POST /oauth/login' }, 1);
  count('Refused', { function: 'authorizer', rule: 'letter-not-held' }, 2, 5);
  count('SessionsEnded', { function: 'trail', event: 'session.signed-out' }, 0);
  const { status, body } = await show();
  expect(status).toBe(200);
  expect(body).toEqual({
    from: thisHour - 23 * HOUR,
    to: thisHour + HOUR,
    signIns: [{ by: 'POST /login', counts: [2, ...Array(22).fill(0), 3] }],
    signInsRefused: [{ by: 'POST /oauth/login', counts: [...Array(22).fill(0), 1, 0] }],
    callsAllowed: [],
    callsRefused: [{ by: 'letter-not-held', counts: [...Array(21).fill(0), 5, 0, 0] }],
    sessionsEnded: [{ by: 'session.signed-out', counts: [...Array(23).fill(0), 1] }],
  });
});

test('leave out what is older than the span, and what is of another deployment', async () => {
  count('Allowed', { function: 'authorizer' }, 24, 7);
  service.counted.add({
    namespace: 'latchkey-other',
    name: 'Allowed',
    dimensions: { function: 'authorizer' },
    values: [9],
    at: thisHour * 1000,
  });
  expect((await show()).body['callsAllowed']).toEqual([]);
  const { body } = await show('?span=7d');
  expect(body['from']).toBe(thisHour - 167 * HOUR);
  const [all] = body['callsAllowed'] as { counts: number[] }[];
  expect(all?.counts).toHaveLength(168);
  expect(all?.counts.at(-25)).toBe(7);
});

test('put together what CloudWatch answers in pages', async () => {
  const page = (hoursAgo: number, NextToken?: string) => ({
    status: 200,
    body: {
      MetricDataResults: [
        {
          Id: 'm0',
          Timestamps: [thisHour - hoursAgo * HOUR],
          Values: [hoursAgo],
          StatusCode: NextToken ? 'PartialData' : 'Complete',
        },
      ],
      NextToken,
    },
  });
  service.cloudWatch.inject(({ body }) => (body['NextToken'] ? page(2) : page(1, 'more')));
  expect((await show()).body['signIns']).toEqual([
    { by: 'POST /login', counts: [...Array(21).fill(0), 2, 1, 0] },
  ]);
});

describe('are refused', () => {
  test('to an administrator of one domain: they are of all domains', async () => {
    const { status, body } = await show('', await service.by('demoadmin'));
    expect(status).toBe(403);
    expect(body['rule']).toBe('not-permitted');
  });
  test('to whoever may see only their own', async () => {
    await makeRole(service, { name: 'own-counter', acl: { 'admin/statistics': ['ro'] } });
    await makeUser(service, 'own-counter', ['own-counter']);
    const { status, body } = await show('', await service.by('own-counter'));
    expect(status).toBe(403);
    expect(body['rule']).toBe('own-only');
  });
  test.each(['?span=30d', '?span=', '?domain=mydomain.com', '?span=24h&span=7d'])(
    '%s',
    async (query) => expect((await show(query)).status).toBe(400),
  );
  test.each(['POST', 'PATCH', 'DELETE'])('%s', async (method) =>
    expect((await service.admin(root, `${method} /statistics`)).status).toBe(405),
  );
});

test('are seen by whoever holds r on admin/statistics, and by nobody else', async () => {
  await makeRole(service, { name: 'counter', acl: { 'admin/statistics': ['r'] } });
  await makeUser(service, 'counter', ['counter']);
  expect((await show('', await service.by('counter'))).status).toBe(200);
});

describe('where CloudWatch fails', () => {
  test.each([
    ['does not answer', { status: 500, body: { __type: 'InternalServiceFault' } }, 503],
    ['throttles', { status: 400, body: { __type: 'ThrottlingException' } }, 503],
    ['refuses', { status: 400, body: { __type: 'AccessDeniedException' } }, 500],
  ] as const)('it %s: the answer is no empty statistics', async (_case, fault, status) => {
    service.cloudWatch.inject(() => fault);
    const answer = await show();
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).not.toContain('CloudWatch');
  });
  test.each([
    ['Forbidden', 500],
    ['InternalError', 503],
  ])('of a metric, by %s', async (StatusCode, status) => {
    service.cloudWatch.inject(() => (answer) => {
      const results = answer['MetricDataResults'] as object[];
      return { ...answer, MetricDataResults: results.map((it) => ({ ...it, StatusCode })) };
    });
    expect((await show()).status).toBe(status);
  });
});

test('ask for every rule by which the authorizer refuses', () => {
  expectTypeOf<(typeof REFUSAL_RULES)[number]>().toEqualTypeOf<Rule>();
});

test('ask for every door at which people sign in', () => {
  const doors = readRoutes().filter(
    ({ route, function: name }) => name === 'login' || route === 'POST /oauth/login',
  );
  expect(doors.map(({ route }) => route).sort()).toEqual([...DOORS].sort());
});
