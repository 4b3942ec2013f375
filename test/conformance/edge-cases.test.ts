/** Edge cases of the checklist that no other test has, on the real handlers and the real store. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { renewSecret } from '../../lib/manage/clients/lifecycle.ts';
import { instant, seconds } from '../../lib/time.ts';
import { form, posted } from '../support/actors/clients.ts';
import { agree, refreshWith, sendToken, tokensOf, webClient } from '../support/actors/grants.ts';
import { callerOf } from '../support/actors/roles.ts';
import { advance, type Service, startService } from '../support/running/service.ts';
import { answerOf, type Browser, type Fields, openBrowser } from '../support/web/browser.ts';
import { addWebClient, codeOf, requestOf } from '../support/web/sign-in.ts';

let service: Service;
let browser: Browser;
const OWN = 'own-app';

beforeAll(async () => {
  service = await startService();
  await addWebClient(service, { id: OWN, consent: 'never', scopes: ['reports'] });
  const scopes = ['openid', 'profile'];
  await addWebClient(service, { id: 'narrow-app', consent: 'never', scopes });
  browser = openBrowser(service);
  await browser.login(await browser.authorize(requestOf(OWN)));
});
afterAll(() => service.stop());
beforeEach(() => {
  expect(browser.jar.has('__Host-latchkey')).toBe(true);
});

const ask = (more: Record<string, string | undefined>, client = OWN) =>
  browser.authorize(requestOf(client, more));

describe('scopes', () => {
  test('that nobody here knows are dropped, and the rest is granted', async () => {
    const granted = await codeOf(service, await ask({ scope: 'openid made-up reports urn:x' }));
    expect(granted.scope).toBe('openid reports');
  });

  test("that the client's list leaves out are invalid_scope", async () => {
    const answer = await ask({ scope: 'openid email' }, 'narrow-app');
    expect(answerOf(answer)).toMatchObject({ error: 'invalid_scope', state: 'opaque' });
    const allowed = await codeOf(service, await ask({ scope: 'openid profile' }, 'narrow-app'));
    expect(allowed.scope).toBe('openid profile');
  });

  test('and no claim of theirs comes by its name', async () => {
    const named = { email: { essential: true }, name: null, phone_number: null };
    const claims = JSON.stringify({ userinfo: named, id_token: named });
    const granted = await codeOf(service, await ask({ claims }, 'narrow-app'));
    expect(granted.claims).toEqual({ userinfo: ['name'], idToken: ['name'] });
  });
});

describe('an error that the client gets', () => {
  const ODD = '"\\\r\n\t\0é žluťoučký 🐎 <script>alert(1)</script>';
  test.each([
    'response_type',
    'response_mode',
    'scope',
    'prompt',
    'max_age',
    'claims',
    'id_token_hint',
    'code_challenge',
    'code_challenge_method',
    'registration',
    'request',
    'request_uri',
  ])(
    'for an odd %s has the allowed members only, in the allowed characters, and repeats nothing',
    async (name) => {
      const { to: _, ...answer } = answerOf(await ask({ [name]: ODD }));
      const { tenant: __, ...members } = answer as Fields;
      const allowed = ['error', 'error_description', 'error_uri', 'state', 'iss'];
      expect(Object.keys(members).filter((member) => !allowed.includes(member))).toEqual([]);
      expect(members['error']).toMatch(/^[a-z_]+$/);
      expect(members['error_description']).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
      expect(members['error_description']).not.toContain('script');
    },
  );

  test('at the token endpoint is printable ASCII too, and repeats nothing (RFC 6749 §5.2)', async () => {
    const client = await webClient(service);
    for (const name of ['grant_type', 'code', 'scope', 'refresh_token', 'redirect_uri']) {
      const sent = { grant_type: 'authorization_code', ...posted(client), [name]: ODD };
      const { status, body, headers } = await sendToken(service, sent);
      expect(status).toBe(400);
      expect(headers['cache-control']).toBe('no-store');
      expect(Object.keys(body).sort()).toEqual(['error', 'error_description']);
      expect(body['error_description']).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
      expect(body['error_description']).not.toContain('script');
    }
  });
});

describe('an expired secret', () => {
  test('is a wrong one: 401 invalid_client', async () => {
    const client = await webClient(service);
    const caller = await callerOf(service, await service.login('100@mydomain.com'));
    const root = { caller, permission: { own: false } };
    const now = instant(Math.floor(Date.now() / 1000));
    await renewSecret(service.tables.directory, root, client.id, { overlap: seconds(60), now });
    const attempt = async () => {
      const agreed = await agree(service, { client });
      return (await sendToken(service, agreed.exchange)).status;
    };
    expect(await attempt()).toBe(200);
    advance(60);
    expect(await attempt()).toBe(401);
  });
});

describe('a refresh token', () => {
  test('after the end of its grant is invalid_grant', async () => {
    const agreed = await agree(service);
    const { refresh } = await tokensOf(service, agreed);
    advance(86_401);
    const { status, body } = await refreshWith(service, agreed.client, refresh);
    expect([status, body['error']]).toEqual([400, 'invalid_grant']);
    advance(-86_401);
  });
});

describe('a public client', () => {
  test('gets nothing for itself: client_credentials is unauthorized_client', async () => {
    const sent = { grant_type: 'client_credentials', client_id: 'demo-spa' };
    const { status, body } = await service.send('POST /oauth/token', form(sent));
    expect([status, body['error']]).toEqual([400, 'unauthorized_client']);
  });
});

describe('a token answer', () => {
  test('has expires_in as a number of seconds, within a year (RFC 6749 §5.1)', async () => {
    const { answer } = await tokensOf(service, await agree(service));
    expect(answer.body['expires_in']).toSatisfy(
      (seconds: unknown) => typeof seconds === 'number' && seconds > 0 && seconds <= 31_536_000,
    );
    expect(answer.body['token_type']).toBe('Bearer');
  });
});
