/** The local WebSocket API over real sockets: handshake, routes, and the backend's side. */
import { describe, expect, test, vi } from 'vitest';
import { type Event, serve } from '../support/gateways/gateway.ts';
import { webSocketTemplate } from '../support/gateways/gateway-apis.ts';
import { open, opened } from '../support/gateways/socket-client.ts';

const ROUTES = { $connect: 'connect', $disconnect: 'disconnect', $default: 'any', sum: 'sum' };
const template = webSocketTemplate(ROUTES);
const policy = (Effect: string, Resource = '*', context: object | null = { subject: 'u1' }) => ({
  principalId: 'p1',
  policyDocument: { Statement: [{ Effect, Action: 'execute-api:Invoke', Resource }] },
  context,
});
const functions = {
  authorizer: (_event: Event): unknown => policy('Allow'),
  connect: (_event: Event): unknown => ({ statusCode: 200 }),
  disconnect: (_event: Event): unknown => ({ statusCode: 200 }),
  any: (event: Event): unknown => ({ statusCode: 200, body: JSON.stringify(event) }),
  sum: (event: Event): unknown => ({ total: JSON.parse(event.body).a + 1 }),
};
const signed = { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=local' } };
const served = (changes: Partial<typeof functions> = {}, clock = Date.now) =>
  serve(template, { ...functions, ...changes }, clock);
const handshake = async (changes: Partial<typeof functions>, url = '') => {
  const outcome = await open((await served(changes)).url + url);
  return 'status' in outcome ? outcome : { status: 101, body: {} };
};
const fail = (message: string) => () => Promise.reject(new Error(message));

describe('the handshake', () => {
  // The status of a refusal is documented for "Unauthorized" and Deny; the others are reported.
  test.each([
    ['an Allow', { authorizer: () => policy('Allow') }, 101],
    ['an Allow of $connect', { authorizer: () => policy('Allow', 'arn:*/dev/$connect') }, 101],
    ['an Allow of another stage', { authorizer: () => policy('Allow', 'arn:*/prod/*') }, 403],
    ['a Deny', { authorizer: () => policy('Deny') }, 403],
    ['an authorizer that throws Unauthorized', { authorizer: fail('Unauthorized') }, 401],
    ['an authorizer that throws anything else', { authorizer: fail('unauthorized') }, 500],
    ['a simple answer', { authorizer: () => ({ isAuthorized: true }) }, 500],
    ['a context that is not flat', { authorizer: () => policy('Allow', '*', { a: {} }) }, 500],
    [
      'an answer over 8 KB',
      { authorizer: () => policy('Allow', '*', { a: 'x'.repeat(8192) }) },
      500,
    ],
    ['a $connect that refuses', { connect: () => ({ statusCode: 403 }) }, 403],
    ['a $connect that throws', { connect: fail('secret detail') }, 502],
    ['a $connect that answers nonsense', { connect: () => 'ok' }, 502],
  ])('%s', async (_case, changes, status) => {
    const outcome = await handshake(changes);
    expect(outcome.status).toBe(status);
    expect(JSON.stringify(outcome.body)).not.toContain('secret detail');
  });

  test('a refusal names the connection, and $connect is not run', async () => {
    const connect = vi.fn(() => ({ statusCode: 200 }));
    const { body } = await handshake({ connect, authorizer: fail('Unauthorized') });
    expect(body).toEqual({
      message: 'Unauthorized',
      connectionId: expect.any(String),
      requestId: expect.any(String),
    });
    expect(connect).not.toHaveBeenCalled();
  });

  test('a path that is no stage is 403, and nobody is asked', async () => {
    const authorizer = vi.fn();
    const { port } = await served({ authorizer });
    for (const path of ['/prod', '/dev/x', '/dev/%40connections'])
      expect(await open(`ws://127.0.0.1:${port}${path}`)).toMatchObject({ status: 403 });
    expect(authorizer).not.toHaveBeenCalled();
  });

  test('an identity source that is missing or empty is 401, and nobody is asked', async () => {
    const authorizer = vi.fn(() => policy('Allow'));
    const Auth = structuredClone(template.Resources['Auth']);
    Object.assign(Auth?.Properties ?? {}, { IdentitySource: ['route.request.querystring.t'] });
    const changes = { Auth: Auth as NonNullable<typeof Auth> };
    const { url } = await serve(webSocketTemplate(ROUTES, { changes }), {
      ...functions,
      authorizer,
    });
    expect(await open(url)).toMatchObject({ status: 401 });
    expect(await open(`${url}?t=`)).toMatchObject({ status: 401 });
    expect(authorizer).not.toHaveBeenCalled();
    expect(await open(`${url}?t=1`)).toMatchObject({ protocol: '' });
  });

  test('a plain request is answered with 426', async () => {
    const { port } = await served();
    expect((await fetch(`http://127.0.0.1:${port}/dev`)).status).toBe(426);
  });

  test('is asked anew for every connection: nothing is kept', async () => {
    const authorizer = vi.fn(() => policy('Allow'));
    const { url } = await served({ authorizer });
    await opened(url);
    await opened(url);
    expect(authorizer).toHaveBeenCalledTimes(2);
  });

  test('the authorizer gets header, subprotocol and query', async () => {
    const authorizer = vi.fn((_event: Event) => policy('Allow'));
    const connect = () => ({ statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'bearer' } });
    const { url } = await served({ authorizer, connect });
    const headers = { Authorization: 'Bearer t' };
    const { protocol } = await opened(`${url}?token=q`, { headers, protocols: ['bearer', 'p'] });
    expect(protocol).toBe('bearer');
    const [event] = authorizer.mock.calls[0] ?? [];
    expect(event).toMatchObject({
      type: 'REQUEST',
      methodArn: expect.stringMatching(
        /^arn:aws:execute-api:us-east-1:000000000000:\w{10}\/dev\/\$connect$/,
      ),
      headers: { Authorization: 'Bearer t', 'Sec-WebSocket-Protocol': 'bearer,p' },
      multiValueHeaders: { Authorization: ['Bearer t'] },
      queryStringParameters: { token: 'q' },
      requestContext: {
        routeKey: '$connect',
        eventType: 'CONNECT',
        messageDirection: 'IN',
        stage: 'dev',
        connectionId: expect.any(String),
        identity: { sourceIp: '127.0.0.1' },
      },
    });
    for (const absent of ['httpMethod', 'path', 'version', 'resource'])
      expect(event).not.toHaveProperty(absent);
  });

  test('a subprotocol that the function does not choose fails the client, as on AWS', async () => {
    const { url } = await served();
    const outcome = open(url, { protocols: ['bearer'] });
    await expect(outcome).rejects.toThrow(/subprotocol/);
  });
});

