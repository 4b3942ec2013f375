/**
 * One table of outcomes by kind of API (docs/authorizer.md has the same), and what is particular to
 * each kind. Policies are evaluated by test/support/account/iam.ts. Nothing patched.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { registerResources } from '../../../lib/manage/resources/registry.ts';
import { editRole } from '../../../lib/manage/roles/edit.ts';
import { isAllowed } from '../../support/account/iam.ts';
import { addUser } from '../../support/actors/people.ts';
import {
  ARN,
  connectCall,
  fieldsCall,
  httpCall,
  httpV1Call,
  restCall,
  sentBy,
  tokenCall,
} from '../../support/calls/events.ts';
import { changed, fieldsOf, MISSING } from '../../support/calls/fields.ts';
import {
  broken,
  type Fault,
  type Request,
  throttled,
  unprocessed,
} from '../../support/running/proxy.ts';
import {
  advance,
  type Credential,
  coldStart,
  type Service,
  startService,
} from '../../support/running/service.ts';

const SETTINGS = {
  API_ANSWERS: 'kept=300, few=60 /cdr, policies=policy, fields=120',
  METRIC_NAMESPACE: 'latchkey-test',
};
/** One line and one metric, of which an alarm knows whose it is. */
const A_FAULT = { level: 'error', Faults: 1, function: 'authorizer' };
let service: Service;
let session: Credential;
const lines: Record<string, unknown>[] = [];
const note = (line: Record<string, unknown>) =>
  void (line['code'] === 'metrics' || lines.push(line));
