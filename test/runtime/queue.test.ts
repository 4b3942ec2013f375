/** A logout that a client is told of: from the browser through the queue, on AWS's own runtime. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DOMAIN } from '../../dev/demo-directory.ts';
import { basic, form } from '../support/actors/clients.ts';
import { VERIFIER } from '../support/actors/grants.ts';
import { CALLBACK, openBrowser } from '../support/web/browser.ts';
import { requestOf } from '../support/web/sign-in.ts';
import { type EmulatedService, startEmulatedService } from './emulated-service.ts';

const BYE = 'https://app.example.com/bye';
const told: string[] = [];
let client: Server;
let service: EmulatedService;

beforeAll(async () => {
  client = createServer(async (request, response) => {
    told.push(new URLSearchParams(await text(request)).get('logout_token') ?? '');
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => client.listen(0, '127.0.0.1', resolve));
  const backchannelLogoutUri = `http://127.0.0.1:${(client.address() as AddressInfo).port}/told`;
  const listening = {
    id: 'listening',
    name: 'Listening',
    secret: 'listening-secret',
    domain: DOMAIN,
    roles: [],
    scopes: [],
    redirectUris: [CALLBACK],
    postLogoutRedirectUris: [BYE],
    consent: 'never' as const,
    backchannelLogoutUri,
  };
  service = await startEmulatedService({ clients: [listening], users: [] });
}, 120_000);
afterAll(async () => {
  client.close();
  await service.stop();
});

const notifications = () => service.invocations.filter(({ name }) => name === 'notify');

describe('a message of the queue', () => {
  test('brings a signed logout token to the client (Back-Channel Logout §2.5)', async () => {
    const browser = openBrowser(service);
    const page = await browser.authorize(requestOf('listening'));
    const { searchParams } = new URL(String((await browser.login(page)).headers['location']));
    const exchange = {
      grant_type: 'authorization_code',
      code: searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
    };
    const tokens = await service.send(
      'POST /oauth/token',
      form(exchange, basic('listening:listening-secret')),
    );
    const hint = new URLSearchParams({ id_token_hint: String(tokens.body['id_token']) });
    await browser.submit(await browser.go(`GET /session/end?${hint}`), { action: 'yes' });

    await expect.poll(() => told).toHaveLength(1);
    const { body } = await service.send('GET /.well-known/jwks.json');
    const keys = createLocalJWKSet(body as unknown as JSONWebKeySet);
    const { payload } = await jwtVerify(told[0] ?? '', keys, { audience: 'listening' });
    expect(payload).toMatchObject({ sub: expect.any(String), sid: expect.any(String) });
    // Of the user first, then of each client that has to be told.
    expect(notifications().map(({ error }) => error)).toEqual([undefined, undefined]);
  });

  test('that makes no sense is to come again, and no other with it', async () => {
    const answer = await service.invoke('notify', {
      Records: [
        { ...RECORD, messageId: 'nonsense', body: 'nonsense' },
        { ...RECORD, messageId: 'news', body: JSON.stringify({ subject: 'nobody' }) },
      ],
    });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'nonsense' }] });
  });
});

const RECORD = {
  receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
  attributes: { ApproximateReceiveCount: '1' },
  messageAttributes: {},
  eventSource: 'aws:sqs',
};
