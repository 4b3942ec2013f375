/** The local AppSync: its Lambda authorizer, denied fields, and the requests that it runs. */
import { describe, expect, test, vi } from 'vitest';
import { type Event, type Functions, serve } from '../support/gateways/gateway.ts';
import { graphQlTemplate } from '../support/gateways/gateway-apis.ts';

const SCHEMA = `
  "What is asked"
  type Query { calls(limit: Int = 10): [Call!] call(id: ID!): Call secret: Int! size: AWSJSON }
  type Mutation { remove(id: ID!, options: Options): Call }
  type Call { id: ID! note: String owner: Caller }
  type Caller { name: String! }
  input Options { force: Boolean, kind: Kind }
  enum Kind { A B }
`;
const RESOLVERS = ['Query.calls', 'Query.call', 'Query.secret', 'Mutation.remove'];
const CALLS = [
  { id: '1', note: 'a', owner: { name: 'x' } },
  { id: '2', note: 'b', owner: null },
];
const resolve = ({ info, arguments: { id } }: Event): unknown => {
  if (info.fieldName === 'calls') return CALLS;
  return info.fieldName === 'secret' ? 42 : (CALLS.find((call) => call.id === String(id)) ?? null);
};
const yes = { isAuthorized: true };
const template = (authorizer = {}) => graphQlTemplate(SCHEMA, RESOLVERS, authorizer);

async function served(functions: Functions, authorizer = {}, clock = Date.now) {
  const { url } = await serve(template(authorizer), { resolve, ...functions }, clock);
  return async (query: string, more: object = {}, headers: object = { authorization: 't' }) => {
    const body = JSON.stringify({ query, ...more });
    const response = await fetch(url, { method: 'POST', body, headers: { ...headers } });
    return { status: response.status, body: (await response.json()) as Event };
  };
}

describe('the authorizer', () => {
  test.each([
    ['isAuthorized: false', () => ({ isAuthorized: false }), 401, 'UnauthorizedException'],
    // Reported for an authorizer that cannot be invoked; for the others AWS documents nothing.
    ['one that throws', () => Promise.reject(new Error('x')), 400, 'BadRequestException'],
    ['one that throws Unauthorized', () => Promise.reject(new Error('Unauthorized')), 400, 'Bad'],
    ['a truthy string', () => ({ isAuthorized: 'true' }), 400, 'BadRequestException'],
    ['nothing', () => null, 400, 'BadRequestException'],
    ['a policy', () => ({ policyDocument: {} }), 400, 'BadRequestException'],
    ['a context that is not flat', () => ({ ...yes, resolverContext: { a: {} } }), 400, 'Bad'],
    ['denied fields that are no list', () => ({ ...yes, deniedFields: 'Query.call' }), 400, 'Bad'],
    ['a TTL beyond an hour', () => ({ ...yes, ttlOverride: 3601 }), 400, 'Bad'],
  ])('%s refuses the request', async (_case, authorizer, status, type) => {
    const run = vi.fn();
    const answer = await (await served({ authorizer, resolve: run }))('{ secret }');
    expect(answer.status).toBe(status);
    expect(answer.body.errors[0].errorType).toMatch(type);
    expect(answer.body).not.toHaveProperty('data');
    expect(run).not.toHaveBeenCalled();
  });

  test.each([
    ['no token', {}],
    ['an empty one', { authorization: '' }],
    ['one of over 2048 characters', { authorization: 'x'.repeat(2049) }],
    ['one that is not of the form', { authorization: 'T' }],
  ])('%s is 401, and nobody is asked', async (_case, headers) => {
    const authorizer = vi.fn();
    const call = await served({ authorizer }, { IdentityValidationExpression: '[a-z]' });
    expect((await call('{ secret }', {}, headers)).status).toBe(401);
    expect(authorizer).not.toHaveBeenCalled();
  });

  test('gets the token and the request', async () => {
    const authorizer = vi.fn((_event: Event) => yes);
    const call = await served({ authorizer });
    const query = 'query One($id: ID!) { call(id: $id) { id } }';
    await call(query, { operationName: 'One', variables: { id: '1' } });
    expect(authorizer.mock.calls[0]?.[0]).toEqual({
      authorizationToken: 't',
      requestContext: {
        apiId: expect.stringMatching(/^\w{10}$/),
        accountId: '000000000000',
        requestId: expect.any(String),
        queryString: query,
        operationName: 'One',
        variables: { id: '1' },
      },
      requestHeaders: expect.objectContaining({ authorization: 't' }),
    });
  });

  test('hands its context to every resolver', async () => {
    const run = vi.fn((_event: Event) => 1);
    const resolverContext = { subject: 'u1', n: 1 };
    const call = await served({ authorizer: () => ({ ...yes, resolverContext }), resolve: run });
    await call('{ secret }');
    expect(run.mock.calls[0]?.[0]).toMatchObject({
      identity: { resolverContext },
      info: { fieldName: 'secret', parentTypeName: 'Query' },
    });
  });
});

