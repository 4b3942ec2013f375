/** The example's function: what it posts to a chat, and when it wants to be called again. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';

const posted: string[] = [];
let status = 200;
const server = createServer(async (request, response) => {
  posted.push(JSON.parse(await text(request)).text);
  response.writeHead(status).end();
});
let post: (event: object) => Promise<void>;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env['WEBHOOK'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const path = '../../examples/events/chat.mjs';
  ({ post } = await import(path));
});
afterAll(() => {
  delete process.env['WEBHOOK'];
  server.closeAllConnections();
  server.close();
});
const event = (detail: object) => ({
  'detail-type': 'user.made-administrator.v1',
  source: 'latchkey.dev',
  detail,
});

test('an event is one line', async () => {
  await post(
    event({ subject: 'user/ada', seq: 7, actor: { kind: 'user', username: 'root@a.com' } }),
  );
  expect(posted).toEqual([
    'latchkey.dev: user.made-administrator.v1: user/ada (7) by root at a.com',
  ]);
});

test('a name that somebody chose can neither mention nor format, nor begin a line', async () => {
  posted.length = 0;
  const username = '<!channel> @here *look*\n[here](https://evil.example)';
  await post(event({ subject: 'user/eve', seq: 1, actor: { kind: 'user', username } }));
  expect(posted[0]).not.toMatch(/[<>*[\]!@\n]/);
});

test('what the chat does not take is tried again', async () => {
  status = 500;
  await expect(
    post(event({ subject: 'x', seq: 1, actor: { kind: 'aws', arn: 'a' } })),
  ).rejects.toThrow('the chat answered 500');
});
