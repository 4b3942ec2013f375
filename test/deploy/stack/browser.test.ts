/**
 * A browser at the deployed service: sign-in, consent, code exchange, logout; and the client's own server,
 * which hears of the logout through the queue.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startChromium } from '../../support/web/chromium.ts';
import { type RelyingParty, startRelyingParty } from '../../support/web/relying-party.ts';
import { administer, CHIEF, latchkey, staffed } from './callers.ts';
import { deployed, serviceUrl, settled } from './prod.ts';

/** Of RFC 7636, appendix B. */
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

let chromium: Browser;
let page: Page;
let client: RelyingParty;
let secret: string;
/** The logout tokens that the client's server got. */
const told: string[] = [];
const listener = createServer(async (request, response) => {
  told.push(new URLSearchParams(await text(request)).get('logout_token') ?? '');
  response.end();
});

beforeAll(async () => {
  await deployed();
  await staffed();
  await settled();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  [chromium, client] = await Promise.all([startChromium(), startRelyingParty()]);
  secret = await makeClient();
  page = await chromium.newPage();
}, 300_000);
afterAll(async () => {
  await chromium?.close();
  client?.stop();
  listener.close();
});

/** @returns Its secret. */
async function makeClient(): Promise<string> {
  await administer();
  const { port } = listener.address() as AddressInfo;
  const made = await latchkey(
    `client create photos --name 'Acme Photos' --consent ask --redirect-uri ${client.origin}/callback` +
      ` --post-logout-redirect-uri ${client.origin}/bye` +
      ` --backchannel-logout-uri http://127.0.0.1:${port}/logout --json`,
  );
  return (JSON.parse(made) as { secret: string }).secret;
}

const authorize = (more: Record<string, string> = {}): string =>
  `${serviceUrl()}/oauth/authorize?${new URLSearchParams({
    client_id: 'photos',
    redirect_uri: `${client.origin}/callback`,
    response_type: 'code',
    scope: 'openid email',
    state: 'af0ifjsldkj',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...more,
  })}`;

async function redeem(code = ''): Promise<Record<string, string>> {
  const answer = await fetch(`${serviceUrl()}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`photos:${secret}`)}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: `${client.origin}/callback`,
      code_verifier: VERIFIER,
    }),
  });
  return (await answer.json()) as Record<string, string>;
}

test('signs in, agrees, and the client exchanges the code; then out, and the client hears of it', async () => {
  await page.goto(authorize());
  await page.fill('#username', CHIEF.username);
  await page.fill('#password', CHIEF.password);
  await page.click('#login-submit');
  await page.click('#consent-allow');
  await page.waitForURL(`${client.origin}/callback**`);
  expect(client.answers.at(-1)).toMatchObject({ state: 'af0ifjsldkj', iss: serviceUrl() });
  const tokens = await redeem(client.answers.at(-1)?.['code']);
  const keys = createRemoteJWKSet(new URL(`${serviceUrl()}/.well-known/jwks.json`));
  const own = { issuer: serviceUrl(), audience: 'photos' };
  const { payload } = await jwtVerify(tokens['id_token'] ?? '', keys, own);
  const headers = { authorization: `Bearer ${tokens['access_token']}` };
  const userinfo = await fetch(`${serviceUrl()}/oauth/userinfo`, { headers });
  expect(await userinfo.json()).toMatchObject({ sub: payload.sub });

  const out = { id_token_hint: tokens['id_token'] ?? '', state: 'over' };
  const back = { post_logout_redirect_uri: `${client.origin}/bye` };
  await page.goto(`${serviceUrl()}/session/end?${new URLSearchParams({ ...out, ...back })}`);
  await page.click('#logout-yes');
  await page.waitForURL(`${client.origin}/bye?state=over`);

  await expect.poll(() => told, { timeout: 20_000 }).toHaveLength(1);
  const logout = await jwtVerify(told[0] ?? '', keys, { ...own, typ: 'logout+jwt' });
  expect(logout.payload).toMatchObject({
    sub: payload.sub,
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  });
}, 60_000);

test('a code works once, and the grant of one that comes again is dead', async () => {
  await page.goto(authorize());
  await page.fill('#username', CHIEF.username);
  await page.fill('#password', CHIEF.password);
  await page.click('#login-submit');
  await page.waitForURL(`${client.origin}/callback**`);
  const code = client.answers.at(-1)?.['code'];
  expect(await redeem(code)).toHaveProperty('access_token');
  expect(await redeem(code)).toMatchObject({ error: 'invalid_grant' });
}, 60_000);

test('nobody is recognised after the logout, and a wrong redirect URI is led nowhere', async () => {
  await page.goto(`${serviceUrl()}/session/end`);
  await page.click('#logout-yes');
  await page.goto(authorize({ prompt: 'none' }));
  await page.waitForURL(`${client.origin}/callback**`);
  expect(client.answers.at(-1)).toMatchObject({ error: 'login_required' });
  const answer = await page.goto(authorize({ redirect_uri: `${client.origin}/elsewhere` }));
  expect(answer?.status()).toBe(400);
}, 60_000);
