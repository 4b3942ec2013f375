/** The events of API Gateway's authorizers and the answers to them; above all, no Allow by accident. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AuthorizerAnswer,
  policyAnswer,
  type RequestCall,
  unauthorized,
} from '../../../lib/faces/authorizer/answer.ts';
import { parseApiAnswers } from '../../../lib/faces/authorizer/api-answers.ts';
import { type AuthorizerEvent, readAuthorizerEvent } from '../../../lib/faces/authorizer/event.ts';
import { credentialOf, keyedCredentialOf } from '../../../lib/http/credential.ts';
import { actionOf } from '../../../lib/verdict/acl.ts';
import { resourceOf } from '../../../lib/verdict/resource.ts';
import {
  ARN,
  connectCall,
  type Front,
  fieldsCall,
  httpCall,
  httpV1Call,
  restCall,
  tokenCall,
} from '../../support/calls/events.ts';
import { changed, fieldsOf, MISSING } from '../../support/calls/fields.ts';

const strict = parseApiAnswers('');
const TOKEN = 'eyJ.eyJ.c2ln';
const HEADERS = { authorization: `Bearer ${TOKEN}` };

const read = (event: unknown, answersOf = strict): RequestCall => {
  const call = readAuthorizerEvent(event as AuthorizerEvent, answersOf);
  if (call.kind !== 'request') throw new Error(`a call of kind ${call.kind}`);
  return call;
};

/** The simplest authorizer there is: one token may read one resource. */
function decide(event: unknown): AuthorizerAnswer {
  const call = read(event);
  const credential = credentialOf(call.headers);
  if (credential.status !== 'presented' || credential.token !== TOKEN) throw unauthorized();
  const permitted =
    resourceOf({ cdr: ['/cdr', '/websocket/cdr'], book: [] }, call.path) === 'cdr' &&
    actionOf(call.method) === 'r';
  return permitted ? call.allow('subject', { subject: 'subject' }) : call.forbid({});
}
const isAllow = (answer: AuthorizerAnswer): boolean =>
  'isAuthorized' in answer ? answer.isAuthorized : JSON.stringify(answer).includes('"Allow"');
const allowed = (event: unknown): boolean => {
  try {
    return isAllow(decide(event));
  } catch {
    return false;
  }
};

const KINDS = {
  'HTTP API, payload 2.0': (call: string, headers: Record<string, string>): object =>
    httpCall(call, headers),
  'REST API, REQUEST': (call: string, headers: Record<string, string>): object =>
    restCall(call, headers),
  'REST API, TOKEN': (call: string, headers: Record<string, string>): object =>
    tokenCall(call, headers['authorization'] ?? ''),
  'HTTP API, payload 1.0': (call: string, headers: Record<string, string>): object =>
    httpV1Call(call, headers),
  // To connect is to read what the stage is called; there is no other call.
  'WebSocket API': (call: string, headers: Record<string, string>): object =>
    connectCall(headers, {}, call === 'GET /cdr' ? 'cdr' : 'other'),
};
const kinds = Object.entries(KINDS);

const WRONG: readonly unknown[] = [
  MISSING,
  null,
  undefined,
  '',
  ' ',
  0,
  1,
  true,
  false,
  [],
  {},
  [[]],
  { toString: 1 },
];
const wrong = [...WRONG, 'x', '*', '/', '2.0', '$default', ['x'], { authorization: 'x' }];

describe.each(kinds)('an event of a %s authorizer', (_kind, make) => {
  test('that may pass, passes', () => expect(allowed(make('GET /cdr', HEADERS))).toBe(true));

  test.each([
    ['without a credential', 'GET /cdr', {}],
    ["with a stranger's token", 'GET /cdr', { authorization: 'Bearer a.b.c' }],
    ['of another method', 'DELETE /cdr', HEADERS],
    ['of another path', 'GET /book', HEADERS],
    ['of the root', 'GET /', HEADERS],
  ] satisfies [string, string, Record<string, string>][])(
    '%s never passes, whichever field is missing or wrong',
    (_case, call, headers) => {
      const event = make(call, headers);
      expect(allowed(event)).toBe(false);
      const passed = fieldsOf(event).flatMap((field) =>
        wrong.filter((to) => allowed(changed(event, field, to))).map((to) => [field, to]),
      );
      expect(passed).toEqual([]);
    },
  );

  test('that may pass is not taken for another call when a field is missing or wrong', () => {
    const event = make('GET /cdr', HEADERS);
    const needed = fieldsOf(event).filter((field) => !allowed(changed(event, field, MISSING)));
    const names = needed.map((field) => field.join('.'));
    expect(names).toEqual(
      expect.arrayContaining('rawPath' in event ? ['version', 'routeArn'] : ['type', 'methodArn']),
    );
  });
});

