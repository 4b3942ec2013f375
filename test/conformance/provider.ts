/**
 * The running stack, as a client meets it: over HTTPS, with the demo clients and a few more, and with a
 * browser that has cookies, posts forms and knows nothing of this service but its pages.
 */

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair } from 'jose';
import { LOCAL_CREDENTIALS } from '../../dev/credentials.ts';
import type { SeedFile } from '../../dev/seed-file.ts';
import { type RunningStack, startStack } from '../../dev/stack.ts';
import type { Sent } from '../support/calls/events.ts';
import type { Answer } from '../support/running/service.ts';
import { type Browser, formOf, openBrowser, pageOf } from '../support/web/browser.ts';
import { trust } from '../support/web/trust.ts';

export const CALLBACK = 'http://127.0.0.1:9999/callback';
export const BYE = 'http://127.0.0.1:9999/bye';
export const USER = { username: 'abc@example.com', password: 'abc321' };
export const APP_ORIGIN = 'http://127.0.0.1:9999';

export type Provider = Awaited<ReturnType<typeof startProvider>>;

export async function startProvider() {
  const keys = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'key-1', alg: 'ES256', use: 'sig' };
  const application = await startApplication();
  const stack = await startStack({ https: true, more: moreClients(jwk, application.url) });
  // The libraries' own requests go by https, and are not told otherwise.
  const distrust = trust(readFileSync(stack.certificate ?? '', 'utf8'));
  const issuer = stack.urls.service;
  const send = sendTo(issuer);
  return {
    stack,
    issuer,
    issuerUrl: new URL(issuer),
    send,
    /** Of the client `key-app`. */
    privateKey: keys.privateKey,
    /** What clients were told at their back-channel logout URIs. */
    told: application.told,
    visitor: (): Browser => openBrowser({ send }),
    stop: async () => {
      distrust();
      await stack.stop();
      application.server.closeAllConnections();
      application.server.close();
    },
  };
}

const moreClients = (jwk: Record<string, unknown>, application: string): SeedFile => {
  const domain = 'mydomain.com';
  const common = { domain, roles: [], scopes: [], redirectUris: [CALLBACK] };
  return {
    users: [],
    clients: [
      {
        ...common,
        id: 'key-app',
        name: 'Keys',
        authentication: 'private_key_jwt',
        jwks: { keys: [jwk] },
      },
      {
        ...common,
        id: 'own-app',
        name: 'Asks nobody',
        secret: 'own-app-secret',
        consent: 'never',
        postLogoutRedirectUris: [BYE],
        backchannelLogoutUri: `${application}/backchannel_logout`,
      },
    ],
  };
};

/** A client's own server, which takes logout tokens. */
async function startApplication(): Promise<{ url: string; told: string[]; server: Server }> {
  const told: string[] = [];
  const server = createServer(async (request, response) => {
    told.push(await text(request));
    response.writeHead(200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, told, server };
}

/** @param call - Such as `GET /user?x=1`. */
export const sendTo =
  (base: string) =>
  async (call: string, { headers = {}, cookies = [], body }: Sent = {}): Promise<Answer> => {
    const [method = '', target = ''] = call.split(/ (.*)/s);
    const response = await fetch(new URL(target, base), {
      method,
      redirect: 'manual',
      headers: { ...headers, ...(cookies.length > 0 && { cookie: cookies.join('; ') }) },
      ...(body !== undefined && { body: body as string | Uint8Array<ArrayBuffer> }),
    });
    const answered = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      cookies: response.headers.getSetCookie(),
      body: isJson ? (JSON.parse(answered) as Record<string, unknown>) : {},
      text: answered,
    };
  };

/** A page of the stack's that is left, or what the client gets. */
export type Visited =
  | { callback: URL }
  | { form: { action: string; hidden: Record<string, string> } };

/** Signs in where asked to, agrees where asked to. @returns How the client is answered. */
export async function visit(browser: Browser, url: URL | string, user = USER): Promise<Visited> {
  const { pathname, search } = new URL(url);
  let answer = await browser.go(`GET ${pathname}${search}`);
  for (let steps = 0; steps < 4; steps++) {
    const { location } = answer.headers;
    if (location !== undefined) return { callback: new URL(location) };
    const page = pageOf(answer);
    if (page === 'form_post') return { form: formOf(answer) };
    if (page === 'login') answer = await browser.submit(answer, user);
    else if (page === 'consent') answer = await browser.submit(answer, { action: 'allow' });
    else throw new Error(`stuck at ${page}: ${answer.status} ${answer.text.slice(-600)}`);
  }
  throw new Error('asked again and again');
}

/** @throws Error where the client is answered by a form. */
export async function callbackOf(browser: Browser, url: URL | string): Promise<URL> {
  const visited = await visit(browser, url);
  if ('callback' in visited) return visited.callback;
  throw new Error('a form in place of a redirect');
}

export const rotate = async ({ stack }: { stack: RunningStack }): Promise<void> => {
  const { SecretsManagerClient, RotateSecretCommand } = await import(
    '@aws-sdk/client-secrets-manager'
  );
  const credentials = LOCAL_CREDENTIALS;
  const endpoint = stack.endpoints.secretsManager;
  const client = new SecretsManagerClient({ endpoint, region: 'us-east-1', credentials });
  await client.send(new RotateSecretCommand({ SecretId: stack.signingKeys }));
  await stack.secrets.idle();
  client.destroy();
};
