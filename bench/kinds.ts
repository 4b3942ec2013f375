/**
 * The warm authorizer by kind of API, each against the floor (floor.ts), and beside a plain JWT
 * authorizer, which reads nothing.
 *
 * @module
 */
import type { AuthorizerEvent } from '../lib/faces/authorizer/event.ts';
import { authorizerCall, type Credential, request } from './events.ts';
import type { jwtAuthorizer } from './jwt-authorizer.ts';
import { milliseconds, printTable, type Target } from './report.ts';
import type { Authorizer, Endpoint, Service } from './service.ts';
import { type Call, compareInTurns, type Pace } from './statistics.ts';
import { bare } from './warm.ts';

const PACE: Pace = { warmUp: 300, blocks: 8, callsABlock: 100 };
const LIMIT = 1.15;
/** What a compiled policy costs is paid once in the time for which it is kept. */
const LIMIT_KEPT = 1.3;
const USER = '200@mydomain.com';
const ADMIN = '100@mydomain.com';
const ARN = 'arn:aws:execute-api:us-east-1:000000000000';

type Kind = { name: string; username: string; event: (credential: Credential) => object };

/** As API Gateway sends them, with the headers of a browser. */
const KINDS: readonly Kind[] = [
  {
    name: 'HTTP API, payload 2.0',
    username: USER,
    event: (it) => authorizerCall('GET /book/1', it),
  },
  {
    name: 'HTTP API, payload 1.0',
    username: USER,
    event: (it) => ({ ...rest('api123', it), version: '1.0' }),
  },
  { name: 'REST API, TOKEN', username: USER, event: ({ token }) => tokenEvent('api123', token) },
  { name: 'REST API, REQUEST', username: USER, event: (it) => rest('api123', it) },
  {
    name: 'REST API, TOKEN, compiled',
    username: USER,
    event: ({ token }) => tokenEvent('kept', token),
  },
  {
    name: 'WebSocket API',
    username: ADMIN,
    event: (it) => ({ ...rest('api123', it), methodArn: `${ARN}:api123/dev/$connect` }),
  },
  { name: 'AppSync', username: USER, event: ({ token }) => fieldsEvent(token) },
];

const tokenEvent = (api: string, token: string) => ({
  type: 'TOKEN',
  authorizationToken: `Bearer ${token}`,
  methodArn: `${ARN}:${api}/dev/GET/book/1`,
});

function rest(api: string, credential: Credential) {
  const { headers = {}, requestContext } = authorizerCall('GET /book/1', credential);
  return {
    type: 'REQUEST',
    methodArn: `${ARN}:${api}/dev/GET/book/1`,
    resource: '/book/{id}',
    path: '/book/1',
    httpMethod: 'GET',
    headers,
    multiValueHeaders: Object.fromEntries(
      Object.entries(headers).map(([key, one]) => [key, [one]]),
    ),
    pathParameters: { id: '1' },
    queryStringParameters: {},
    multiValueQueryStringParameters: {},
    stageVariables: {},
    requestContext,
  };
}

const fieldsEvent = (authorizationToken: string) => ({
  authorizationToken,
  requestContext: {
    apiId: 'api123',
    accountId: '000000000000',
    requestId: 'request-1',
    queryString:
      'query Calls($first: Int!) { calls(first: $first) { edges { node { id from to note } } } }',
    operationName: 'Calls',
    variables: { first: 20 },
  },
  requestHeaders: {},
});

export async function measureKinds(service: Service): Promise<Target[]> {
  process.env['API_ANSWERS'] = 'kept=300';
  const rows: string[][] = [];
  const targets: Target[] = [];
  for (const { name, username, event } of KINDS) {
    const credential = await service.logIn(username);
    const compared = await compareInTurns(
      await authorizer(service, event(credential)),
      await bare(service, credential),
      PACE,
    );
    const [half, most] = [compared(0.5), compared(0.99)];
    const times = [half.ours, half.least, most.ours, most.least].map(milliseconds);
    rows.push([name, ...times, half.ratio.toFixed(2), most.ratio.toFixed(2)]);
    targets.push({
      name: `warm authorizer, ${name}, p50 to the floor`,
      measured: half.ratio,
      limit: name.includes('compiled') ? LIMIT_KEPT : LIMIT,
    });
  }
  printTable(['kind', 'p50', 'floor', 'p99', 'floor', 'p50 ratio', 'p99 ratio'], rows);
  console.log();
  await compareWithJwt(service);
  delete process.env['API_ANSWERS'];
  return targets;
}

async function authorizer({ bundles }: Service, event: object): Promise<Call> {
  const { handler } = bundles.load<Authorizer>('authorizer');
  return async () => {
    const answer = JSON.stringify(await handler(event as AuthorizerEvent));
    if (!/"isAuthorized":true|"Effect":"Allow"/.test(answer))
      throw new Error('the call was refused');
  };
}

async function compareWithJwt(service: Service): Promise<void> {
  const credential = await service.logIn(USER);
  const event = authorizerCall('GET /book/1', credential);
  const { handler } = service.bundles.load<Endpoint>('discovery');
  const { body = '' } = await handler(request('GET /.well-known/jwks.json'), {});
  const plain = service.bundles.load<{ jwtAuthorizer: typeof jwtAuthorizer }>('jwt-authorizer');
  const decide = plain.jwtAuthorizer(service.issuer, JSON.parse(body));
  const compared = await compareInTurns(
    await authorizer(service, event),
    () => decide(event),
    PACE,
  );
  const [half, most] = [compared(0.5), compared(0.99)];
  printTable(
    ['GET /book/1', 'p50', 'p99', 'a revoked session is refused'],
    [
      ['Latchkey', milliseconds(half.ours), milliseconds(most.ours), 'at once'],
      [
        'plain aws-jwt-verify',
        milliseconds(half.least),
        milliseconds(most.least),
        'when its token expires',
      ],
      [
        'what the live verdict costs',
        milliseconds(half.ours - half.least),
        milliseconds(most.ours - most.least),
        '',
      ],
    ],
  );
}