describe('an event of no known kind', () => {
  test.each([
    ['nothing', {}],
    ['payload 3.0 of an HTTP API', { ...httpCall('GET /cdr', HEADERS), version: '3.0' }],
    ['a version that is a number', { ...httpCall('GET /cdr', HEADERS), version: 2 }],
    ['another type', { ...tokenCall('GET /cdr', HEADERS.authorization), type: 'token' }],
    ['no ARN', { type: 'TOKEN', authorizationToken: HEADERS.authorization }],
    ['a cron event', { source: 'aws.events', 'detail-type': 'Scheduled Event' }],
  ])('is a fault and not a 401: %s', (_case, event) => {
    expect(() => read(event)).toThrow('unknown kind');
  });

  test.each([
    'GET/cdr',
    'arn:aws:execute-api:us-east-1:1:api/dev',
    'arn:aws:execute-api:us-east-1:1:api/dev//cdr',
    'arn:aws:lambda:us-east-1:1:api/dev/GET/cdr',
    `${ARN}/*/cdr`,
    `${ARN}/GET*`,
    `${ARN}/GET$x/cdr`,
    ` ${ARN}/GET/cdr`,
    '',
  ])('is a fault with the ARN %j', (methodArn) => {
    const event = { type: 'TOKEN' as const, authorizationToken: HEADERS.authorization, methodArn };
    expect(() => read(event)).toThrow();
  });

  test.each([`x${ARN}/$connect`, `${ARN}/$connect/x`, `${ARN}/$connected`])(
    'is a fault with the ARN %j, which is not of connecting',
    (methodArn) => expect(() => read({ ...connectCall(HEADERS), methodArn })).toThrow('ARN'),
  );
});

test('an ARN that ends with the method is of the root', () => {
  const { method, path, from } = read({ ...restCall('GET /', HEADERS), methodArn: `${ARN}/GET` });
  expect([method, path, from.api, from.stage]).toEqual(['GET', '/', 'api123', 'dev']);
});

