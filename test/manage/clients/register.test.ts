/** Clients and their secrets, on the real store. */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Administrator } from '../../../lib/authority/reach.ts';
import { get } from '../../../lib/aws/table.ts';
import { randomUserId } from '../../../lib/crypto.ts';
import { UNTRACKED } from '../../../lib/events/trail.ts';
import { makeClient, renewSecret, type WithSecret } from '../../../lib/manage/clients/lifecycle.ts';
import type { ClientRegistration } from '../../../lib/manage/clients/register.ts';
import { isClientId } from '../../../lib/store/directory/client-id.ts';
import { readClient } from '../../../lib/store/directory/clients.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { epochMilliseconds, instant, seconds } from '../../../lib/time.ts';
import { addClient, type Credentials, secretWorks } from '../../support/actors/clients.ts';
import { callerOf } from '../../support/actors/roles.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import { type Service, startService } from '../../support/running/service.ts';

let service: Service;
let root: Administrator;
beforeAll(async () => {
  service = await startService();
  const caller = await callerOf(service, await service.login('100@mydomain.com'));
  root = { caller, permission: { own: false } };
});
afterAll(() => service.stop());

const NOW = 1_800_000_000;
const directory = () => service.tables.directory;
const register = (given: Partial<ClientRegistration>) =>
  makeClient(
    service.tables,
    root,
    { id: 'robot', name: 'Robot', domain: 'mydomain.com', roles: ['api'], scopes: [], ...given },
    { now: epochMilliseconds(NOW * 1000), trail: UNTRACKED },
  );
const replace = ({ id }: Pick<Credentials, 'id'>, overlap: number, now = NOW) =>
  renewSecret(directory(), root, id, { overlap: seconds(overlap), now: instant(now) });
const worksAt = (id: string, secret: string, now: number) =>
  secretWorks(directory(), { id, secret }, now);
const secretOf = ({ secret }: WithSecret) => {
  if (secret === undefined) throw new Error('no secret');
  return secret;
};
/** Those who got one, and what the others were told. */
async function sorted(attempts: readonly Promise<WithSecret>[]) {
  const settled = await Promise.allSettled(attempts);
  return {
    winners: settled.filter((it) => it.status === 'fulfilled').map(({ value }) => secretOf(value)),
    refusals: settled
      .filter((it) => it.status === 'rejected')
      .map(({ reason }) => reason.said.code),
  };
}

describe('an id', () => {
  test.each([
    'abc',
    'demo-api',
    'A.b_c-1',
    'x'.repeat(64),
    '0123456789abcdef0123456',
    '0123456789abcdef012345678',
    'keys2',
  ])('may be %s', (id) => expect(isClientId(id)).toBe(true));

  test.each([
    '',
    'ab',
    'x'.repeat(65),
    'a b c',
    'user@example.com',
    'a/b',
    'a#b',
    'a:b',
    'größe',
    'abc\n',
    'a%2Db',
  ])('may not be %j', (id) => expect(isClientId(id)).toBe(false));

  test('may not look like a user (RFC 9700 §4.15)', () => {
    const userId = randomUserId();
    expect(isClientId(userId)).toBe(false);
    expect(isClientId(userId.toUpperCase())).toBe(false);
  });

  test.each([
    'keys',
    'roles',
    'roots',
    'resources',
    'settings',
    'Settings',
    'webitel',
    'faveo',
    'appmixer',
    '__proto__',
    'constructor',
    'prototype',
  ])('may not be %s, which means something else', (id) => expect(isClientId(id)).toBe(false));
});

