/** The choice of a language on every page: kept, without losing what is under way or was typed. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addUser } from '../../support/actors/people.ts';
import { type Answer, ISSUER, type Service, startService } from '../../support/running/service.ts';
import {
  type Browser,
  CALLBACK,
  type Fields,
  openBrowser,
  pageOf,
} from '../../support/web/browser.ts';
import { everyPage, PLAIN } from '../../support/web/pages.ts';
import { addWebClient, codeOf, requestOf } from '../../support/web/sign-in.ts';

const CLIENT = 'web-app';
const COOKIE = '__Host-latchkey-locale';

let service: Service;
let browser: Browser;
beforeAll(async () => {
  service = await startService();
  await addWebClient(service, { id: CLIENT });
});
afterAll(() => service.stop());
beforeEach(() => {
  browser = openBrowser(service);
});

const visit = (more: Fields = {}) => browser.authorize(requestOf(CLIENT, more));
/** As somebody who has agreed to nothing yet. */
const signIn = async (page: Answer) => browser.login(page, (await addUser(service)).username);
const langOf = ({ text }: Answer) => /<html lang="(..)">/.exec(text)?.[1];
const linkOf = ({ text }: Answer) =>
  /<a href="([^"]*)" lang="cs"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
const inCzech = (page: Answer, fields: Fields = {}) =>
  browser.submit(page, { ...fields, switch_locale: 'cs' });

test('every page says how to get it in the other language, but the one that leads away at once', () => {
  for (const locale of ['en', 'cs'] as const) {
    const pages = Object.entries(everyPage(PLAIN, { locale, here: '/oauth/login?a=b' }));
    for (const [name, { body }] of pages) {
      const other = locale === 'en' ? 'Čeština' : 'English';
      expect(body.includes(`>${other}</`), name).toBe(name !== 'form post');
    }
  }
});

describe('on the login page', () => {
  test('keeps the request that is under way, and the name that was typed; no password comes back', async () => {
    const page = await inCzech(await visit(), { username: 'mary', password: 'typed' });
    expect([langOf(page), pageOf(page), page.status]).toEqual(['cs', 'login', 200]);
    expect(page.text).toContain('value="mary"');
    expect(page.text).not.toContain('typed');
    expect(page.text).not.toContain('role="alert"');
    const consent = await signIn(page);
    expect([langOf(consent), pageOf(consent)]).toEqual(['cs', 'consent']);
    await codeOf(service, await browser.submit(consent, { action: 'allow' }));
  });

  test('counts as no attempt to sign in', async () => {
    service.dynamodb.requests.length = 0;
    await browser.post(await visit(), { username: 'mary', password: 'x', switch_locale: 'cs' });
    expect(service.dynamodb.requests.map(({ action }) => action)).not.toContain('UpdateItem');
  });

  test('goes before what the client and the browser ask for, there and later', async () => {
    await inCzech(await visit({ ui_locales: 'en' }));
    expect(langOf(await visit({ ui_locales: 'en' }))).toBe('cs');
    expect(langOf(await browser.go('GET /'))).toBe('cs');
    expect(langOf(await browser.go('GET /nowhere'))).toBe('cs');
  });

  test('of a request that is too long for a URL comes at once', async () => {
    const page = await inCzech(
      await visit({ response_mode: 'form_post', state: 's'.repeat(6500) }),
      {
        username: 'mary',
      },
    );
    expect([langOf(page), pageOf(page)]).toEqual(['cs', 'login']);
    expect(page.text).toContain('value="mary"');
  });

  test('for a page of our own', async () => {
    const page = await browser.go('GET /oauth/login?return_to=%2Fuser');
    const answer = await browser.submit(page, { username: 'mary', switch_locale: 'cs' });
    expect([langOf(answer), pageOf(answer)]).toEqual(['cs', 'login']);
    expect(answer.text).toContain('value="mary"');
  });
});

