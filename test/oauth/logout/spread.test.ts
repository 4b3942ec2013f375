/**
 * Back-channel logout of many: what has ended for a client, a domain or a user with very many grants, a part at
 * a time. The queue is the local SQS; the clients' server is one on loopback.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { get, put } from '../../../lib/aws/table.ts';
import { raiseDomain } from '../../../lib/store/directory/domains.ts';
import { raiseGeneration } from '../../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { sessionKey } from '../../../lib/store/sessions/sessions.ts';
import type { Credentials } from '../../support/actors/clients.ts';
import {
  agree,
  openBrowser,
  refreshWith,
  tokensOf,
  webClient,
} from '../../support/actors/grants.ts';
import { addUser } from '../../support/actors/people.ts';
import { makeDomain } from '../../support/actors/roles.ts';
import { type Service, startService } from '../../support/running/service.ts';
import { changeClient } from '../../support/web/sign-in.ts';

let service: Service;
let told: { path: string; sid: string }[];
let base: string;
const server = createServer(async (request, response) => {
  const token = new URLSearchParams(await text(request)).get('logout_token') ?? '';
  const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  told.push({ path: request.url ?? '', sid: JSON.parse(claims)['sid'] });
  response.writeHead(200).end();
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  service = await startService({ ALLOW_REQUESTS_TO_LOOPBACK: 'true' });
});
afterAll(async () => {
  await service.stop();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  told = [];
});

const listening = (path: string, more = {}) =>
  webClient(service, { backchannelLogoutUri: `${base}${path}`, ...more });
const news = (body: object) =>
  service.notify({
    Records: [
      {
        eventSource: 'aws:sqs',
        messageId: 'm1',
        receiptHandle: 'r1',
        body: JSON.stringify(body),
        attributes: { ApproximateReceiveCount: '1' },
      },
    ],
  } as never);
const paths = () => told.map(({ path }) => path).sort();
const sidOf = (idToken: string) =>
  JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString())['sid'] as string;
async function grantTo(client: Credentials, given: Parameters<typeof agree>[1] = {}) {
  const agreed = await agree(service, { client, ...given });
  const tokens = await tokensOf(service, agreed);
  return { ...agreed, ...tokens, sid: sidOf(tokens.id) };
}
const isStored = async (subject: string, key: string) =>
  (await get(service.tables.sessions, sessionKey({ subject, key }))) !== undefined;
const queued = (): object[] =>
  service.queue.requests
    .filter(({ action }) => action === 'SendMessageBatch')
    .flatMap(({ body }) => body['Entries'] as { MessageBody: string }[])
    .map(({ MessageBody }) => JSON.parse(MessageBody));
const settled = () => new Promise((resolve) => setTimeout(resolve, 300));

describe('a client that was signed out', () => {
  test('is told of all its users, and of nobody else’s grants', async () => {
    const [one, other] = [await listening('/one'), await listening('/other')];
    const [first, second] = [await grantTo(one), await grantTo(one)];
    const beside = await grantTo(other, { browser: first.browser });
    await raiseGeneration(service.tables.directory, subjectKey(one.id));
    expect(await news({ client: one.id })).toEqual({ batchItemFailures: [] });
    await expect
      .poll(() => told.map(({ sid }) => sid).sort())
      .toEqual([first.sid, second.sid].sort());
    expect(paths()).toEqual(['/one', '/one']);
    expect(await isStored(first.browser.name.subject, first.sid)).toBe(false);
    expect(await isStored(first.browser.name.subject, beside.sid)).toBe(true);
    await news({ client: one.id });
    await settled();
    expect(told).toHaveLength(2);
  });

  test('is told of the users of every domain that it may act for', async () => {
    await makeDomain(service, 'far.example');
    const user = await addUser(service, { domain: 'far.example' });
    const client = await listening('/far', { domains: ['*'] });
    await grantTo(client, { browser: await openBrowser(service, user.id) });
    await raiseGeneration(service.tables.directory, subjectKey(client.id));
    await news({ client: client.id });
    await expect.poll(paths).toEqual(['/far']);
  });

  test('and admits a domain no more is told of its users there too', async () => {
    await makeDomain(service, 'left.example');
    const user = await addUser(service, { domain: 'left.example' });
    const client = await listening('/left', { domains: ['mydomain.com', 'left.example'] });
    await grantTo(client, { browser: await openBrowser(service, user.id) });
    await changeClient(service, client.id, { domains: ['mydomain.com'] });
    await raiseGeneration(service.tables.directory, subjectKey(client.id));
    await news({ client: client.id, domains: ['left.example'] });
    await expect.poll(paths).toEqual(['/left']);
  });

  test('and does not want to know, or is none, has nobody looked at', async () => {
    const deaf = await webClient(service);
    // What the test before has set going ends.
    await settled();
    service.dynamodb.requests.length = 0;
    await news({ client: deaf.id });
    await news({ client: 'nobody' });
    await settled();
    expect(service.dynamodb.requests.map(({ action }) => action)).toEqual(['GetItem', 'GetItem']);
  });
});

test('a domain that was signed out: the clients of all its users, page by page', async () => {
  const domain = 'many.example';
  await makeDomain(service, domain);
  const client = await listening('/many', { domains: ['*'] });
  const users = [];
  for (let count = 0; count < 3; count++) users.push(await addUser(service, { domain }));
  for (const { id } of users) await grantTo(client, { browser: await openBrowser(service, id) });
  // Beside them so many that one page does not hold them.
  const { directory } = service.tables;
  const item = await get(directory, subjectKey(users[0]?.id ?? ''));
  const add = (count: number) =>
    put(directory, {
      ...item,
      pk: `other-${count}`,
      id: `other-${count}`,
      listSort: `aa-${count}`,
    });
  await Promise.all(Array.from({ length: 250 }, (_, count) => add(count)));
  await raiseDomain(directory, domain);
  service.queue.requests.length = 0;
  await news({ domain });
  await expect.poll(paths, { timeout: 20_000 }).toEqual(['/many', '/many', '/many']);
  expect(queued().filter((message) => 'after' in message)).toHaveLength(1);
});

test('a user with very many grants is dealt with a part at a time, and each is told of once', async () => {
  const client = await listening('/grants');
  const granted = await grantTo(client, { scope: 'openid offline_access' });
  const { subject } = granted.browser.name;
  const { sessions, directory } = service.tables;
  const item = await get(sessions, sessionKey({ subject, key: granted.sid }));
  const add = (count: number) =>
    put(sessions, { ...item, ...sessionKey({ subject, key: `grant-${count}` }) });
  await Promise.all(Array.from({ length: 1200 }, (_, count) => add(count)));
  await raiseGeneration(directory, subjectKey(subject));
  service.queue.requests.length = 0;
  await news({ subject });
  await expect.poll(() => told.length, { timeout: 60_000 }).toBe(1201);
  // Five hundred, as many, and what is left.
  const parts = queued().filter((message) => isDeepStrictEqual(message, { subject }));
  expect(parts).toHaveLength(2);
  expect(new Set(told.map(({ sid }) => sid)).size).toBe(1201);
  expect(await isStored(subject, 'grant-1199')).toBe(false);
}, 120_000);

test('a client that was told that its tokens are dead is not told again when the browser signs out', async () => {
  const client = await listening('/reused');
  const granted = await grantTo(client, { scope: 'openid offline_access' });
  const { subject } = granted.browser.name;
  expect((await refreshWith(service, client, granted.refresh)).status).toBe(200);
  const revoked = { headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  await service.send('POST /oauth/revoke', {
    ...revoked,
    body: new URLSearchParams({
      token: granted.access,
      client_id: client.id,
      client_secret: client.secret,
    }).toString(),
  });
  await news({ client: client.id, subject, sid: granted.sid });
  await expect.poll(paths).toEqual(['/reused']);
  await raiseGeneration(service.tables.directory, subjectKey(subject));
  await news({ subject });
  await settled();
  expect(paths()).toEqual(['/reused']);
});
