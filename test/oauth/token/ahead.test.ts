/**
 * Of a client that an instance knows, the session is written while the client is read. What was read decides:
 * whatever changed meanwhile, the answer is the one that it would have been without.
 */
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { raiseDomain } from '../../../lib/store/directory/domains.ts';
import { raiseGeneration } from '../../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import {
  addClient,
  type Credentials,
  requestToken,
  tokenOf,
} from '../../support/actors/clients.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import { httpCall } from '../../support/calls/events.ts';
import { actionsDuring } from '../../support/running/proxy.ts';
import { bearer, outcome, type Service, startService } from '../../support/running/service.ts';
import { changeClient } from '../../support/web/sign-in.ts';

let service: Service;
let client: Credentials;
beforeAll(async () => {
  service = await startService();
});
beforeEach(async () => {
  client = await addClient(service);
  await tokenOf(service, client);
});
afterEach(() => service.dynamodb.heal());
afterAll(() => service.stop());

const call = (token: string) =>
  outcome(() => service.authorizer(httpCall('GET /api/v1/Sessions/1', bearer({ token, key: '' }))));

/** How many sessions of the client there are. */
async function sessionsOf({ id }: Credentials): Promise<number> {
  const { client: dynamodb, name } = service.tables.sessions;
  const { Count } = await dynamodb.send(
    new QueryCommand({
      TableName: name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: id } },
    }),
  );
  return Count ?? 0;
}

/** What is written once the token's request has been read, and before it is answered. */
function meanwhile(change: () => Promise<unknown>): void {
  service.dynamodb.inject(async ({ action }) => {
    if (action !== 'BatchGetItem') return undefined;
    service.dynamodb.heal();
    await change();
    return undefined;
  });
}

describe('the second token of a client', () => {
  /** Neither request is answered before both are there. */
  async function expectBothAtOnce(): Promise<void> {
    const both = Promise.withResolvers<void>();
    const arrived = new Set<string>();
    service.dynamodb.inject(async ({ action }) => {
      arrived.add(action);
      if (arrived.size === 2) both.resolve();
      await both.promise;
      return undefined;
    });
    expect(await requestToken(service, client)).toMatchObject({ status: 200 });
    expect([...arrived].sort()).toEqual(['BatchGetItem', 'PutItem']);
  }

  test('is written while the client is read: neither waits for the other', expectBothAtOnce);

  test('also after a stranger has tried another secret', async () => {
    const stranger = await requestToken(service, { ...client, secret: `${client.secret}x` });
    expect(stranger.status).toBe(401);
    await expectBothAtOnce();
  });

  test('also after other clients have come for theirs', async () => {
    for (let others = 0; others < 2; others++) await tokenOf(service, await addClient(service));
    await expectBothAtOnce();
  });

  test('works, and is no other than the first but for its name', async () => {
    const [first, second] = [await tokenOf(service, client), await tokenOf(service, client)];
    const { jti, sid, iat, exp, ...claims } = decodeJwt(second);
    expect(decodeJwt(first)).toMatchObject(claims);
    expect(decodeJwt(first)['sid']).not.toBe(sid);
    expect([jti, iat, exp]).not.toContain(undefined);
    expect(await call(second)).toMatchObject({ status: 200 });
  });
});

describe('where the client is not what it was', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['was disabled', () => setDisabled(service.tables.directory, subjectKey(client.id), true)],
    [
      'has another secret',
      () => changeClient(service, client.id, { secrets: [{ hash: '1'.repeat(64) }] }),
    ],
  ])('and %s, the answer is invalid_client, and no session is left', async (_, change) => {
    const before = await sessionsOf(client);
    await change();
    const { status, body } = await requestToken(service, client);
    expect([status, body['error']]).toEqual([401, 'invalid_client']);
    expect(await sessionsOf(client)).toBe(before);
  });

  test('and may not use the grant any more, the answer is unauthorized_client, and no session is left', async () => {
    const before = await sessionsOf(client);
    await changeClient(service, client.id, { grants: [] });
    const { status, body } = await requestToken(service, client);
    expect([status, body['error']]).toEqual([400, 'unauthorized_client']);
    expect(await sessionsOf(client)).toBe(before);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['was signed out', () => raiseGeneration(service.tables.directory, subjectKey(client.id))],
    ['its domain was signed out', () => raiseDomain(service.tables.directory, 'mydomain.com')],
  ])('and %s, the token is made again, and works', async (_, change) => {
    const before = await sessionsOf(client);
    await change();
    expect(await call(await tokenOf(service, client))).toMatchObject({ status: 200 });
    expect(await sessionsOf(client)).toBe(before + 1);
  });

  test('and is registered for less, its token has no more than that', async () => {
    const changed = { scopes: ['api/v1/Sessions:r'] };
    await changeClient(service, client.id, changed);
    const token = await tokenOf(service, client);
    expect(decodeJwt(token)['scope']).toBe('api/v1/Sessions:r');
  });

  test('and is registered for more, it may ask for that', async () => {
    await changeClient(service, client.id, { scopes: ['api/v1/Sessions:r'] });
    await tokenOf(service, client);
    const scopes = ['api/v1/Sessions:r', 'cdr:r'];
    expect(await requestToken(service, client, { scope: 'cdr:r' })).toMatchObject({ status: 400 });
    await changeClient(service, client.id, { scopes });
    expect(await requestToken(service, client, { scope: 'cdr:r' })).toMatchObject({ status: 200 });
  });

  test('a change between the write and the read is seen by the read', async () => {
    meanwhile(() => setDisabled(service.tables.directory, subjectKey(client.id), true));
    expect(await requestToken(service, client)).toMatchObject({ status: 401 });
  });
});

describe('nothing is written ahead', () => {
  const actions = (given: Credentials) =>
    actionsDuring(service.dynamodb, () => requestToken(service, given));

  test('for whoever has not the secret that was seen', async () => {
    expect(await actions({ ...client, secret: `${client.secret}x` })).toEqual(['BatchGetItem']);
  });

  test('for an id that was not seen', async () => {
    expect(await actions({ id: 'nobody', secret: client.secret })).toEqual(['BatchGetItem']);
  });

  test('once a client was refused: its next request reads only', async () => {
    await setDisabled(service.tables.directory, subjectKey(client.id), true);
    await requestToken(service, client);
    expect(await actions(client)).toEqual(['BatchGetItem']);
  });
});

test.each(['BatchGetItem', 'PutItem'])('where %s fails, the answer is a 503', async (broken) => {
  const answer = { status: 400, body: { __type: 'ValidationException' } };
  service.dynamodb.inject(({ action }) => (action === broken ? answer : undefined));
  const { status, body } = await requestToken(service, client);
  expect([status, body['access_token']]).toEqual([expect.any(Number), undefined]);
  expect(status).toBeGreaterThanOrEqual(500);
});
