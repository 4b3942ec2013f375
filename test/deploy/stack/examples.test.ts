/**
 * The examples of docs/protect-your-api.md beside the deployed service, of which all that they know is
 * its export: who is let through, who is not, and nobody after the logout.
 */
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { open } from '../../support/gateways/socket-client.ts';
import { CHIEF, CLERK, type Session, signIn, signOut, staffed } from './callers.ts';
import { deployed, type Example, exampleDeployed } from './prod.ts';
import { addressOf, resourcesOf } from './stacks.ts';

const { endpoint } = inject('shared');
let chief: Session;
let clerk: Session;
let http: string;
let rest: string;
let sockets: string;
let graph: string;

beforeAll(async () => {
  await deployed();
  const kinds: Example[] = ['http', 'rest', 'appsync', 'websocket'];
  await Promise.all(kinds.map(exampleDeployed));
  const addresses = ['http', 'rest', 'websocket'].map((kind) =>
    addressOf(endpoint, `latchkey-example-${kind}-prod`),
  );
  [http = '', rest = '', sockets = ''] = await Promise.all(addresses);
  graph = await graphUrl();
  await staffed();
  [chief, clerk] = await Promise.all([signIn(CHIEF), signIn(CLERK)]);
}, 240_000);

async function graphUrl(): Promise<string> {
  const resources = await resourcesOf(endpoint, 'latchkey-example-appsync-prod');
  const api = resources.find(({ type }) => type === 'AWS::AppSync::GraphQLApi');
  return `${endpoint}/v1/apis/${api?.physicalId.split('/').at(-1)}/graphql`;
}

type Headers = Record<string, string>;
const bearer = ({ token }: Session): Headers => ({ authorization: `Bearer ${token}` });
const NOBODY: Headers = {};
const FORGED: Headers = { authorization: 'Bearer x.y.z' };

describe.each([
  ['HTTP API', () => http],
  ['REST API', () => rest],
])('the %s', (_kind, base) => {
  const call = async (headers: Headers, method = 'GET', path = '/cdr') => {
    const answer = await fetch(base() + path, { method, headers });
    return { status: answer.status, body: JSON.parse(await answer.text()) };
  };

  test.each([
    ['a bearer token', () => bearer(chief)],
    ['the two headers of Webitel', () => chief.headers],
  ])('lets a caller in by %s, and tells the handler who it is', async (_case, headers) => {
    const { status, body } = await call(headers(), 'DELETE');
    expect([status, body]).toMatchObject([
      200,
      { method: 'DELETE', caller: { username: CHIEF.username, resource: 'cdr', action: 'd' } },
    ]);
  });

  test.each([
    ['nobody', () => NOBODY, 'GET', '/cdr', 401],
    ['a token that is not valid', () => FORGED, 'GET', '/cdr', 401],
    ['two credentials', () => ({ ...chief.headers, ...bearer(clerk) }), 'GET', '/cdr', 401],
    ['what the role may not', () => bearer(clerk), 'DELETE', '/cdr', 403],
    ['a path that the role does not name', () => bearer(clerk), 'GET', '/book', 403],
  ])('refuses %s', async (_case, headers, method, path, status) => {
    expect(await call(headers(), method, path)).toMatchObject({ status });
  });

  test('lets nobody in after the logout', async () => {
    const session = await signIn(CLERK);
    expect(await call(bearer(session))).toMatchObject({ status: 200 });
    await signOut(session);
    expect(await call(bearer(session))).toMatchObject({ status: 401 });
  });
});

test("the REST API's 401 names the scheme, by the gateway response of its template", async () => {
  const { headers } = await fetch(`${rest}/cdr`);
  expect(headers.get('www-authenticate')).toBe('Bearer');
});

describe('the GraphQL API (AppSync)', () => {
  const CALL = '{ call(id: "1") { id } }';
  const ask = async (query: string, authorization: string) => {
    const body = JSON.stringify({ query });
    const headers = { authorization, 'content-type': 'application/json' };
    const answer = await fetch(graph, { method: 'POST', body, headers });
    return { status: answer.status, body: JSON.parse(await answer.text()) };
  };

  test('answers a caller by the resolver that the authorizer let it reach', async () => {
    const { body } = await ask('{ whoami { username } call(id: "1") { from } }', clerk.token);
    expect(body).toEqual({
      data: { whoami: { username: CLERK.username }, call: { from: '100' } },
    });
  });

  test.each([
    ['a token that is not valid', CALL, () => 'x.y.z'],
    [
      'a mutation that the role may not',
      'mutation { deleteCall(id: "1") { id } }',
      () => clerk.token,
    ],
  ])('refuses %s', async (_case, query, token) => {
    const { status, body } = await ask(query, token());
    expect(status).toBe(401);
    expect(body.data ?? null).toBeNull();
  });

  test('refuses every token after its logout', async () => {
    const session = await signIn(CLERK);
    expect((await ask(CALL, session.token)).status).toBe(200);
    await signOut(session);
    expect((await ask(CALL, session.token)).status).toBe(401);
  });
});

describe('the WebSocket API', () => {
  const url = () => sockets.replace('http:', 'ws:');

  test.each([
    ['a header', () => open(url(), { headers: bearer(chief) })],
    ['the query', () => open(`${url()}?access_token=${chief.token}`)],
  ])('lets a caller in by %s, and every message knows who it is', async (_case, connect) => {
    const connection = await connect();
    if ('status' in connection) throw new Error(`refused with ${connection.status}`);
    expect(await connection.ask({ action: 'whoami' })).toMatchObject({
      caller: { username: CHIEF.username, resource: 'channels' },
    });
    connection.close();
  });

  test.each([
    ['nobody', () => ({}), 401],
    ['a token that is not valid', () => ({ headers: FORGED }), 401],
    ['a role that may not connect', () => ({ headers: bearer(clerk) }), 403],
  ])('refuses %s', async (_case, given, status) => {
    expect(await open(url(), given())).toMatchObject({ status });
  });
});
