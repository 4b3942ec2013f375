/** What administrators see of users in the Appmixer dialect: GET /users, /users/count, /users/{id}. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Table } from '../../../lib/aws/table.ts';
import { transact } from '../../../lib/aws/transaction.ts';
import { addDomain, addRole, addUser, bearerOf, signIn } from '../../support/actors/accounts.ts';
import { advance, type Service, startService } from '../../support/running/service.ts';

let service: Service;
let admin: string;
let root: string;
let other: string;

beforeAll(async () => {
  service = await startService();
  const { directory } = service.tables;
  await addDomain(directory, 'other.example');
  await addRole(directory, { name: 'acme' });
  for (const name of ['joe', 'Joan', 'jill'].entries()) {
    advance(60);
    const roles = name[0] === 1 ? ['user', 'acme'] : ['user'];
    await addUser(directory, { username: `${name[1]}@list.example`, roles });
  }
  await addUser(directory, { username: 'boss', roles: ['admin'], domain: 'other.example' });
  await addUser(directory, { username: 'joe@other.example', domain: 'other.example' });
  admin = await signIn(service, 'demoadmin', 'demopass');
  root = await signIn(service, '100@mydomain.com');
  other = await signIn(service, 'boss');
});
afterAll(() => service.stop());

const get = (path: string, token = admin) =>
  service.send(`GET ${path}`, { headers: bearerOf(token) });
const names = async (query: string, token = admin) => {
  const { status, body } = await get(`/users${query}`, token);
  expect(status, JSON.stringify(body)).toBe(200);
  return (body as unknown as { username: string }[]).map(({ username }) => username);
};

const ALL = [
  '100@mydomain.com',
  '200@mydomain.com',
  'abc@example.com',
  'demoadmin',
  'jill@list.example',
  'Joan@list.example',
  'joe@list.example',
];

describe('GET /users', () => {
  test('lists the own domain in the order of usernames', async () => {
    expect(await names('')).toEqual(ALL);
  });

  test('shows each as GET /users/{id} does, and never a hash', async () => {
    const { body } = await get('/users?pattern=abc');
    const [user] = body as unknown as { id: string }[];
    expect(user).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      username: 'abc@example.com',
      isActive: true,
      email: 'abc@example.com',
      scope: ['user'],
      plan: 'free',
      vendor: null,
      created: '2026-01-01T00:00:00.000Z',
    });
    expect((await get(`/users/${user?.id}`)).body).toEqual(user);
  });

  test.each([
    ['?filter=scope:acme', ['Joan@list.example']],
    ['?filter=scope:nobody', []],
    ['?pattern=JO', ['Joan@list.example', 'joe@list.example']],
    ['?pattern=%EF%BC%AAo', ['Joan@list.example', 'joe@list.example']],
    ['?pattern=.', ALL.filter((name) => name.includes('.'))],
    ['?pattern=jo&filter=scope:acme', ['Joan@list.example']],
    ['?limit=2', ALL.slice(0, 2)],
    ['?limit=2&offset=3', ALL.slice(3, 5)],
    ['?offset=100', []],
    ['?sort=username:-1&limit=2', ['joe@list.example', 'Joan@list.example']],
    ['?sort=username:1&limit=1', ['100@mydomain.com']],
    ['?sort=created:-1&limit=2', ['jill@list.example', 'Joan@list.example']],
    ['?sort=created:1&offset=4&limit=1', ['joe@list.example']],
    ['?filter=scope:user&sort=created:-1&limit=30&offset=0&unknown=1', null],
  ])('%s', async (query, expected) => {
    const found = await names(query);
    if (expected) expect(found).toEqual(expected);
    else expect(found[0]).toBe('jill@list.example');
  });

  test.each([
    ['limit=0', 'limit: must be a whole number from 1 to 1000'],
    ['limit=1001', 'limit: must be a whole number from 1 to 1000'],
    ['limit=-1', 'limit: must be a whole number from 1 to 1000'],
    ['limit=1e2', 'limit: must be a whole number from 1 to 1000'],
    ['offset=10001', 'offset: must be a whole number from 0 to 10000'],
    ['offset=x', 'offset: must be a whole number from 0 to 10000'],
    ['sort=email:1', 'sort: must be created or username, then :1 or :-1'],
    ['sort=created', 'sort: must be created or username, then :1 or :-1'],
    ['filter=role:user', 'filter: must be scope: and a scope'],
    ['filter=scope:', 'filter: must be scope: and a scope'],
    ['pattern=%00', 'pattern: cannot be part of a name'],
    [`pattern=${'a'.repeat(257)}`, 'pattern: must have at most 256 characters'],
    ['limit=1&limit=2', 'A parameter was sent twice'],
  ])('%s is a bad request that says so', async (query, message) => {
    expect(await get(`/users?${query}`)).toMatchObject({ status: 400, body: { message } });
  });

  test('a page of the plain list costs one query and reads no more than it shows', async () => {
    service.dynamodb.requests.length = 0;
    await names('?limit=3');
    const queries = service.dynamodb.requests.filter(({ action }) => action === 'Query');
    expect(queries.map(({ body }) => [body['IndexName'], body['Limit']])).toEqual([['byList', 3]]);
    expect(service.dynamodb.requests.some(({ action }) => action === 'Scan')).toBe(false);
  });

  test('an offset is gone past without sending the users before it', async () => {
    service.dynamodb.requests.length = 0;
    await names('?limit=2&offset=3');
    const queries = service.dynamodb.requests.filter(({ action }) => action === 'Query');
    expect(queries.map(({ body }) => [body['Select'], body['Limit']])).toEqual([
      ['COUNT', 3],
      [undefined, 2],
    ]);
  });
});

describe('who sees whom', () => {
  test('an administrator of another domain sees that domain alone', async () => {
    expect(await names('', other)).toEqual(['boss', 'joe@other.example']);
    expect(await names('?pattern=joe', other)).toEqual(['joe@other.example']);
    expect(await get('/users/count', other)).toMatchObject({ body: { count: 2 } });
    const [user] = (await get('/users?pattern=abc')).body as unknown as { id: string }[];
    expect(await get(`/users/${user?.id}`, other)).toMatchObject({ status: 404 });
  });

  test('root sees all domains', async () => {
    expect(await names('', root)).toHaveLength(ALL.length + 2);
    expect(await names('?pattern=joe', root)).toEqual(['joe@list.example', 'joe@other.example']);
    expect(await get('/users/count', root)).toMatchObject({ body: { count: ALL.length + 2 } });
  });

  test('own objects only means oneself', async () => {
    const { directory } = service.tables;
    await addRole(directory, { name: 'self', acl: { users: ['ro'] } });
    const domain = 'other.example';
    await addUser(directory, { username: 'zelda', roles: ['self'], domain });
    const token = await signIn(service, 'zelda');
    expect(await names('', token)).toEqual(['zelda']);
    expect(await get('/users/count', token)).toMatchObject({ body: { count: 1 } });
    const [abc] = (await get('/users?pattern=boss', root)).body as unknown as { id: string }[];
    expect(await get(`/users/${abc?.id}`, token)).toMatchObject({ status: 404 });
  });

  test.each(['/users', '/users/count', `/users/${'0'.repeat(24)}`])(
    '%s needs the resource, whoever asks',
    async (path) => {
      const user = await signIn(service, '200@mydomain.com');
      expect(await get(path, user)).toMatchObject({
        status: 403,
        body: { statusCode: 403, error: 'Forbidden', message: 'The caller may not do this.' },
      });
      expect(await service.send(`GET ${path}`)).toMatchObject({ status: 401 });
    },
  );
});

describe('GET /users/count', () => {
  test('counts, all or those that match', async () => {
    expect(await get('/users/count')).toMatchObject({ status: 200, body: { count: ALL.length } });
    expect((await get('/users/count?pattern=jo')).body).toEqual({ count: 2 });
    expect((await get('/users/count?filter=scope:acme')).body).toEqual({ count: 1 });
  });

  test('a bad filter is named', async () => {
    expect(await get('/users/count?filter=x')).toMatchObject({ status: 400 });
  });

  test.each([
    ['an administrator of one domain', () => admin],
    ['root', () => root],
  ])('without a filter it is one request beside the one that lets in %s', async (_who, token) => {
    await get('/users/count', token());
    service.dynamodb.requests.length = 0;
    await get('/users/count', token());
    expect(service.dynamodb.requests.map(({ action }) => action)).toEqual([
      'BatchGetItem',
      'Query',
    ]);
  });

  test('follows each creation and deletion at once', async () => {
    const { directory } = service.tables;
    const before = Number((await get('/users/count')).body['count']);
    const { id } = await addUser(directory, { username: 'counted@list.example' });
    expect((await get('/users/count')).body).toEqual({ count: before + 1 });
    await service.send(`DELETE /users/${id}`, { headers: bearerOf(admin) });
    expect((await get('/users/count')).body).toEqual({ count: before });
  });
});

describe('GET /users/{id}', () => {
  test.each([
    ['an unknown id', '0123456789abcdef01234567'],
    ['a short id', '0123'],
    ['an id with other letters', 'g'.repeat(24)],
    ['an id in capitals', 'A'.repeat(24)],
    ['a long id', '0'.repeat(5000)],
    ["a client's id", 'demo-api'],
    ['a name', 'abc@example.com'],
  ])('%s is nobody', async (_case, id) => {
    expect(await get(`/users/${id}`)).toMatchObject({ status: 404 });
  });

  test("a domain's id is not even asked for: a path with # names no resource", async () => {
    expect(await get('/users/domain%23mydomain.com')).toMatchObject({ status: 403 });
  });
});

describe('a domain of more users than are looked through', () => {
  const LIMIT = 10_000;
  const SEARCHES = [
    '/users?pattern=a',
    '/users?filter=scope:user',
    '/users?sort=created:1',
    '/users?sort=username:-1',
    '/users/count?pattern=a',
    '/users/count?filter=scope:user',
  ];
  let boss: string;

  beforeAll(async () => {
    const { directory } = service.tables;
    await addDomain(directory, 'crowd.example');
    await addUser(directory, { username: 'crowd', roles: ['admin'], domain: 'crowd.example' });
    boss = await signIn(service, 'crowd');
    // All others are there by their number alone.
    await transact(countOthers(directory, LIMIT - 1));
  });
  const countOthers = (table: Table, amount: number) => [
    {
      table,
      add: { pk: 'count#users', sk: 'crowd.example#0' },
      attribute: 'userCount',
      amount,
    },
  ];

  test.each(SEARCHES)('%s looks through as many as the limit', async (path) => {
    expect(await get(path, boss)).toMatchObject({ status: 200 });
  });

  test.each(SEARCHES)('%s refuses one more, before any is read', async (path) => {
    const { directory } = service.tables;
    await transact(countOthers(directory, 1));
    service.dynamodb.requests.length = 0;
    const message = `filter, pattern, sort: there are more than ${LIMIT} users to look through`;
    expect(await get(path, boss)).toMatchObject({ status: 400, body: { message } });
    expect(service.dynamodb.requests.some(({ body }) => body['IndexName'] === 'byList')).toBe(
      false,
    );
    await transact(countOthers(directory, -1));
  });

  test('the plain list and its number are there all the same', async () => {
    await transact(countOthers(service.tables.directory, 1));
    expect(await names('', boss)).toEqual(['crowd']);
    expect((await get('/users/count', boss)).body).toEqual({ count: LIMIT + 1 });
    await transact(countOthers(service.tables.directory, -1));
  });
});