describe('the call that an HTTP API asks about', () => {
  const api = 'api.example.com';
  const FRONTS: [string, Front][] = [
    ['the default stage', {}],
    ['a named stage', { stage: 'dev', prefix: '/dev' }],
    ['a mapping key', { stage: 'dev', prefix: '/v1', domainName: api }],
    ['a mapping key with a slash', { stage: 'dev', prefix: '/v1/phones', domainName: api }],
    ['a mapping key and the default stage', { prefix: '/v1', domainName: api }],
    [
      'a mapping key that is called like the stage',
      { stage: 'v1', prefix: '/v1', domainName: api },
    ],
    ['a mapping key that is called like the path', { prefix: '/cdr', domainName: api }],
    ['a domain name alone', { stage: 'dev', domainName: api }],
    ['a base path that a proxy in front puts there', { prefix: '/auth' }],
    ['both', { stage: 'dev', prefix: '/auth/dev', domainName: api }],
  ];
  test.each(FRONTS)('F9: behind %s has the path that the API has, in both payloads', (_, front) => {
    for (const path of ['/cdr', '/cdr/7', '/', '/cdr/dev/cdr', '/dev/cdr', '/v1'])
      for (const make of [httpCall, httpV1Call]) {
        const { method, path: judged } = read(make(`GET ${path}`, HEADERS, front));
        expect([make.name, method, judged]).toEqual([make.name, 'GET', path]);
      }
  });
  test('F9: has a path that no other part of the event changes', () => {
    const event = httpCall('GET /book', HEADERS, { stage: 'cdr', prefix: '/cdr' });
    for (const rawPath of ['/cdr', '/cdr/cdr', '', '/'])
      expect(read({ ...event, rawPath }).path).toBe('/book');
    const { requestContext } = event;
    const http = { ...requestContext.http, path: '/cdr', method: 'DELETE' };
    expect(read({ ...event, requestContext: { ...requestContext, http } })).toMatchObject({
      method: 'GET',
      path: '/book',
    });
  });
  test.each(['', 'GET /cdr', ARN, `${ARN}//cdr`, `${ARN}/$default`])(
    'F9: with the ARN %j is a fault, never a guess',
    (routeArn) => expect(() => read({ ...httpCall('GET /cdr', HEADERS), routeArn })).toThrow('ARN'),
  );

  const identified = (headers: Record<string, string>, identitySource: string[]) =>
    read({
      ...httpCall('GET /cdr', headers),
      identitySource: [...identitySource, 'GET', '/cdr'],
    }).headers;
  test.each(['/cdr', '/dev/cdr'])('is told apart by its path as %s in either place', (path) => {
    const event = httpCall('GET /cdr', HEADERS, { stage: 'dev' });
    const { requestContext } = event;
    const identitySource = [HEADERS.authorization, 'GET', path];
    const other = path === '/cdr' ? '/dev/cdr' : '/cdr';
    const http = { ...requestContext.http, path };
    for (const sent of [
      { ...event, rawPath: other, requestContext: { ...requestContext, http } },
      {
        ...event,
        rawPath: path,
        requestContext: { ...requestContext, http: { ...http, path: other } },
      },
    ])
      expect(read({ ...sent, identitySource }).path).toBe('/cdr');
  });
  test('counts no header but those that the result cache goes by', () => {
    const headers = { Authorization: 'Bearer a', 'X-Access-Token': 'b', 'X-Key': 'c' };
    expect(identified(headers, ['Bearer a'])).toEqual({ authorization: 'Bearer a' });
    expect(identified(headers, ['b', 'c'])).toEqual({ 'x-access-token': 'b', 'x-key': 'c' });
    expect(identified(headers, ['d'])).toEqual({});
  });
});

describe('an HTTP API of payload 1.0 that names identity sources', () => {
  const sent = (identitySource: string, headers: Record<string, string> = HEADERS) =>
    read({ ...httpV1Call('GET /cdr', headers), identitySource }).headers;

  test('must name the method and the path, or a kept answer would serve other routes', () => {
    for (const sources of [HEADERS.authorization, `${HEADERS.authorization},GET`, 'GET', '/cdr'])
      expect(() => sent(sources)).toThrow('identity sources');
  });
  test('has no header counted but those', () => {
    const headers = { ...HEADERS, 'x-access-token': 'b' };
    expect(sent(`${HEADERS.authorization},GET,/cdr`, headers)).toEqual(HEADERS);
    expect(sent('Bearer,GET,/cdr', headers)).toEqual({});
  });
});

describe('an HTTP API that names its route as an identity source', () => {
  const keyed = (routeKey: string, path: string) =>
    read({
      ...httpCall(`GET ${path}`, HEADERS),
      routeKey,
      identitySource: [HEADERS.authorization, routeKey],
    });
  test('is safe where the route is one path', () =>
    expect(keyed('GET /cdr', '/cdr').path).toBe('/cdr'));
  test.each([
    ['GET /cdr/{id}', '/cdr/7'],
    ['GET /cdr/{id}', '/cdr/{id}'],
    ['ANY /cdr', '/cdr'],
    ['$default', '/cdr'],
    ['GET /cdr', '/cdr/'],
  ])('and nowhere else: %s for %s', (route, path) =>
    expect(() => keyed(route, path)).toThrow('identity sources'),
  );
});

