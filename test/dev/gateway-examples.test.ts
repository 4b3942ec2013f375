/**
 * The examples, packaged as for a deployment, behind the real authorizer and the local gateway. The
 * HTTP and the REST API are exercised by test/dev/start.test.ts and the tour.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cleanups } from '../../dev/cleanups.ts';
import type { ApiGateway } from '../../dev/gateway/server.ts';
import { startGateway } from '../../dev/gateway/start.ts';
import { packageService } from '../../dev/package.ts';
import { EXAMPLE_CODE } from '../../dev/services.ts';
import { resolveStack } from '../../dev/template.ts';
// @ts-expect-error: an example is plain JavaScript.
import * as graph from '../../examples/protected-api/graph.mjs';
// @ts-expect-error: an example is plain JavaScript.
import * as socket from '../../examples/protected-api/socket.mjs';
import { editRole } from '../../lib/manage/roles/edit.ts';
import { addUser } from '../support/actors/people.ts';
import type { Event, Functions } from '../support/gateways/gateway.ts';
import { open, opened } from '../support/gateways/socket-client.ts';
import {
  bearer,
  both,
  type Credential,
  type Service,
  startService,
} from '../support/running/service.ts';

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:authorizer';
const folder = mkdtempSync(join(tmpdir(), 'latchkey-examples-'));
const closing = cleanups();
/** Of the gateways; the service's own stands still. */
let now = 1_000_000_000;
let service: Service;
let sockets: ApiGateway;
let api: ApiGateway;
let root: Credential;
let user: Credential;

beforeAll(async () => {
  service = await startService();
  closing.add(() => service.stop());
  const functions: Functions = {
    authorizer: service.authorizer as never,
    'latchkey-example-websocket-dev-connect': socket.connect,
    'latchkey-example-websocket-dev-message': socket.message,
    'latchkey-example-websocket-dev-disconnect': socket.disconnect,
    'latchkey-example-appsync-dev-resolve': graph.resolve,
  };
  [sockets, api] = await Promise.all([start('websocket', functions), start('appsync', functions)]);
  root = await service.login('100@mydomain.com');
  user = await service.login('200@mydomain.com');
});
afterAll(async () => {
  await closing.run();
  rmSync(folder, { recursive: true, force: true });
});

async function start(kind: string, functions: Functions): Promise<ApiGateway> {
  const name = `latchkey-example-${kind}-dev`;
  const source = { name, dir: join(EXAMPLE_CODE, kind) };
  const template = await packageService(source, folder, new AbortController().signal);
  const stack = resolveStack(template, { name, imports: { 'latchkey-dev-authorizer-arn': ARN } });
  const invoke = async (arn: string, event: unknown) => {
    const run = functions[arn.split(':').at(-1) ?? ''];
    if (!run) throw new Error(`no function ${arn}`);
    const text = JSON.stringify(await run(JSON.parse(JSON.stringify(event))));
    return text === undefined ? null : (JSON.parse(text) as unknown);
  };
  const gateway = await startGateway({ stack, invoke, clock: () => now, port: 0 });
  closing.add(() => gateway.stop());
  return gateway;
}