describe('denied fields', () => {
  const call = async (deniedFields: string[], query: string) => {
    const run = vi.fn(resolve);
    const asked = await served({ authorizer: () => ({ ...yes, deniedFields }), resolve: run });
    const { status, body } = await asked(query);
    return { status, body, runs: run.mock.calls.length };
  };

  test('are null, with an error each, and are not resolved', async () => {
    const { status, body, runs } = await call(['Query.call'], '{ a: call(id: 1) { id } size }');
    expect([status, runs, body.data]).toEqual([200, 0, { a: null, size: null }]);
    expect(body.errors).toEqual([
      {
        path: ['a'],
        data: null,
        errorType: 'Unauthorized',
        errorInfo: null,
        locations: [{ line: 1, column: 3, sourceName: null }],
        message: 'Not Authorized to access call on type Query',
      },
    ]);
  });

  test('may be nested, at every place where the type stands', async () => {
    const { body } = await call(['Call.note'], '{ calls { id note } call(id: 2) { note } }');
    expect(body.data).toEqual({
      calls: [
        { id: '1', note: null },
        { id: '2', note: null },
      ],
      call: { note: null },
    });
    expect(body.errors).toHaveLength(3);
  });

  test('may be ARNs, of this API alone', async () => {
    const arn = (id: string) =>
      `arn:aws:appsync:us-east-1:000000000000:apis/${id}/types/Query/fields/secret`;
    expect((await call([arn('other')], '{ secret }')).body.data).toEqual({ secret: 42 });
    const authorizer = ({ requestContext: { apiId } }: Event) => ({
      ...yes,
      deniedFields: [arn(apiId)],
    });
    expect((await (await served({ authorizer }))('{ secret }')).body.data).toBeNull();
  });

  test('that may not be null make their parent null', async () => {
    const { body } = await call(['Caller.name'], '{ call(id: 1) { id owner { name } } }');
    expect(body.data).toEqual({ call: { id: '1', owner: null } });
    expect((await call(['Query.secret'], '{ secret }')).body.data).toBeNull();
  });

  test('hold for a mutation, and other fields of it run', async () => {
    const both = 'mutation { remove(id: 1) { id } }';
    expect((await call(['Mutation.remove'], both)).body.data).toEqual({ remove: null });
    expect((await call(['Query.remove'], both)).body.data).toEqual({ remove: { id: '1' } });
  });

  test('are not escaped by an alias, a space, or another operation of the document', async () => {
    for (const query of [
      '{secret:call(id:1){id}}',
      '{ call ( id : 1 ) { id } }',
      '{,,call(id:1){id}}',
    ])
      expect(JSON.stringify((await call(['Query.call'], query)).body.data)).toContain(':null');
  });
});

describe('the result cache', () => {
  const setUp = async (ttl: number, results: object[]) => {
    let now = 0;
    const authorizer = vi.fn(() => results.shift() ?? yes);
    const call = await served({ authorizer }, { AuthorizerResultTtlInSeconds: ttl }, () => now);
    const ask = async (query: string, authorization = 't') =>
      (await call(query, {}, { authorization })).body;
    const wait = (milliseconds: number) => {
      now += milliseconds;
    };
    return { authorizer, ask, wait };
  };

  test('is by token alone, whatever is asked, and ends with the TTL', async () => {
    const { authorizer, ask, wait } = await setUp(60, []);
    await ask('{ secret }');
    await ask('mutation { remove(id: 1) { id } }');
    wait(59_999);
    await ask('{ size }');
    expect(authorizer).toHaveBeenCalledTimes(1);
    await ask('{ size }', 'u');
    wait(1);
    await ask('{ size }');
    expect(authorizer).toHaveBeenCalledTimes(3);
  });

  test('so denied fields of one answer hold for all that it serves', async () => {
    const { ask } = await setUp(60, [{ ...yes, deniedFields: ['Query.secret'] }]);
    expect((await ask('{ size }')).data).toEqual({ size: null });
    expect((await ask('{ secret }')).data).toBeNull();
  });

  test.each([
    ['0 keeps nothing', 60, 0, 0, 2],
    ['beats the API’s, shorter', 60, 10, 10_000, 2],
    ['beats the API’s, longer', 10, 60, 59_999, 1],
    ['counts where the API has none', 0, 60, 59_999, 1],
  ])('ttlOverride %s', async (_case, ttl, ttlOverride, passed, calls) => {
    const { authorizer, ask, wait } = await setUp(ttl, [{ ...yes, ttlOverride }]);
    await ask('{ size }');
    wait(passed);
    await ask('{ size }');
    expect(authorizer).toHaveBeenCalledTimes(calls);
  });

  test('keeps refusals too, but not faults', async () => {
    const { authorizer, ask } = await setUp(60, [{}, { isAuthorized: false }]);
    for (const _ of [1, 2, 3]) expect(await ask('{ size }')).not.toHaveProperty('data');
    expect(authorizer).toHaveBeenCalledTimes(2);
  });
});

