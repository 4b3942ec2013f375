/** The local HTTP API: what functions get, and what clients get back. */
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { type Event, echo, httpTemplate, serve } from '../support/gateways/gateway.ts';

const all = httpTemplate({ 'ANY /{proxy+}': '' });
const eventOf = async (path: string, init?: RequestInit): Promise<Event> => {
  const gateway = await serve(all, { handler: echo });
  return (await fetch(gateway.url + path, init)).json();
};

/** As sent, byte for byte: fetch would tidy the request up. */
async function raw(port: number, lines: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${[...lines, 'host: test', 'connection: close'].join('\r\n')}\r\n\r\n`);
  return text(socket);
}

describe('the event of an HTTP API (payload 2.0)', () => {
  test('header names are lower-cased and repeated headers joined with a comma', async () => {
    const gateway = await serve(all, { handler: echo });
    const answer = await raw(gateway.port, ['GET /x HTTP/1.1', 'X-Key: a', 'x-KEY: b']);
    const event = JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
    expect(event.headers['x-key']).toBe('a,b');
  });

  test('cookies come apart, and not among the headers', async () => {
    const event = await eventOf('/x', { headers: { cookie: 'a=1; b=2' } });
    expect(event.cookies).toEqual(['a=1', 'b=2']);
    expect(event.headers).not.toHaveProperty('cookie');
  });

  test('a form body is base64', async () => {
    const event = await eventOf('/x', { method: 'POST', body: new URLSearchParams({ a: '1 2' }) });
    expect(event.isBase64Encoded).toBe(true);
    expect(Buffer.from(event.body, 'base64').toString()).toBe('a=1+2');
  });

  test('a JSON body is plain text', async () => {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const event = await eventOf('/x', { method: 'POST', body: '{"ü":1}', headers });
    expect(event).toMatchObject({ body: '{"ü":1}', isBase64Encoded: false });
  });

  test('without a body there is no body field', async () => {
    const event = await eventOf('/x');
    expect(event).not.toHaveProperty('body');
    expect(event.isBase64Encoded).toBe(false);
  });

  test('rawPath and path parameters are decoded, rawQueryString is not', async () => {
    const event = await eventOf('/a%20b/c?q=%41&q=b');
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /{proxy+}',
      rawPath: '/a b/c',
      pathParameters: { proxy: 'a b/c' },
      rawQueryString: 'q=%41&q=b',
      queryStringParameters: { q: 'A,b' },
    });
  });

  test('requestContext names the call', async () => {
    const event = await eventOf('/x', { headers: { 'user-agent': 'tester' } });
    expect(event.requestContext).toMatchObject({
      accountId: '000000000000',
      apiId: expect.stringMatching(/^[a-z0-9]{10}$/),
      http: {
        method: 'GET',
        path: '/x',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'tester',
      },
      routeKey: 'ANY /{proxy+}',
      stage: '$default',
      time: expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      timeEpoch: expect.any(Number),
    });
    expect(event.requestContext).not.toHaveProperty('authorizer');
  });
});

describe('the limits of an HTTP API', () => {
  test('more than 10 MB of body is 413', async () => {
    const gateway = await serve(all, { handler: echo });
    const body = Buffer.alloc(10 * 1024 * 1024 + 1);
    expect((await fetch(`${gateway.url}/x`, { method: 'POST', body })).status).toBe(413);
  });

  test('more than 10,240 bytes of headers are 431, a token of 100 KB too', async () => {
    const gateway = await serve(all, { handler: echo });
    for (const size of [10_240, 100_000]) {
      const headers = { authorization: 'x'.repeat(size) };
      expect((await fetch(`${gateway.url}/x`, { headers })).status).toBe(431);
    }
  });

  test('a path that cannot be decoded is 400', async () => {
    const gateway = await serve(all, { handler: echo });
    expect((await fetch(`${gateway.url}/%ff`)).status).toBe(400);
  });
});

describe('the answer of an HTTP API', () => {
  const answerOf = async (handler: () => unknown) => {
    const gateway = await serve(all, { handler });
    return fetch(`${gateway.url}/x`);
  };

  test('status, headers, cookies and a base64 body go to the client', async () => {
    const response = await answerOf(() => ({
      statusCode: 201,
      headers: { 'X-A': 1 },
      cookies: ['a=1', 'b=2'],
      body: Buffer.from('hello').toString('base64'),
      isBase64Encoded: true,
    }));
    expect(response.status).toBe(201);
    expect(response.headers.get('x-a')).toBe('1');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.text()).toBe('hello');
  });

  test('a result without statusCode is the JSON body of a 200', async () => {
    const response = await answerOf(() => ({ a: 1 }));
    expect([response.status, await response.json()]).toEqual([200, { a: 1 }]);
  });

  test.each([
    ['a handler that throws', () => Promise.reject(new Error('secret detail'))],
    ['a body that is not a string', () => ({ statusCode: 200, body: { a: 1 } })],
    ['a status that is no status', () => ({ statusCode: 'ok' })],
  ])('%s is a 500 without detail', async (_case, handler) => {
    const response = await answerOf(handler);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ message: 'Internal Server Error' });
  });
});