describe('messages', () => {
  test('go to the route that the expression selects, with the context of the handshake', async () => {
    const socket = await opened((await served()).url);
    expect(await socket.ask({ action: 'sum', a: 1 })).toEqual({ total: 2 });
    expect(await socket.ask({ action: 'other', a: 1 })).toMatchObject({
      body: '{"action":"other","a":1}',
      isBase64Encoded: false,
      requestContext: {
        routeKey: '$default',
        eventType: 'MESSAGE',
        authorizer: { principalId: 'p1', subject: 'u1' },
      },
    });
  });

  test.each([
    ['no JSON', 'hello'],
    ['no object', '[1]'],
    ['an action that is no string', '{"action":{"sum":1}}'],
    ['one of the API’s own routes', '{"action":"$connect"}'],
    ['an inherited name', '{"__proto__":{"action":"sum"}}'],
  ])('%s goes to $default', async (_case, message) => {
    const socket = await opened((await served()).url);
    socket.send(message);
    expect(await socket.next()).toMatchObject({ requestContext: { routeKey: '$default' } });
  });

  test('what is not text is base64', async () => {
    const socket = await opened((await served()).url);
    socket.send(Buffer.from([0, 255]));
    expect(await socket.next()).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
  });

  test('a function that throws is an error without detail, and the connection lives on', async () => {
    const { url } = await served({ sum: fail('secret detail') });
    const socket = await opened(url);
    expect(await socket.ask({ action: 'sum' })).toMatchObject({ message: 'Internal server error' });
    expect(await socket.ask({})).toMatchObject({ requestContext: { routeKey: '$default' } });
  });

  test('without a route for it, a message is forbidden', async () => {
    const { url } = await serve(webSocketTemplate({ $connect: 'connect' }), functions);
    expect(await (await opened(url)).ask({ action: 'sum' })).toMatchObject({
      message: 'Forbidden',
    });
  });

  test('more than 128 KB closes the connection with 1009', async () => {
    const socket = await opened((await served()).url);
    socket.send('x'.repeat(128 * 1024 + 1));
    expect(await socket.closed).toMatchObject({ code: 1009 });
  });

  test('$disconnect hears of the end', async () => {
    const disconnect = vi.fn((_event: Event) => ({ statusCode: 200 }));
    const socket = await opened((await served({ disconnect })).url);
    socket.close(4001);
    await vi.waitFor(() => expect(disconnect).toHaveBeenCalledTimes(1));
    expect(disconnect.mock.calls[0]?.[0]).toMatchObject({
      requestContext: {
        routeKey: '$disconnect',
        eventType: 'DISCONNECT',
        disconnectStatusCode: 4001,
        authorizer: { subject: 'u1' },
      },
    });
  });
});