describe('a WebSocket API', () => {
  const MISSING_QUERY = {
    queryStringParameters: undefined,
    multiValueQueryStringParameters: undefined,
  };
  const headersOf = (headers: Record<string, string>, query: Record<string, string[]> = {}) =>
    read(connectCall(headers, query)).headers;
  const credential = (headers: Record<string, string>, query: Record<string, string[]> = {}) =>
    credentialOf(headersOf(headers, query));
  const presented = { status: 'presented', token: TOKEN, pair: false };

  test('asks for reading its stage', () => {
    const { method, path } = read(connectCall(HEADERS, {}, 'chat'));
    expect([method, path]).toEqual(['GET', '/websocket/chat']);
  });
  test.each<[string, Record<string, string>, Record<string, string[]>]>([
    ['a header', HEADERS, {}],
    ['the subprotocol', { 'Sec-WebSocket-Protocol': `latchkey, ${TOKEN}` }, {}],
    ['the query', {}, { access_token: [TOKEN] }],
  ])('takes a token from %s', (_case, headers, query) =>
    expect(credential(headers, query)).toMatchObject(presented),
  );
  test.each<[string, Record<string, string>, Record<string, string[]>]>([
    ['header and query', HEADERS, { access_token: [TOKEN] }],
    ['header and subprotocol', { ...HEADERS, 'sec-websocket-protocol': `latchkey,${TOKEN}` }, {}],
    ['query, twice', {}, { access_token: [TOKEN, TOKEN] }],
    ['subprotocol, twice', { 'sec-websocket-protocol': `latchkey,${TOKEN},${TOKEN}` }, {}],
    ['X-Access-Token and query', { 'x-access-token': TOKEN }, { access_token: [TOKEN] }],
    ['an empty query', {}, { access_token: [''] }],
    ['nothing after our name', { 'sec-websocket-protocol': 'latchkey,' }, {}],
  ])('takes none from %s', (_case, headers, query) =>
    expect(credential(headers, query).status).toBe('malformed'),
  );
  // As API Gateway has it where there is no query, and as others test with.
  test.each([
    ['no query', { queryStringParameters: null, multiValueQueryStringParameters: null }, 'missing'],
    ['members left out', MISSING_QUERY, 'missing'],
    [
      'one value of each',
      { ...MISSING_QUERY, queryStringParameters: { access_token: TOKEN } },
      'presented',
    ],
  ])('reads an event with %s', (_case, query, status) =>
    expect(credentialOf(read({ ...connectCall({}), ...query }).headers).status).toBe(status),
  );
  test('joins what came in several places, so that none of it counts', () =>
    expect(
      headersOf({ ...HEADERS, 'sec-websocket-protocol': 'latchkey, b' }, { access_token: ['c'] }),
    ).toMatchObject({ authorization: `Bearer ${TOKEN},Bearer b,Bearer c` }));
  test('reads an event that says nothing of who sent it', () => {
    const call = read({ ...connectCall(HEADERS), requestContext: undefined });
    expect([call.id, call.from.address]).toEqual([undefined, undefined]);
    expect(isAllow(call.allow('s', {}))).toBe(true);
  });
  test('takes none from the subprotocols of others', () => {
    for (const sent of [
      TOKEN,
      `graphql-ws, ${TOKEN}`,
      `Latchkey, ${TOKEN}`,
      `x, latchkey, ${TOKEN}`,
    ])
      expect(credential({ 'sec-websocket-protocol': sent })).toEqual({ status: 'missing' });
  });
  test('answers with a policy for connecting alone', () => {
    const answer = read(connectCall(HEADERS)).allow('s', { subject: 's' });
    expect(JSON.stringify(answer)).toContain(`"Resource":"${ARN}/$connect"`);
    expect(isAllow(answer)).toBe(true);
  });
});

