/** DynamoDB fails at the wire: the authorizer fails closed (500), and recovers by itself. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addUser, assignRoles } from '../support/actors/people.ts';
import {
  broken,
  denied,
  type Fault,
  type Request,
  throttled,
  unprocessed,
  unprocessedIn,
} from '../support/running/proxy.ts';
import {
  type Credential,
  coldStart,
  type Service,
  startService,
} from '../support/running/service.ts';

let service: Service;
let session: Credential;
beforeAll(async () => {
  service = await startService();
  session = await service.login('200@mydomain.com');
});
afterAll(() => service.stop());
afterEach(() => service.dynamodb.heal());

const call = () => service.call(session, 'GET /cdr');

describe('the authorizer fails closed (500) and recovers', () => {
  test.each<[string, (request: Request) => Fault | undefined]>([
    ['throttled', () => throttled],
    ['a fault of DynamoDB', () => broken],
    ['a cut connection', () => 'cut'],
    ['no permission', () => denied],
    ['keys left unprocessed, always', unprocessed],
    [
      'only the session left unprocessed',
      (request) => unprocessedIn(service.tables.sessions.name)(request),
    ],
    [
      'only the directory left unprocessed',
      (request) => unprocessedIn(service.tables.directory.name)(request),
    ],
    ['an answer that makes no sense', () => ({ status: 502, body: { html: 'Bad Gateway' } })],
  ])('%s', async (_case, inject) => {
    service.dynamodb.inject(inject);
    expect(await call()).toEqual({ status: 500 });
    service.dynamodb.heal();
    expect((await call()).status).toBe(200);
  });

  test('the published keys out of reach at a cold start', async () => {
    const instance = await coldStart();
    service.dynamodb.inject(({ body }) =>
      JSON.stringify(body).includes('"keys"') ? broken : undefined,
    );
    expect(await instance.call(session, 'GET /cdr')).toEqual({ status: 500 });
    service.dynamodb.heal();
    expect((await instance.call(session, 'GET /cdr')).status).toBe(200);
  });

  test('the second read, of roles assigned since, left unprocessed', async () => {
    const { id, username } = await addUser(service);
    const moved = await service.login(username);
    await assignRoles(service.tables.directory, id, ['admin']);
    let reads = 0;
    service.dynamodb.inject((request) => (++reads > 1 ? unprocessed(request) : undefined));
    expect(await service.call(moved, 'GET /cdr')).toEqual({ status: 500 });
    service.dynamodb.heal();
    expect((await service.call(moved, 'GET /cdr')).status).toBe(200);
  });
});

test.each([
  ['session', () => service.tables.sessions.name],
  ['directory', () => service.tables.directory.name],
])('keys of the %s table left unprocessed once are asked for again', async (_case, table) => {
  let first = true;
  service.dynamodb.inject((request) => {
    if (!first) return undefined;
    first = false;
    return unprocessedIn(table())(request);
  });
  service.dynamodb.requests.length = 0;
  expect((await call()).status).toBe(200);
  const asked = service.dynamodb.requests.map(({ body }) =>
    Object.keys(body['RequestItems'] as object),
  );
  expect(asked.map((tables) => tables.length)).toEqual([2, 1]);
  expect(asked[1]).toEqual([table()]);
});

describe('an item that is not as it should be is our fault, never a guess', () => {
  test.each(['subject', 'session', 'manifest'])('%s', async (kind) => {
    service.dynamodb.inject(() => (answer) => JSON.parse(spoilt(JSON.stringify(answer), kind)));
    expect(await call()).toEqual({ status: 500 });
  });

  test('content, which an instance reads once', async () => {
    const { call } = await coldStart();
    service.dynamodb.inject(
      () => (answer) => JSON.parse(spoilt(JSON.stringify(answer), 'content')),
    );
    expect(await call(session, 'GET /cdr')).toEqual({ status: 500 });
  });

  test('content that is in force and not there', async () => {
    const { call } = await coldStart();
    service.dynamodb.inject(() => (answer) => withoutContent(answer as Answered));
    expect(await call(session, 'GET /cdr')).toEqual({ status: 500 });
    service.dynamodb.heal();
    expect((await call(session, 'GET /cdr')).status).toBe(200);
  });

  type Answered = { Responses?: Record<string, Record<string, { S?: string }>[]> };
  const withoutContent = ({ Responses: tables = {}, ...others }: Answered) => ({
    ...others,
    Responses: Object.fromEntries(
      Object.entries(tables).map(([table, items]) => [
        table,
        items.filter((item) => item['sk']?.S !== 'content'),
      ]),
    ),
  });

  /** Some member of the item of that kind gets another type. */
  function spoilt(text: string, kind: string): string {
    const members: Record<string, string> = {
      subject: 'username',
      session: 'subjectGeneration',
      manifest: 'registry',
      content: 'body',
    };
    const items = JSON.parse(text) as {
      Responses: Record<string, Record<string, { S?: string }>[]>;
    };
    for (const item of Object.values(items.Responses).flat()) {
      if (item['sk']?.S?.split('#')[0] === kind)
        item[members[kind] ?? ''] = { NULL: true } as never;
    }
    return JSON.stringify(items);
  }
});