describe('@connections', () => {
  const connect = async (clock = Date.now) => {
    const gateway = await served({}, clock);
    const socket = await opened(gateway.url);
    const event = (await socket.ask({})) as Event;
    const id = event.requestContext.connectionId;
    const url = `http://127.0.0.1:${gateway.port}/dev/@connections/${id}`;
    return { socket, url };
  };

  test('POST sends to the client, GET tells of it', async () => {
    const { socket, url } = await connect();
    const sent = await fetch(url, { ...signed, method: 'POST', body: '{"hello":1}' });
    expect([sent.status, await socket.next()]).toEqual([200, { hello: 1 }]);
    expect(await (await fetch(url, signed)).json()).toMatchObject({
      connectedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      lastActiveAt: expect.any(String),
      identity: { sourceIp: '127.0.0.1' },
    });
  });

  test('DELETE ends the connection, and it is gone', async () => {
    const { socket, url } = await connect();
    expect((await fetch(url, { ...signed, method: 'DELETE' })).status).toBe(204);
    expect(await socket.closed).toMatchObject({ code: 1000 });
    for (const method of ['GET', 'POST', 'DELETE']) {
      const response = await fetch(url, { ...signed, method });
      expect(response.status).toBe(410);
      expect(response.headers.get('x-amzn-errortype')).toBe('GoneException');
    }
  });

  test('an unsigned request is 403, and an unknown connection 410', async () => {
    const { url } = await connect();
    expect((await fetch(url)).status).toBe(403);
    expect((await fetch(`${url}x`, signed)).status).toBe(410);
  });

  test('a body over 128 KB is 413', async () => {
    const { url } = await connect();
    const body = 'x'.repeat(128 * 1024 + 1);
    expect((await fetch(url, { ...signed, method: 'POST', body })).status).toBe(413);
  });

  test.each([
    ['two hours of life', 7200_000, 60_000],
    ['ten idle minutes', 600_000, 600_000],
  ])('%s end a connection, and no second less', async (_case, total, step) => {
    let now = 1_000_000;
    const { socket, url } = await connect(() => now);
    for (let passed = 0; passed + step <= total - 1000; passed += step) {
      now += step;
      await socket.ask({});
    }
    now = 1_000_000 + total - 1;
    expect((await fetch(url, signed)).status).toBe(200);
    now += 1;
    socket.send('{}');
    expect(await socket.closed).toMatchObject({ code: 1001 });
    expect((await fetch(url, signed)).status).toBe(410);
  });
});

describe('the WebSocket API refuses to start on', () => {
  const changed = (id: string, properties: object) => {
    const changes = structuredClone(template.Resources);
    Object.assign(changes[id]?.Properties ?? {}, properties);
    return webSocketTemplate(ROUTES, { changes });
  };
  test.each([
    ['a cached authorizer', changed('Auth', { AuthorizerResultTtlInSeconds: 60 })],
    ['an identity source it cannot read', changed('Auth', { IdentitySource: ['header.x'] })],
    [
      'an authorizer at another route',
      changed('Route3', { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Auth' } }),
    ],
    ['IAM authorization', changed('Route0', { AuthorizationType: 'AWS_IAM' })],
    ['API keys', changed('Route0', { ApiKeyRequired: true })],
    ['a selection by header', changed('Api', { RouteSelectionExpression: '$request.header.x' })],
    ['a mapping template', changed('Integration0', { RequestTemplates: {} })],
  ])('%s, and names the resource', async (_case, given) => {
    await expect(serve(given, functions)).rejects.toThrow(/^test-dev: \w+: /);
  });
});