describe('an AppSync event', () => {
  const event = fieldsCall('{ books }', `Bearer ${TOKEN}`);
  const call = (change: object = {}, answersOf = strict) =>
    readAuthorizerEvent({ ...event, ...change } as never, answersOf);

  test('is a token, with or without its scheme, and an operation', () => {
    for (const authorizationToken of [TOKEN, `Bearer ${TOKEN}`])
      expect(call({ authorizationToken })).toMatchObject({
        kind: 'fields',
        query: '{ books }',
        ttl: 0,
        headers: HEADERS,
      });
  });
  test('has no operation that counts where the answer may be kept', () => {
    const queryString = undefined;
    for (const change of [{}, { requestContext: { ...event.requestContext, queryString } }])
      expect(call(change, parseApiAnswers('api123=60'))).toMatchObject({
        ...{ query: undefined, ttl: 60 },
        unauthenticated: { isAuthorized: false, ttlOverride: 0 },
      });
  });
  test.each([
    ['bearer x', 'bearer x'],
    ['x Bearer y', 'Bearer x Bearer y'],
    ['Basic x', 'Bearer Basic x'],
    ['', ''],
  ])('has %j for its token as %j', (authorizationToken, authorization) =>
    expect(call({ authorizationToken }).headers).toEqual({ authorization }),
  );
  test.each([
    ['no context', { requestContext: undefined }],
    ['no operation', { requestContext: { ...event.requestContext, queryString: undefined } }],
    ['no API', { requestContext: { ...event.requestContext, apiId: undefined } }],
    [
      'a list of operations',
      { requestContext: { ...event.requestContext, queryString: ['{ a }'] } },
    ],
    ['a type', { type: 'TOKEN' }],
    ['a version', { version: '1.0' }],
  ])('with %s is a fault', (_case, change) => expect(() => call(change)).toThrow());
  test('of an Events API, which has no fields, is a fault, also where answers may be kept', () => {
    const { queryString, ...context } = event.requestContext;
    for (const operation of ['EVENT_CONNECT', 'EVENT_SUBSCRIBE', 'EVENT_PUBLISH'])
      for (const more of [{ operation, channel: '/news/a' }, { operation }, { channel: '/a' }])
        for (const answersOf of [strict, parseApiAnswers('*=60')])
          expect(() => call({ requestContext: { ...context, ...more } }, answersOf)).toThrow();
  });
  test('without a token has no credential', () =>
    expect(credentialOf(call({ authorizationToken: '' }).headers).status).toBe('missing'));
});

test.each([
  ['as long as API Gateway keeps any', '*=3600', 3600],
  ['longer', '*=3601', undefined],
])('answers may be kept for %s', (_case, text, ttl) => {
  if (ttl === undefined) expect(() => parseApiAnswers(text)).toThrow('API_ANSWERS');
  else expect(parseApiAnswers(text)('api123').ttl).toBe(ttl);
});

describe('what is said of the answers of an API', () => {
  const STRICT = { ttl: 0, paths: [], policy: false };
  test.each<[string, string, object]>([
    ['', 'a1', STRICT],
    [' , ,', 'a1', STRICT],
    ['a1=60', 'b2', STRICT],
    ['a1=0', 'a1', STRICT],
    ['a1b2=300', 'a1b2', { ...STRICT, ttl: 300 }],
    ['b2=policy, a1=5 ,', 'a1', { ...STRICT, ttl: 5 }],
    ['a1=300 /cdr /book/{id}', 'a1', { ...STRICT, ttl: 300, paths: ['/cdr', '/book/{id}'] }],
    ['a1=policy', 'a1', { ...STRICT, policy: true }],
    ['a1=policy,*=60 /cdr', 'a1', { ...STRICT, policy: true }],
    ['a1=policy,*=60 /cdr', 'b2', { ...STRICT, ttl: 60, paths: ['/cdr'] }],
    ['*=policy', 'b2', { ...STRICT, policy: true }],
  ])('%j, of %s', (text, api, expected) => expect(parseApiAnswers(text)(api)).toEqual(expected));

  test.each([
    ...['a1', 'a1=', '=60', '60', 'A1=60', 'a-1=60', '**=60', 'x a1=60', '!a1=60', 'a1 =60'],
    ...['a1=x', 'a1=-1', 'a1=1.5', 'a1=12345', 'a1=3601', 'a1=Policy', 'a1=policy /cdr'],
    ...['a1=60 cdr', 'a1=60 /', 'a1=60 /cdr book', 'a1=60  /cdr', 'a1=60 /cdr x', 'a1=60/cdr'],
    ...['a1=60,a1=60', '*=60,*=policy', 'a1=60;b2=60'],
  ])('may not be %j', (text) =>
    expect(() => parseApiAnswers(text)).toThrow(
      'API_ANSWERS must name each API once: <id>=<seconds> or <id>=policy',
    ),
  );
});