describe('requests', () => {
  const run = async (query: string, more: object = {}) =>
    (await (await served({ authorizer: () => yes }))(query, more)).body;

  test('arguments are literals, variables, or defaults', async () => {
    const seen = vi.fn((_event: Event) => null);
    const call = await served({ authorizer: () => yes, resolve: seen });
    const query = `mutation M($id: ID!, $k: Kind = B) {
      remove(id: $id, options: { force: true, kind: $k }) { id } # comment
      b: remove(id: "\\u0041", options: null) { id }
    }`;
    await call(query, { variables: { id: '7' } });
    expect(seen.mock.calls.map(([event]) => event.arguments)).toEqual([
      { id: '7', options: { force: true, kind: 'B' } },
      { id: 'A', options: null },
    ]);
  });

  test('a resolver that throws is an error of its field', async () => {
    const fails = () => Promise.reject(new Error('no'));
    const call = await served({ authorizer: () => yes, resolve: fails });
    const { data, errors } = (await call('{ call(id: 1) { id } size }')).body;
    expect(data).toEqual({ call: null, size: null });
    expect(errors).toMatchObject([{ path: ['call'], errorType: 'Lambda:Unhandled' }]);
  });

  test('__typename names the type', async () => {
    expect((await run('{ __typename call(id: 1) { __typename } }')).data).toEqual({
      __typename: 'Query',
      call: { __typename: 'Call' },
    });
  });

  test('the operation is chosen by name', async () => {
    const query = 'query A { size } query B { secret }';
    expect((await run(query, { operationName: 'B' })).data).toEqual({ secret: 42 });
    expect((await run(query)).data).toBeNull();
    expect((await run(query, { operationName: 'C' })).data).toBeNull();
  });

  test.each([
    ['a field that is not there', '{ nothing }', 'FieldUndefined'],
    ['a nested one', '{ calls { nothing } }', 'FieldUndefined'],
    ['an argument that is not there', '{ call(id: 1, x: 1) { id } }', 'UnknownArgument'],
    ['an argument too few', '{ call { id } }', 'MissingFieldArgument'],
    ['an object without fields', '{ call(id: 1) }', 'SubSelectionRequired'],
    ['a value with fields', '{ size { id } }', 'SubSelectionNotAllowed'],
    ['a fragment', '{ ...F }', 'does not understand fragments'],
    ['a directive', '{ size @skip(if: true) }', 'does not understand directives'],
    ['a subscription', 'subscription { x }', 'does not understand subscriptions'],
    ['what is no GraphQL', '{ size', 'Invalid syntax'],
    ['nothing', '', 'Unknown operation'],
    ['an empty selection', '{ }', 'Invalid syntax'],
  ])('%s is an error, and nothing runs', async (_case, query, message) => {
    const { data, errors } = await run(query);
    expect(data).toBeNull();
    expect(errors[0].message).toContain(message);
  });

  test('what is no GraphQL request is 400, another path 404', async () => {
    const { url } = await serve(template(), { authorizer: () => yes });
    expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(400);
    expect((await fetch(url)).status).toBe(404);
  });
});

describe('the GraphQL API refuses to start on', () => {
  const changed = (id: string, properties: object) => {
    const { Resources } = template();
    Object.assign(Resources[id]?.Properties ?? {}, properties);
    return { Resources };
  };
  test.each([
    ['another mode', changed('Api', { AuthenticationType: 'API_KEY' })],
    ['a second mode', changed('Api', { AdditionalAuthenticationProviders: [] })],
    ['an authorizer whose cache is not said', changed('Api', { LambdaAuthorizerConfig: {} })],
    ['a mapping template', changed('Resolver0', { RequestMappingTemplate: '{}' })],
    ['a resolver of no field', changed('Resolver0', { FieldName: 'nothing' })],
    ['a data source that is no function', changed('Source', { Type: 'NONE' })],
    ['a directive in the schema', changed('Schema', { Definition: 'type Query { a: Int @x }' })],
    ['a union', changed('Schema', { Definition: 'union U = A type Query { a: U }' })],
    ['a type that is not there', changed('Schema', { Definition: 'type Query { a: Nothing }' })],
  ])('%s, and names the resource', async (_case, given) => {
    await expect(serve(given, {})).rejects.toThrow(/^test-dev: \w+: /);
  });
});
