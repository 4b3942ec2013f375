/** oidc-client-ts in a real Chromium: an application that is a page, and calls from its own origin. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { USER } from '../conformance/provider.ts';
import { startChromium } from '../support/web/chromium.ts';
import type { ClientStack } from './stack.ts';

type Tokens = { access_token: string; refresh_token?: string; scope: string; profile: object };

export function byOidcClientTs(stack: () => ClientStack): void {
  let chromium: Browser;
  beforeAll(async () => {
    chromium = await startChromium();
  });
  afterAll(() => chromium?.close());

  async function open(origin: string): Promise<Page> {
    const context = await chromium.newContext({ ignoreHTTPSErrors: true });
    context.setDefaultTimeout(15_000);
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const settings = new URLSearchParams({ authority: stack().issuer, client_id: 'page-app' });
    await page.goto(`${origin}/#${settings}`);
    return page;
  }
  const run = <T>(page: Page, script: string) => page.evaluate<T>(script);

  async function signIn(): Promise<{ page: Page; user: Tokens }> {
    const { origin } = stack().page;
    const page = await open(origin);
    await run(page, 'void manager.signinRedirect()');
    await page.fill('#username', USER.username);
    await page.fill('#password', USER.password);
    await page.click('#login-submit');
    const asked = page.locator('#consent-allow');
    await Promise.race([asked.click(), page.waitForURL(`${origin}/callback**`)]);
    await page.waitForURL(`${origin}/callback**`);
    const user = await run<Tokens>(page, 'manager.signinCallback().then((user) => ({ ...user }))');
    return { page, user };
  }
  const statusAt = (page: Page, token: string) =>
    run<number>(
      page,
      `fetch('${stack().issuer}/oauth/userinfo', { headers: { authorization: 'Bearer ${token}' } }).then(({ status }) => status, String)`,
    );

  describe('oidc-client-ts, in Chromium', () => {
    test('signs a user in, and reads who it is at userinfo', async () => {
      const { user } = await signIn();
      expect(user.profile).toMatchObject({ email: USER.username, email_verified: true });
      expect(user.refresh_token).toBeDefined();
    });

    test('C1: has offline access by the consent page alone', async () => {
      const { user } = await signIn();
      expect(user.scope.split(' ')).toContain('offline_access');
    });

    test('refreshes in silence, again and again, each time by the next refresh token', async () => {
      const { page, user } = await signIn();
      const seen = new Set([user.refresh_token]);
      for (let count = 0; count < 3; count++) {
        const next = await run<Tokens>(page, 'manager.signinSilent().then((u) => ({ ...u }))');
        expect(next.access_token).not.toBe(user.access_token);
        seen.add(next.refresh_token);
      }
      expect(seen.size).toBe(4);
    });

    test('R1: revokes its tokens, which are dead at once', async () => {
      const { page, user } = await signIn();
      expect(await statusAt(page, user.access_token)).toBe(200);
      await run(page, 'manager.revokeTokens()');
      expect(await statusAt(page, user.access_token)).toBe(401);
    });

    test('R1: signs out with revokeTokensOnSignout, and comes back', async () => {
      const { page, user } = await signIn();
      await run(page, 'void manager.signoutRedirect()');
      await page.click('#logout-yes');
      await page.waitForURL(`${stack().page.origin}/bye**`);
      await run(page, 'manager.signoutCallback()');
      expect(await run(page, 'manager.getUser()')).toBeNull();
      expect(await statusAt(page, user.access_token)).toBe(401);
    });

    test('a page of an origin that the client has not registered reads nothing (Fetch, CORS)', async () => {
      const { user } = await signIn();
      const page = await open(stack().stranger.origin);
      expect(await statusAt(page, user.access_token)).toMatch(/Failed to fetch/);
    });
  });
}