test('a header that is named without a value is none, and nulls are no headers', () => {
  const event = restCall('GET /cdr', {});
  const multiValueHeaders = { a: ['1', '2'], b: undefined };
  expect(read({ ...event, headers: { c: '3' }, multiValueHeaders }).headers).toMatchObject({
    ...{ a: '1,2', c: '3' },
  });
  expect(read({ ...event, headers: null, multiValueHeaders: null }).headers).toEqual({});
});

describe('a credential in two places at once', () => {
  const place = (...names: string[]) => fc.constantFrom(...names);
  const bearers = fc.constantFrom('Bearer A', 'bearer B', 'Bearer ', 'Bearer A, Bearer B');
  const tokens = fc.constantFrom('A', 'B', 'Bearer A');
  const credentials = fc.oneof(
    fc.tuple(place('Authorization', 'authorization', 'AUTHORIZATION'), bearers),
    fc.tuple(place('X-Access-Token', 'x-access-token', 'X-API-Key', 'x-api-key'), tokens),
  );
  const proxys = fc.constantFrom({}, { Authorization: 'Basic eDp5' }, { Cookie: 'Bearer A' });
  const several = fc
    .tuple(
      proxys,
      fc.uniqueArray(credentials, { minLength: 2, selector: ([name]) => name.toLowerCase() }),
    )
    .map(([proxy, all]): Record<string, string> => ({ ...proxy, ...Object.fromEntries(all) }));

  test('is none, at any kind of API and in any spelling', () =>
    fc.assert(
      fc.property(several, (sent) => {
        for (const [, make] of kinds.filter(([kind]) => kind !== 'REST API, TOKEN')) {
          const { headers } = read(make('GET /cdr', sent));
          expect([sent, credentialOf(headers).status]).toEqual([sent, 'malformed']);
        }
        expect(keyedCredentialOf(read(restCall('GET /cdr', sent)).headers).status).toBe(
          'malformed',
        );
      }),
    ));

  test('is none where the place is one header in two spellings', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(['X-Access-Token', 'x-access-token'], ['X-API-Key', 'x-api-key']),
        fc.tuple(tokens, tokens),
        (names, values) => {
          const sent = Object.fromEntries(names.map((name, at) => [name, values[at] ?? '']));
          for (const [, make] of kinds.filter(([kind]) => kind !== 'REST API, TOKEN')) {
            const { headers } = read(make('GET /cdr', sent));
            // Joined as one, which is the text of no token and of no key.
            expect(credentialOf(headers)).toMatchObject({ token: values.join(',') });
          }
        },
      ),
    ));

  test('is none at a WebSocket API, which has two places more', () =>
    fc.assert(
      fc.property(
        proxys,
        fc.option(credentials),
        fc.array(fc.constantFrom('', 'A', 'B'), { maxLength: 2 }),
        fc.array(fc.constantFrom('A', 'B'), { maxLength: 2 }),
        (proxy, header, query, named) => {
          const sent = {
            ...proxy,
            ...(header && Object.fromEntries([header])),
            ...(named.length > 0 && {
              'Sec-WebSocket-Protocol': ['latchkey', ...named].join(', '),
            }),
          };
          const places = query.length + named.length + (header ? 1 : 0);
          if (places < 2) return;
          const { headers } = read(connectCall(sent, { access_token: query }));
          expect([sent, query, credentialOf(headers).status]).toEqual([sent, query, 'malformed']);
        },
      ),
    ));
});