describe('on a page after the sign-in', () => {
  test('the question whether to allow comes again, and allows nothing', async () => {
    const consent = await inCzech(await signIn(await visit()));
    expect([langOf(consent), pageOf(consent)]).toEqual(['cs', 'consent']);
    expect(pageOf(await visit())).toBe('consent');
    await codeOf(service, await browser.submit(consent, { action: 'allow' }));
  });

  test('also after prompt=login: nobody signs in twice for it', async () => {
    const consent = await signIn(await visit({ prompt: 'login' }));
    expect(pageOf(await inCzech(consent))).toBe('consent');
  });

  test('the choice of an account comes again', async () => {
    await signIn(await visit());
    const { username } = await addUser(service);
    await browser.login(await visit({ prompt: 'login' }), username);
    const chooser = await inCzech(await visit());
    expect([langOf(chooser), pageOf(chooser)]).toEqual(['cs', 'account']);
    const own = await browser.go('GET /oauth/login?return_to=%2Fuser&prompt=select_account');
    expect(langOf(own)).toBe('cs');
    const english = await browser.submit(own, { switch_locale: 'en' });
    expect([langOf(english), pageOf(english)]).toEqual(['en', 'account']);
  });

  test('the question whether to sign out comes again, and ends nothing', async () => {
    await signIn(await visit());
    const page = await inCzech(await browser.go('GET /session/end'));
    expect([langOf(page), page.text.includes('id="logout-yes"')]).toEqual(['cs', true]);
    expect(pageOf(await visit())).toBe('consent');
    const out = await browser.post(page, { action: 'yes' });
    expect(langOf(out)).toBe('cs');
    expect(linkOf({ ...out, text: out.text.replace('lang="en"', 'lang="cs"') })).toBeDefined();
  });
});

describe('on a page without a form', () => {
  test.each(['/', '/session/end', '/oauth/authorize?client_id=nobody', '/nowhere'])(
    '%s: a link to itself, which keeps the choice and is gone from the address',
    async (path) => {
      const link = linkOf(await browser.go(`GET ${path}`));
      expect(link).toBe(`${path}${path.includes('?') ? '&' : '?'}switch_locale=cs`);
      const answer = await browser.go(`GET ${link}`);
      expect([answer.status, answer.headers['location']]).toEqual([303, ISSUER + path]);
      expect(browser.jar.get(COOKIE)).toBe('cs');
      expect(langOf(await browser.go(`GET ${path}`))).toBe('cs');
    },
  );

  test.each([
    ['a language that is not spoken here', '/?switch_locale=de'],
    ['markup', '/?switch_locale=%3Cscript%3E'],
    ['nothing', '/?switch_locale='],
  ])('%s is not kept', async (_case, path) => {
    const answer = await browser.go(`GET ${path}`);
    expect([answer.status, answer.headers['location']]).toEqual([303, `${ISSUER}/`]);
    expect(browser.jar.has(COOKIE)).toBe(false);
  });

  test('leads nowhere else, whatever stands in the address', async () => {
    for (const path of [
      '//evil.example/?switch_locale=cs',
      '/?next=https://evil.example&switch_locale=cs',
    ]) {
      const { headers } = await browser.go(`GET ${path}`);
      expect(new URL(headers['location'] ?? ISSUER).origin).toBe(ISSUER);
    }
  });

  test('is not asked of a program: an answer that is no page stays as it is', async () => {
    const { status } = await service.send('GET /nowhere?switch_locale=cs', {
      headers: { accept: 'application/json' },
    });
    expect(status).toBe(404);
  });
});

test('a cookie of one’s own making is no language', async () => {
  for (const value of ['de', '../cs', '<b>']) {
    browser.jar.set(COOKIE, value);
    expect(langOf(await browser.go('GET /'))).toBe('en');
  }
});

test('silence is left alone: prompt=none answers the client, whatever language is asked for', async () => {
  await signIn(await visit());
  const answer = await visit({ prompt: 'none', ui_locales: 'cs' });
  expect(answer.headers['location']).toContain(CALLBACK);
});