test.each([
  ['HTTP API', 'http'],
  ['REST API', 'rest'],
  ['WebSocket API', 'websocket'],
  ['GraphQL API (AppSync)', 'appsync'],
])('what docs/protect-your-api.md shows of the %s is in the example', (title, kind) => {
  const page = readFileSync('docs/protect-your-api.md', 'utf8');
  const [, shown = ''] = page.split(`## ${title}\n\n\`\`\`yaml\n`)[1]?.match(/^([^`]+)```/) ?? [];
  const example = readFileSync(join(EXAMPLE_CODE, kind, 'serverless.yml'), 'utf8');
  const lines = new Set(example.split('\n').map((line) => line.trim()));
  const wanted = shown.split('\n').map((line) => line.trim());
  expect(wanted.length).toBeGreaterThan(5);
  expect(wanted.filter((line) => line !== '' && !lines.has(line))).toEqual([]);
});

test('P5-3: the block of README.md routes the path itself, and all below it', () => {
  const [, block = ''] =
    readFileSync('README.md', 'utf8').match(/```yaml\n([^`]*resultTtlInSeconds[^`]*)```/) ?? [];
  const paths = [...block.matchAll(/httpApi: \{ method: '\*', path: '?([^', ]+)/g)];
  expect(paths.map(([, path]) => path)).toEqual(['/book', '/book/{proxy+}']);
});

describe('the WebSocket example', () => {
  const caller = { username: '100@mydomain.com', kind: 'user', resource: 'channels' };

  test.each([
    ['a header', () => ({ headers: bearer(root) })],
    ['the two headers of Webitel', () => ({ headers: both(root) })],
    ['a subprotocol', () => ({ protocols: ['latchkey', root.token] })],
  ])('lets a caller in by %s', async (_case, given) => {
    const connection = await opened(sockets.url, given());
    expect(await connection.ask({ action: 'whoami' })).toMatchObject({ caller });
    connection.close();
  });

  test('lets a caller in by the query', async () => {
    const connection = await opened(`${sockets.url}?access_token=${root.token}`);
    expect(await connection.ask({ hello: 1 })).toMatchObject({ echo: '{"hello":1}' });
    connection.close();
  });

  test('echoes the name of the subprotocol, and not the token', async () => {
    const { protocol, close } = await opened(sockets.url, { protocols: ['latchkey', root.token] });
    expect(protocol).toBe('latchkey');
    close();
  });

  test.each([
    ['nothing', () => ({}), 401],
    ['a token that is not valid', () => ({ headers: { authorization: 'Bearer x.y.z' } }), 401],
    [
      'a token in two places',
      () => ({ ...{ headers: bearer(root) }, protocols: ['latchkey', root.token] }),
      401,
    ],
    ['a role that may not connect', () => ({ headers: bearer(user) }), 403],
  ])('refuses %s', async (_case, given, status) => {
    expect(await open(sockets.url, given())).toMatchObject({ status });
  });

  test('lets nobody in after a logout', async () => {
    const session = await service.login('100@mydomain.com');
    (await opened(sockets.url, { headers: bearer(session) })).close();
    await service.logout(session);
    expect(await open(sockets.url, { headers: bearer(session) })).toMatchObject({ status: 401 });
  });

  test('serves a connection for five minutes and no longer: that is its bound', async () => {
    const session = await service.login('100@mydomain.com');
    const connection = await opened(sockets.url, { headers: bearer(session) });
    await service.logout(session);
    now += 299_999;
    expect(await connection.ask({ action: 'whoami' })).toMatchObject({ caller });
    now += 1;
    expect(await connection.ask({ action: 'whoami' })).toEqual({ error: 'reconnect' });
    expect(await open(sockets.url, { headers: bearer(session) })).toMatchObject({ status: 401 });
    connection.close();
  });
});

describe('the GraphQL example', () => {
  const ask = async (query: string, authorization: string) => {
    const body = JSON.stringify({ query });
    const response = await fetch(api.url, { method: 'POST', body, headers: { authorization } });
    return { status: response.status, body: (await response.json()) as Event };
  };

  test.each([
    ['alone', ''],
    ['after its scheme', 'Bearer '],
  ])('takes a token %s', async (_case, scheme) => {
    const { status, body } = await ask('{ whoami { username } }', scheme + root.token);
    expect([status, body]).toEqual([200, { data: { whoami: { username: '100@mydomain.com' } } }]);
  });

  test('shows a caller what its role may read', async () => {
    const query = '{ call(id: "1") { from note } }';
    expect((await ask(query, root.token)).body).toEqual({
      data: { call: { from: '100', note: 'called back' } },
    });
  });

  test('runs no mutation that the role may not', async () => {
    const query = 'mutation { deleteCall(id: "1") { id } }';
    expect((await ask(query, root.token)).body).toEqual({ data: { deleteCall: { id: '1' } } });
    const { status, body } = await ask(query, user.token);
    expect(status).toBe(401);
    expect(body).not.toHaveProperty('data');
  });

  test('refuses a token that is not valid, and every token after its logout', async () => {
    const session = await service.login('200@mydomain.com');
    expect((await ask('{ calls { id } }', session.token)).status).toBe(200);
    await service.logout(session);
    expect((await ask('{ calls { id } }', session.token)).status).toBe(401);
    expect((await ask('{ calls { id } }', 'x.y.z')).status).toBe(401);
  });

  test('hides a field that the role may not see', async () => {
    const { directory } = service.tables;
    await editRole(directory, { name: 'reader', number: -1, parents: [], acl: { cdr: ['r'] } });
    await addUser(service, { username: 'reader', roles: ['reader'], domain: 'mydomain.com' });
    const { token } = await service.login('reader');
    const { body } = await ask('{ calls { id note } }', token);
    expect(body.data.calls).toEqual([
      { id: '1', note: null },
      { id: '2', note: null },
    ]);
    expect(body.errors[0].message).toBe('Not Authorized to access note on type Call');
  });
});