describe('the answer', () => {
  const context = { subject: 's', own: 'false' };

  test('to an HTTP API is a boolean, with a context only when it allows', () => {
    const call = read(httpCall('GET /cdr', HEADERS));
    expect(call.allow('s', context)).toEqual({ isAuthorized: true, context });
    expect(call.forbid({})).toEqual({ isAuthorized: false });
  });

  test('to a REST API is a policy for exactly the method that was called', () => {
    const call = read(restCall('GET /cdr/7', HEADERS));
    const policy = (Effect: string) => ({
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: `${ARN}/GET/cdr/7` }],
    });
    expect(call.allow('s', context)).toEqual({
      principalId: 's',
      policyDocument: policy('Allow'),
      context,
    });
    const why = { reason: 'the caller does not hold r on cdr' };
    expect(call.forbid(why)).toEqual({
      principalId: 'forbidden',
      policyDocument: policy('Deny'),
      context: why,
    });
  });

  test('to an HTTP API is a policy, with payload 1.0 or where that is said of the API', () => {
    const policies = parseApiAnswers('api123=policy');
    const calls = [
      read(httpCall('GET /cdr', HEADERS), policies),
      read(httpV1Call('GET /cdr', HEADERS)),
    ];
    for (const call of calls) {
      const allow = call.allow('s', context);
      expect(allow).toMatchObject({ principalId: 's', context });
      expect([isAllow(allow), isAllow(call.forbid({}))]).toEqual([true, false]);
    }
    expect(read(httpCall('GET /cdr', HEADERS), parseApiAnswers('other=policy')).forbid({})).toEqual(
      {
        isAuthorized: false,
      },
    );
  });

  test('ARN: to a path that is longer than an ARN may be is a Deny, not a fault', () => {
    for (const make of [restCall, httpV1Call])
      for (const path of ['x'.repeat(500), 'é'.repeat(300)]) {
        const call = read(make(`GET /cdr/${path}`, HEADERS));
        for (const answer of [call.allow('s', context), call.forbid({})]) {
          expect(isAllow(answer)).toBe(false);
          expect(JSON.stringify(answer)).toMatch(/"Deny","Resource":"[^"]+\/[^/"]+\/\*"/);
        }
      }
  });

  test('ARN: of 512 characters may be allowed, one of 513 is denied with all below its stage', () => {
    const path = (length: number) => `/${'x'.repeat(length - `${ARN}/GET/`.length)}`;
    expect(isAllow(read(restCall(`GET ${path(512)}`, HEADERS)).allow('s', context))).toBe(true);
    const longer = read(restCall(`GET ${path(513)}`, HEADERS));
    expect(longer.isNameable).toBe(false);
    expect(JSON.stringify(longer.allow('s', context))).toContain(`"Resource":"${ARN}/*"`);
  });

  test('is never longer than API Gateway takes: it is a fault instead', () => {
    const other = read(restCall('GET /cdr', HEADERS));
    expect(() => other.allow('s', { subject: 'é'.repeat(4096) })).toThrow('more than');
  });

  test('names one ARN by itself, several as a list, and nothing of a context without one', () =>
    expect(policyAnswer('s', { Allow: ['a', 'b'], Deny: ['c'] })).toEqual({
      principalId: 's',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: ['a', 'b'] },
          { Action: 'execute-api:Invoke', Effect: 'Deny', Resource: 'c' },
        ],
      },
    }));

  test('has room for an ARN of 512 characters, the longest one counts', () => {
    const [short, fits, longer] = ['a', 'a'.repeat(512), 'a'.repeat(513)];
    expect(() => policyAnswer('s', { Allow: [short, fits], Deny: [short] })).not.toThrow();
    for (const effects of [{ Allow: [short, longer] }, { Allow: [longer, short], Deny: [short] }])
      expect(() => policyAnswer('s', effects)).toThrow('an ARN of 513');
    expect(() => policyAnswer('s', { Allow: [short], Deny: ['é'.repeat(257)] })).toThrow('514');
  });

  test('has room for 8 KB, and for no byte more', () => {
    const answer = (length: number) => policyAnswer('s'.repeat(length), { Allow: ['a'] });
    const frame = Buffer.byteLength(JSON.stringify(answer(0)));
    expect(() => answer(8192 - frame)).not.toThrow();
    expect(() => answer(8193 - frame)).toThrow('a policy of 8193 bytes');
  });

  test('to a REST API never allows a path whose signs a policy would read as a pattern', () =>
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('*', '?', '$'),
        fc.string(),
        (before, sign, after) => {
          const call = read(
            restCall(`GET /cdr/${`${before}${sign}${after}`.replaceAll(' ', '')}`, HEADERS),
          );
          expect(isAllow(call.allow('s', context))).toBe(false);
        },
      ),
    ));

  test('that means 401 says exactly what API Gateway looks for', () =>
    expect(unauthorized().message).toBe('Unauthorized'));
});
