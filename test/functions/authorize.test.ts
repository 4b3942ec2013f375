/** GET and POST /oauth/authorize, and the forms: what a client and its users go through. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readCode } from '../../lib/store/codes.ts';
import {
  answerOf,
  type Browser,
  CALLBACK,
  CHALLENGE,
  type Fields,
  openBrowser,
  pageOf,
} from '../support/browser.ts';
import { addClient } from '../support/clients.ts';
import { ISSUER, type Service, startService } from '../support/service.ts';

let service: Service;
let browser: Browser;
const CLIENT = 'web-app';

beforeAll(async () => {
  service = await startService();
  await addClient(service, {
    id: CLIENT,
    name: 'Web App',
    redirectUris: [CALLBACK],
    grants: ['authorization_code', 'refresh_token'],
  });
});
afterAll(() => service.stop());
beforeEach(() => {
  browser = openBrowser(service);
});

const asked = (more: Fields = {}): Fields => ({
  client_id: CLIENT,
  redirect_uri: CALLBACK,
  response_type: 'code',
  scope: 'openid profile',
  state: 'opaque',
  nonce: 'n-0S6_WzA2Mj',
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
  ...more,
});

describe('the authorization code flow', () => {
  test('login, consent, and a code with state and iss (RFC 6749 §4.1.2, RFC 9207 §2)', async () => {
    const login = await browser.authorize(asked());
    expect([login.status, pageOf(login)]).toEqual([200, 'login']);
    const consent = await browser.login(login);
    expect([consent.status, pageOf(consent)]).toEqual([200, 'consent']);
    const answer = await browser.submit(consent, { action: 'allow' });
    expect(answer.status).toBe(303);
    const { code = '', ...rest } = answerOf(answer);
    expect(rest).toEqual({
      to: 'https://app.example.com/callback',
      tenant: '7',
      state: 'opaque',
      iss: ISSUER,
    });
    expect(await readCode(service.tables.sessions, code)).toMatchObject({
      client: CLIENT,
      redirectUri: CALLBACK,
      scope: 'openid profile',
      nonce: 'n-0S6_WzA2Mj',
      challenge: CHALLENGE,
      authTime: Date.now() / 1000,
      validUntil: Date.now() / 1000 + 60,
    });
  });
});