describe('a new client', () => {
  test('gets a secret that is seen once: only its hash is stored', async () => {
    const { id, secret } = await addClient(service);
    expect(secret).toMatch(/^[0-9A-Za-z]{43}$/);
    expect(JSON.stringify(await get(directory(), subjectKey(id)))).not.toContain(secret);
    expect(await worksAt(id, secret, NOW)).toBe(true);
    expect(await worksAt(id, `${secret} `, NOW)).toBe(false);
  });

  test.each<[string, Partial<ClientRegistration>]>([
    ['id', { id: 'not an id' }],
    ['id', { id: '0123456789abcdef01234567' }],
    ['name', { name: ' ' }],
    ['name', { name: 'a\u202Eb' }],
    ['scopes', { scopes: ['two words'] }],
    ['scopes', { scopes: [''] }],
    ['scopes', { scopes: ['cdr\u00e9:r'] }],
  ])('is refused by the field: %s', async (field, given) =>
    expect(register(given)).rejects.toMatchObject({
      said: { code: 'invalid_request', field },
    }),
  );

  test('of a taken id is refused, and the first one stays, however many race', async () => {
    const { winners, refusals } = await sorted(
      Array.from({ length: 8 }, () => register({ id: 'contested' })),
    );
    const [winner = '', ...others] = winners;
    expect(others).toEqual([]);
    expect(refusals).toEqual(Array(7).fill('conflict'));
    expect(await worksAt('contested', winner, NOW)).toBe(true);
    await expect(register({ id: 'contested' })).rejects.toMatchObject({
      said: { code: 'conflict', field: 'id' },
    });
  });
});

describe('a new secret', () => {
  test('ends the old one at once, unless told otherwise', async () => {
    const client = await addClient(service);
    const next = secretOf(await replace(client, 0));
    expect(await worksAt(client.id, client.secret, NOW)).toBe(false);
    expect(await worksAt(client.id, next, NOW)).toBe(true);
  });

  test('with an overlap: both work until it ends', async () => {
    const client = await addClient(service);
    const next = secretOf(await replace(client, 60));
    expect(await worksAt(client.id, client.secret, NOW + 59)).toBe(true);
    expect(await worksAt(client.id, client.secret, NOW + 60)).toBe(false);
    expect(await worksAt(client.id, next, NOW + 60)).toBe(true);
  });

  test('twice within the overlap: the oldest is dropped, never are there three', async () => {
    const client = await addClient(service);
    const second = secretOf(await replace(client, 600));
    const third = secretOf(await replace(client, 600, NOW + 1));
    const working = [client.secret, second, third].map((it) => worksAt(client.id, it, NOW + 2));
    expect(await Promise.all(working)).toEqual([false, true, true]);
    expect((await readClient(directory(), client.id))?.secrets).toHaveLength(2);
  });

  test('asked for by several at once: whoever is told no has changed nothing', async () => {
    const client = await addClient(service);
    const { winners, refusals } = await sorted(Array.from({ length: 6 }, () => replace(client, 0)));
    expect(winners.length).toBeGreaterThan(0);
    expect(refusals).toEqual(Array(6 - winners.length).fill('conflict'));
    const after = await readClient(directory(), client.id);
    expect(after?.version).toBe(1 + winners.length);
    const working = winners.map((secret) => worksAt(client.id, secret, NOW));
    expect((await Promise.all(working)).filter(Boolean)).toHaveLength(1);
  });

  test('does not undo a switch-off that it raced', async () => {
    const client = await addClient(service);
    const off = setDisabled(directory(), subjectKey(client.id), true);
    await Promise.allSettled([off, replace(client, 0)]);
    expect((await readClient(directory(), client.id))?.disabled).toBe(true);
  });

  test('of a client that is not there is refused', async () =>
    expect(replace({ id: 'nobody' }, 0)).rejects.toMatchObject({ said: { code: 'not_found' } }));

  test.each([-1, 1.5, Number.NaN, 30 * 86_400 + 1])('overlap %s is refused', async (overlap) =>
    expect(replace({ id: 'demo-api' }, overlap)).rejects.toMatchObject({
      said: { code: 'invalid_request', field: 'overlap' },
    }),
  );

  test('costs a read of it, one of the roles, and one conditional write', async () => {
    const { id } = await addClient(service);
    const client = new DynamoDBClient({ endpoint: service.dynamodb.endpoint });
    const table = { client, name: directory().name };
    const renew = () => renewSecret(table, root, id, { overlap: seconds(0), now: instant(NOW) });
    // From then on it knows what the roles permit, as long as the manifest names the same.
    await renew();
    service.dynamodb.requests.length = 0;
    await renew();
    const [read, roles, write, ...others] = service.dynamodb.requests;
    const actions = [read?.action, roles?.action, write?.action, others];
    expect(actions).toEqual(['GetItem', 'GetItem', 'PutItem', []]);
    expect(write?.body).toMatchObject({ ConditionExpression: 'version = :read' });
  });
});