beforeAll(async () => {
  service = await startService(SETTINGS);
  const { directory } = service.tables;
  await registerResources(directory, {
    cdr: ['/cdr'],
    'cdr/files': ['/cdr/files'],
    channels: ['/channels'],
    chat: ['/websocket/chat'],
    mine: ['/websocket/mine'],
    graphql: [],
    books: ['/graphql/Query/books'],
    shelf: ['/graphql/Query/shelf'],
    add: ['/graphql/Mutation/add'],
    remove: ['/graphql/Mutation/remove'],
    price: ['/graphql/Book/price'],
    cost: ['/graphql/Book/cost'],
  });
  await editRole(directory, {
    name: 'kinds',
    number: -1,
    parents: [],
    acl: {
      cdr: ['r'],
      'cdr/files': ['ro'],
      chat: ['r'],
      mine: ['ro'],
      books: ['r'],
      shelf: ['ro'],
      add: ['u'],
      price: ['r'],
    },
  });
  const { username } = await addUser(service, { roles: ['kinds'] });
  session = await service.login(username);
});
afterAll(() => service.stop());
beforeEach(() => {
  lines.length = 0;
  for (const level of ['info', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((line: string) => note(JSON.parse(line)));
});
afterEach(() => {
  vi.restoreAllMocks();
  service.dynamodb.heal();
});

type Outcome = 200 | 401 | 403 | 500 | 'refused';
type Answer = { isAuthorized?: boolean; policyDocument?: { Statement: unknown } } & Record<
  string,
  unknown
>;
const contextOf = (answer: Answer) =>
  (answer['context'] ?? answer['resolverContext']) as Record<string, string> | undefined;

async function ask(event: unknown): Promise<{ outcome: Outcome; answer?: Answer }> {
  try {
    const answer = (await service.authorizer(event as never)) as Answer;
    const { methodArn, routeArn } = event as Record<string, string>;
    if (answer.policyDocument)
      return {
        outcome: isAllowed(answer.policyDocument, methodArn ?? routeArn ?? '') ? 200 : 403,
        answer,
      };
    const refused = 'ttlOverride' in answer ? 'refused' : 403;
    return { outcome: answer.isAuthorized === true ? 200 : refused, answer };
  } catch (error) {
    return { outcome: (error as Error).message === 'Unauthorized' ? 401 : 500 };
  }
}

type Want = 'permitted' | 'own' | 'forbidden';
/** A call of each kind that the role permits, permits for own objects, or does not permit. */
type Make = (want: Want, authorization: string | undefined) => object;
const CALLS: Record<Want, string> = {
  permitted: 'GET /cdr/1',
  own: 'GET /cdr/files/1',
  forbidden: 'DELETE /cdr/1',
};
const headersOf = (authorization: string | undefined): Record<string, string> =>
  authorization === undefined ? {} : { authorization };
const STAGES: Record<Want, string> = { permitted: 'chat', own: 'mine', forbidden: 'other' };
const QUERIES: Record<Want, string> = {
  permitted: '{ books { title } }',
  own: '{ shelf { title } }',
  forbidden: 'mutation { remove(id: 1) }',
};

const KINDS: Record<string, { make: Make; unknown: Outcome; forbidden: Outcome }> = {
  'HTTP API, payload 2.0': {
    make: (want, sent) => httpCall(CALLS[want], headersOf(sent)),
    unknown: 401,
    forbidden: 403,
  },
  'HTTP API, payload 2.0, policies': {
    make: (want, sent) => sentBy('policies', httpCall(CALLS[want], headersOf(sent))),
    unknown: 401,
    forbidden: 403,
  },
  'HTTP API, payload 1.0': {
    make: (want, sent) => httpV1Call(CALLS[want], headersOf(sent)),
    unknown: 401,
    forbidden: 403,
  },
  'REST API, TOKEN': {
    make: (want, sent) => tokenCall(CALLS[want], sent ?? ''),
    unknown: 401,
    forbidden: 403,
  },
  'REST API, REQUEST': {
    make: (want, sent) => restCall(CALLS[want], headersOf(sent)),
    unknown: 401,
    forbidden: 403,
  },
  'REST API, TOKEN, kept': {
    make: (want, sent) => sentBy('kept', tokenCall(CALLS[want], sent ?? '')),
    unknown: 401,
    forbidden: 403,
  },
  'REST API, REQUEST, kept': {
    make: (want, sent) => sentBy('kept', restCall(CALLS[want], headersOf(sent))),
    unknown: 401,
    forbidden: 403,
  },
  'WebSocket API': {
    make: (want, sent) => connectCall(headersOf(sent), {}, STAGES[want]),
    unknown: 401,
    forbidden: 403,
  },
  AppSync: {
    make: (want, sent) => fieldsCall(QUERIES[want], sent ?? ''),
    unknown: 'refused',
    forbidden: 'refused',
  },
};

describe.each(Object.entries(KINDS))('%s', (_kind, { make, unknown, forbidden }) => {
  // An instance writes a hundred lines a second, and the kind before has had many calls refused.
  beforeAll(() => sleep(1001));
  const sent = () => `Bearer ${session.token}`;
  const outcomes: [string, () => object, Outcome][] = [
    ['no credential', () => make('permitted', undefined), unknown],
    ['a malformed credential', () => make('permitted', 'Bearer a b'), unknown],
    ['a credential that is not valid', () => make('permitted', 'Bearer a.b.c'), unknown],
    ['a call that is not permitted', () => make('forbidden', sent()), forbidden],
    ['a permitted call', () => make('permitted', sent()), 200],
    ['a call permitted for own objects', () => make('own', sent()), 200],
  ];
  test.each(outcomes)('%s', async (_case, event, expected) => {
    const { outcome, answer } = await ask(event());
    expect(outcome).toBe(expected);
    // One line for each refusal, and for nothing else.
    expect(lines).toHaveLength(expected === 200 ? 0 : 1);
    expect(JSON.stringify(lines)).not.toContain(session.token);
    if (expected === 200) expect(contextOf(answer ?? {})).toMatchObject({ kind: 'user' });
    for (const line of lines)
      expect(line).toMatchObject({
        ...{ level: 'info', function: 'authorizer', reason: expect.stringMatching(/./) },
        code: expect.stringMatching(/^(unauthenticated|forbidden)$/),
      });
  });

  test('own objects only: the backend is told', async () => {
    const { answer } = await ask(make('own', sent()));
    expect(contextOf(answer ?? {})).toMatchObject({ own: 'true' });
  });

  test('a database that does not answer is a fault', async () => {
    service.dynamodb.inject(() => broken);
    expect((await ask(make('permitted', sent()))).outcome).toBe(500);
    expect(lines).toEqual([
      expect.objectContaining({ ...A_FAULT, code: 'temporarily_unavailable' }),
    ]);
    service.dynamodb.heal();
    expect((await ask(make('permitted', sent()))).outcome).toBe(200);
  });

  test('whichever field is missing, a call that is not permitted never passes', async () => {
    const event = make('forbidden', sent());
    for (const field of fieldsOf(event)) {
      const { outcome } = await ask(changed(event, field, MISSING));
      expect([field, outcome]).not.toContain(200);
    }
  });
});

describe('a database that is out of order for a minute', () => {
  test.each<[string, (request: Request) => Fault | undefined]>([
    ['throttled', () => throttled],
    ['down', () => broken],
    ['answering in part', (it) => (it.action === 'BatchGetItem' ? unprocessed(it) : undefined)],
  ])(
    '%s: each call is a fault of one line and one metric, and then all is well',
    async (_case, fault) => {
      const event = httpCall('GET /cdr', { authorization: `Bearer ${session.token}` });
      service.dynamodb.inject(fault);
      const first = await ask(event);
      advance(60);
      expect([first.outcome, (await ask(event)).outcome]).toEqual([500, 500]);
      const line = expect.objectContaining(A_FAULT);
      expect(lines).toEqual([line, line]);
      service.dynamodb.heal();
      expect((await ask(event)).outcome).toBe(200);
    },
  );
});

describe('a REST API that keeps answers', () => {
  const kept = (api: string, credential: string) =>
    sentBy(api, tokenCall('DELETE /nothing', `Bearer ${credential}`));
  const arn = (call: string) => {
    const [method, path] = call.split(' ');
    return `${ARN.replace('api123', 'kept')}/${method}${path}`;
  };

  test('gets a policy for whatever the key may call, also where this call is refused', async () => {
    const { outcome, answer } = await ask(kept('kept', session.token));
    expect(outcome).toBe(403);
    const policy = answer?.policyDocument ?? { Statement: [] };
    const calls = {
      'GET /cdr/1': true,
      'HEAD /cdr/files': true,
      'POST /cdr': false,
      'GET /book': false,
    };
    for (const [call, allowed] of Object.entries(calls))
      expect([call, isAllowed(policy, arn(call))]).toEqual([call, allowed]);
    expect(contextOf(answer ?? {})).toMatchObject({ own: 'true' });
    expect(
      contextOf(answer ?? {})
        ?.['ownResources']?.split(' ')
        .sort(),
    ).toEqual(['cdr/files:r', 'mine:r', 'shelf:r']);
    expect(contextOf(answer ?? {})).not.toHaveProperty('resource');
  });

  test('a key too powerful for a policy is a fault, and not a smaller or larger policy', async () => {
    const root = await service.login('100@mydomain.com');
    expect((await ask(kept('kept', root.token))).outcome).toBe(500);
    expect(lines.at(-1)).toMatchObject({
      ...A_FAULT,
      cause: { message: expect.stringContaining('more than API Gateway takes') },
    });
  });

  test('and one that says which paths it serves has room for it', async () => {
    const root = await service.login('100@mydomain.com');
    const { answer } = await ask(kept('few', root.token));
    const policy = answer?.policyDocument ?? { Statement: [] };
    const called = (call: string) => isAllowed(policy, arn(call).replace('kept', 'few'));
    expect(['PUT /cdr/1', 'GET /cdr/files/1', 'GET /book'].map(called)).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('nobody is let through by what its cache does not go by, with or without Authorization', async () => {
    const bearer = { authorization: `Bearer ${session.token}` };
    const pair = { 'x-access-token': session.token, 'x-key': session.key };
    const refused: Record<string, string>[] = [
      pair,
      { authorization: 'Basic cHJveHk6cHJveHk=', ...pair },
      { ...bearer, 'x-key': session.key },
      { ...bearer, 'X-Api-Key': 'lk_x' },
      { ...bearer, 'X-Access-Token': 'x' },
      { 'x-api-key': 'lk_x' },
    ];
    for (const headers of refused) {
      const { outcome } = await ask(sentBy('kept', restCall('GET /cdr', headers)));
      expect([Object.keys(headers), outcome]).toEqual([Object.keys(headers), 401]);
      expect(lines.at(-1)?.['reason']).toContain('answers are kept by Authorization');
    }
    for (const [api, headers] of [['kept', bearer] as const, ['api123', pair] as const])
      expect((await ask(sentBy(api, restCall('GET /cdr', headers)))).outcome).toBe(200);
  });

  test('a logged-out session gets no policy at all', async () => {
    const { username } = await addUser(service, { roles: ['kinds'] });
    const ended = await service.login(username);
    await service.logout(ended);
    expect((await ask(kept('kept', ended.token))).outcome).toBe(401);
  });
});

describe('AppSync', () => {
  const send = (query: string, api = 'api123') =>
    ask(sentBy(api, fieldsCall(query, session.token)));

  test.each<[string, string, Outcome, string[] | undefined]>([
    ['a permitted query', '{ books { title } }', 200, ['Book.cost', 'Mutation.remove']],
    [
      'a field that is not permitted beside one that is',
      '{ books authors }',
      200,
      ['Book.cost', 'Mutation.remove', 'Query.authors'],
    ],
    ['only fields that are not permitted', '{ authors }', 'refused', undefined],
    ['an alias', '{ books: authors }', 'refused', undefined],
    ['a fragment', '{ ...F } fragment F on Query { authors }', 'refused', undefined],
    ['a permitted mutation', 'mutation { add }', 200, ['Book.cost', 'Mutation.remove']],
    [
      'a way back to a root type',
      '{ books { query { shelf } } }',
      200,
      ['Book.cost', 'Mutation.remove'],
    ],
    [
      'a mutation that is not permitted beside one that is',
      'mutation { add remove }',
      'refused',
      undefined,
    ],
    ['a subscription that nothing permits', 'subscription { added }', 'refused', undefined],
    [
      'a second operation that is not permitted',
      'query A { books } mutation B { remove }',
      'refused',
      undefined,
    ],
    ['introspection', '{ __schema { types { name } } }', 'refused', undefined],
    ['nothing but a type name', '{ __typename }', 'refused', undefined],
    ['what is no GraphQL', 'books', 'refused', undefined],
    ['nothing', '', 'refused', undefined],
  ])('%s', async (_case, query, expected, denied) => {
    const { outcome, answer } = await send(query);
    expect(outcome).toBe(expected);
    const found = answer?.['deniedFields'] as string[] | undefined;
    expect(found && [...found].sort()).toEqual(denied);
    expect(answer?.['ttlOverride']).toBe(0);
  });

  test('an answer that is kept must hold for any operation: it wants whatever covers the rest', async () => {
    expect((await send('{ books }', 'fields')).outcome).toBe('refused');
    const { directory } = service.tables;
    await editRole(directory, {
      name: 'graph',
      number: -1,
      parents: [],
      acl: { graphql: ['r', 'u'], books: ['r'], add: ['u'] },
    });
    const { token } = await service.login((await addUser(service, { roles: ['graph'] })).username);
    const { outcome, answer } = await ask(sentBy('fields', fieldsCall('{ x }', token)));
    expect(outcome).toBe(200);
    expect(answer?.['ttlOverride']).toBe(120);
    expect([...((answer?.['deniedFields'] ?? []) as string[])].sort()).toEqual([
      'Book.cost',
      'Book.price',
      'Mutation.remove',
      'Query.shelf',
    ]);
  });

  test('a refusal says nothing of why', async () => {
    const { answer } = await ask(fieldsCall('{ books }', 'Bearer a.b.c'));
    expect(answer).toEqual({ isAuthorized: false, ttlOverride: 0 });
  });
});

describe('WebSocket', () => {
  test('a token in the query or the subprotocol counts, and is not logged', async () => {
    const query = { access_token: [session.token] };
    const protocol = { 'sec-websocket-protocol': `latchkey, ${session.token}` };
    expect((await ask(connectCall({}, query, 'chat'))).outcome).toBe(200);
    expect((await ask(connectCall(protocol, {}, 'chat'))).outcome).toBe(200);
    expect((await ask(connectCall(protocol, query, 'chat'))).outcome).toBe(401);
    expect((await ask(connectCall({}, query, 'other'))).outcome).toBe(403);
    expect(JSON.stringify(lines)).not.toContain(session.token);
  });
});

describe('with a moment’s memory (VERDICT_CACHE_MS)', () => {
  const coldStartWith = async (milliseconds: string) => {
    process.env['VERDICT_CACHE_MS'] = milliseconds;
    const instance = await coldStart();
    delete process.env['VERDICT_CACHE_MS'];
    return instance;
  };

  test('the bound is said at the start, a hundred calls cost one read, and it is kept', async () => {
    const { username } = await addUser(service, { roles: ['kinds'] });
    const own = await service.login(username);
    const { authorizer, call } = await coldStartWith('400');
    expect(lines).toContainEqual(expect.objectContaining({ addsMilliseconds: 400 }));
    await call(own, 'GET /cdr');
    service.dynamodb.requests.length = 0;
    await new Promise((resolve) => setTimeout(resolve, 401));
    const event = () => httpCall('GET /cdr', { authorization: `Bearer ${own.token}` });
    await Promise.all(Array.from({ length: 100 }, () => authorizer(event())));
    expect(service.dynamodb.requests).toHaveLength(1);
    const read = performance.now();
    await service.logout(own);
    await new Promise((resolve) => setTimeout(resolve, 401 - (performance.now() - read)));
    expect((await call(own, 'GET /cdr')).status).toBe(401);
  });

  test('many keys share the read of what they have in common', async () => {
    const sessions: Credential[] = [];
    for (let index = 0; index < 5; index++)
      sessions.push(await service.login((await addUser(service, { roles: ['kinds'] })).username));
    const { call } = await coldStartWith('60000');
    service.dynamodb.requests.length = 0;
    for (const one of sessions) expect((await call(one, 'GET /cdr')).status).toBe(200);
    const asked = service.dynamodb.requests.map(({ body }) => JSON.stringify(body));
    for (const shared of ['"manifest#', '"content#'])
      expect(asked.filter((body) => body.includes(shared))).toHaveLength(1);
    expect(asked.filter((body) => body.includes('session#'))).toHaveLength(sessions.length);
  });

  test('off, as it is unless said otherwise, each call reads anew', async () => {
    const { call } = await coldStartWith('0');
    await call(session, 'GET /cdr');
    service.dynamodb.requests.length = 0;
    await Promise.all(Array.from({ length: 5 }, () => call(session, 'GET /cdr')));
    expect(service.dynamodb.requests).toHaveLength(5);
    expect(JSON.stringify(lines)).not.toContain('verdict_cache');
  });

  test.each(['-1', '1.5', '60001', 'x'])('%s is no such time: it does not start', async (time) => {
    await expect(coldStartWith(time)).rejects.toThrow('VERDICT_CACHE_MS');
    delete process.env['VERDICT_CACHE_MS'];
  });
});

test.each([
  'a1=policy,a1=300',
  'a1=3601',
  'a1=-1',
  'a1',
  '=300',
  'A1=300',
  'a1=300 cdr',
  'a1=policy /cdr',
  'a1=strict',
])('API_ANSWERS=%s is refused at the start', async (text) => {
  process.env['API_ANSWERS'] = text;
  await expect(coldStart()).rejects.toThrow('API_ANSWERS');
  process.env['API_ANSWERS'] = SETTINGS.API_ANSWERS;
});
