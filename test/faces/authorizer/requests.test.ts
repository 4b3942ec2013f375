/** What a verdict costs: one request to DynamoDB, none to Secrets Manager; and who can raise it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addUser, assignRoles } from '../../support/actors/people.ts';
import { forge, signingKeys } from '../../support/actors/tokens.ts';
import { httpCall } from '../../support/calls/events.ts';
import {
  advance,
  bearer,
  type Credential,
  coldStart,
  type Service,
  startService,
} from '../../support/running/service.ts';

let service: Service;
let user: { id: string; username: string };
let session: Credential;
beforeAll(async () => {
  service = await startService();
  user = await addUser(service);
  session = await service.login(user.username);
  await service.call(session, 'GET /cdr');
});
afterAll(() => service.stop());

const requestsOf = async (work: () => Promise<unknown>) => {
  service.dynamodb.requests.length = 0;
  service.secrets.requests.length = 0;
  await work();
  expect(service.secrets.requests).toEqual([]);
  return service.dynamodb.requests.map(({ action }) => action);
};

/** Otherwise fit tokens that name a key which nobody published. */
const unknownKey = async (kid: string) => {
  const [own] = await signingKeys(service);
  return forge(service, session.token, { header: { kid }, key: own?.jwk as never });
};
const callWith = (token: string) =>
  service.decide(httpCall('GET /cdr', bearer({ token, key: '' })));

test.each([
  ['allowed', 'GET /cdr', 200],
  ['not permitted', 'DELETE /cdr', 403],
  ['to no resource', 'GET /unknown', 403],
])('a call %s is one strongly consistent read', async (_case, call, status) => {
  // From then on the instance knows what the manifest names.
  await service.call(session, call);
  const actions = await requestsOf(async () =>
    expect((await service.call(session, call)).status).toBe(status),
  );
  expect(actions).toEqual(['BatchGetItem']);
  const tables = Object.values(service.dynamodb.requests[0]?.body['RequestItems'] as object);
  expect(tables).toHaveLength(2);
  for (const table of tables) expect(table).toMatchObject({ ConsistentRead: true });
});

test('a token that is not valid is none', async () => {
  const actions = await requestsOf(async () => {
    await service.call({ token: 'not.a.token', key: '' }, 'GET /cdr');
    await service.call({ ...session, key: 'another' }, 'GET /cdr');
    await callWith(`${session.token}x`);
    await callWith('a'.repeat(100_000));
  });
  expect(actions).toEqual([]);
});

test('a token of a session that has ended is one', async () => {
  const ended = await service.login(user.username);
  await service.logout(ended);
  expect(await requestsOf(() => service.call(ended, 'GET /cdr'))).toEqual(['BatchGetItem']);
});

test('a token issued before the roles were changed is one, too', async () => {
  const other = await addUser(service, { roles: ['admin', 'user'] });
  await service.call(await service.login(other.username), 'GET /cdr');
  const { id, username } = await addUser(service);
  const before = await service.login(username);
  await assignRoles(service.tables.directory, id, ['admin', 'user']);
  const actions = await requestsOf(async () =>
    expect((await service.call(before, 'DELETE /cdr')).status).toBe(200),
  );
  expect(actions).toEqual(['BatchGetItem']);
});

describe('the published keys', () => {
  test('are read at the first call of an instance, once for calls at the same time', async () => {
    const { call } = await coldStart();
    const actions = await requestsOf(() =>
      Promise.all([1, 2, 3].map(() => call(session, 'GET /cdr'))),
    );
    const asked = service.dynamodb.requests.map(({ body }) => JSON.stringify(body));
    expect(asked.filter((body) => body.includes('"keys"'))).toHaveLength(1);
    expect(actions).not.toContain('GetItem');
  });

  test('are not read for tokens that name no key at all', async () => {
    const actions = await requestsOf(() => callWith('not.a.token'));
    expect(actions).toEqual([]);
  });

  test('are read at most once a minute, however many keys are invented', async () => {
    advance(60);
    const tokens = await Promise.all(
      Array.from({ length: 40 }, (_, index) => unknownKey(`key-${index}`)),
    );
    const flood = () => Promise.all(tokens.map(callWith));
    expect(await requestsOf(flood)).toEqual(['GetItem']);
    advance(59);
    expect(await requestsOf(flood)).toEqual([]);
    advance(1);
    expect(await requestsOf(flood)).toEqual(['GetItem']);
  });

  test('still verify our tokens during such a flood', async () => {
    const token = await unknownKey('invented');
    const [invented, ours] = await Promise.all([
      callWith(token),
      service.call(session, 'GET /cdr'),
    ]);
    expect([invented.status, ours.status]).toEqual([401, 200]);
  });

  test('are read again after five minutes, so that a key withdrawn is refused soon', async () => {
    advance(300);
    const actions = await requestsOf(() => service.call(session, 'GET /cdr'));
    expect(actions).toEqual(['GetItem', 'BatchGetItem']);
  });
});
