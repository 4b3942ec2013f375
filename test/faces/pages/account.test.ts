/** The pages of one's own account: for whoever is signed in, for themselves alone, and by their own forms. */

import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeLink } from '../../../lib/account/links.ts';
import { LinkOrder } from '../../../lib/account/mail-order.ts';
import { sayAct } from '../../../lib/faces/pages/account/acts.ts';
import { ACCOUNT_PAGES } from '../../../lib/faces/pages/account/own-pages.ts';
import { readDomain } from '../../../lib/store/directory/domains.ts';
import { findUserId } from '../../../lib/store/directory/login-owners.ts';
import { readUser } from '../../../lib/store/directory/users.ts';
import { typesOf as typesIn } from '../../../lib/store/events/types.ts';
import { saveConsent } from '../../../lib/store/sessions/consents.ts';
import { instant } from '../../../lib/time.ts';
import { addUser } from '../../support/actors/people.ts';
import { makeRole } from '../../support/actors/roles.ts';
import { type Admin, startAdmin } from '../../support/running/admin.ts';
import { advance, ISSUER } from '../../support/running/service.ts';
import { eventsIn } from '../../support/running/trail.ts';
import { formWith, growStale, press, send, signedIn } from '../../support/web/account.ts';
import { openBrowser } from '../../support/web/browser.ts';
import { addWebClient, cookieOf, requestOf } from '../../support/web/sign-in.ts';

let service: Admin;
beforeAll(async () => {
  service = await startAdmin();
  await makeRole(service, { name: 'reader', acl: { cdr: ['r'] } });
  await addWebClient(service, { id: 'asking-app' });
});
afterAll(() => service.stop());

const now = () => instant(Math.floor(Date.now() / 1000));
const userOf = async (username: string) => {
  const id = await findUserId(service.tables.directory, username);
  const user = id === undefined ? undefined : await readUser(service.tables.directory, id);
  if (!user) throw new Error(`no user ${username}`);
  return user;
};
const person = async (given: Parameters<typeof addUser>[1] = {}) => {
  const { id, username } = await addUser(service, given);
  return { id, username, browser: await signedIn(service, username) };
};
const typesOf = async (id: string) =>
  (await eventsIn(service.tables.events))
    .filter((event) => event.subject === `user/${id}`)
    .map(({ type }) => type);
const ordersOf = (id: string) =>
  service.queue.requests
    .flatMap(({ body }) => (body['Entries'] as { MessageBody: string }[] | undefined) ?? [])
    .map(({ MessageBody }) => JSON.parse(MessageBody) as unknown)
    .filter((order) => v.is(LinkOrder, order))
    .filter(({ subject }) => subject === id);
const NEW = 'five words of nobody at all';
const FORMS = [
  ['/account/profile', 'profile-save', {}],
  ['/account/email', 'email-submit', { email: 'new@example.com' }],
  ['/account/password', 'password-submit', { oldPassword: 'secret', newPassword: NEW }],
  ['/account/sessions', 'sessions-others', { action: 'others' }],
  ['/account/keys', 'key-make', { name: 'ci', days: '30' }],
] as const;
const GRAVE = ['/account/email', '/account/password', '/account/delete'];

describe('nobody but whoever is signed in', () => {
  test.each(ACCOUNT_PAGES)('%s sends others to sign in, and back', async (place) => {
    const { status, headers } = await openBrowser(service).go(`GET ${place}`);
    expect(status).toBe(303);
    const to = new URL(headers['location'] ?? '');
    expect([to.origin + to.pathname, to.searchParams.get('return_to')]).toEqual([
      `${ISSUER}/oauth/login`,
      place,
    ]);
  });

  test.each(ACCOUNT_PAGES)('%s is shown after it, and never kept', async (place) => {
    const { browser } = await person();
    const { status, headers } = await browser.go(`GET ${place}`);
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
  });

  test.each(FORMS)('%s does nothing for a browser without a sign-in', async (place, id, fields) => {
    const { browser, id: user } = await person({ roles: ['reader'] });
    if (place === '/account/sessions') await signedIn(service, browser.username);
    const { hidden } = formWith(await browser.go(`GET ${place}`), id);
    browser.jar.clear();
    const before = await typesOf(user);
    const { status, text } = await send(browser, place, { ...hidden, ...fields });
    expect([status, text]).toEqual([400, expect.stringContaining('This page has expired')]);
    expect(await typesOf(user)).toEqual(before);
  });

  test('a session that was ended is none', async () => {
    const { browser, username } = await person();
    const other = await signedIn(service, username);
    await press(other, '/account/sessions', 'sessions-others', { action: 'others' });
    expect((await browser.go('GET /account')).status).toBe(303);
    expect((await other.go('GET /account')).status).toBe(200);
  });
});

describe('a form does nothing that another site, browser or page could have sent', () => {
  const of = async (place: string, id: string) => {
    const { browser, id: user } = await person({ roles: ['reader'] });
    if (place === '/account/sessions') await signedIn(service, browser.username);
    const { hidden } = formWith(await browser.go(`GET ${place}`), id);
    return { browser, hidden, before: await typesOf(user), left: () => typesOf(user) };
  };

  test.each(FORMS)('%s without its token', async (place, id, fields) => {
    const { browser, before, left } = await of(place, id);
    const { status, text } = await send(browser, place, fields);
    expect([status, text]).toEqual([400, expect.stringContaining('This page has expired')]);
    expect(await left()).toEqual(before);
  });

  test.each(FORMS)('%s with the token of somebody else', async (place, id, fields) => {
    const { browser, before, left } = await of(place, id);
    const other = await of(place, id);
    expect((await send(browser, place, { ...other.hidden, ...fields })).status).toBe(400);
    expect(await left()).toEqual(before);
  });

  test.each(FORMS)('%s with the token of another page', async (place, id, fields) => {
    const { browser, before, left } = await of(place, id);
    const [elsewhere, marker] = place === '/account/profile' ? FORMS[4] : FORMS[0];
    const { hidden } = formWith(await browser.go(`GET ${elsewhere}`), marker);
    expect((await send(browser, place, { ...hidden, ...fields })).status).toBe(400);
    expect(await left()).toEqual(before);
  });

  test.each(FORMS)('%s an hour later', async (place, id, fields) => {
    const { browser, hidden, before, left } = await of(place, id);
    advance(3600);
    expect((await send(browser, place, { ...hidden, ...fields })).status).toBe(400);
    expect(await left()).toEqual(before);
  });

  test.each(['cross-site', 'same-site'])('sent from a page that is %s', async (site) => {
    const { browser, hidden, before, left } = await of('/account/profile', 'profile-save');
    const headers = {
      'sec-fetch-site': site,
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    const { status } = await send(browser, '/account/profile', { ...hidden, name: 'x' }, headers);
    expect(status).toBe(400);
    expect(await left()).toEqual(before);
  });

  test('nor does it act for somebody else who is signed in in the same browser', async () => {
    const { browser } = await person();
    const { hidden } = formWith(await browser.go('GET /account/profile'), 'profile-save');
    const { username } = await addUser(service);
    const login = await browser.go('GET /oauth/login?return_to=/account&prompt=login');
    await browser.post(login, { username, password: 'secret' });
    expect((await browser.go('GET /account')).text).toContain(username);
    const { status } = await send(browser, '/account/profile', { ...hidden, nickname: 'mixed' });
    expect(status).toBe(400);
    for (const name of [username, browser.username])
      expect((await userOf(name)).profile).toEqual({});
  });

  test('nor is any page in a frame, or for a script', async () => {
    const { browser } = await person();
    const headers = {
      'sec-fetch-site': 'same-origin',
      'sec-fetch-mode': 'cors',
      'sec-fetch-dest': 'empty',
    };
    expect((await browser.go('GET /account/export', { headers })).status).toBe(400);
  });
});

describe('whatever changes how the account is entered needs a sign-in of the last ten minutes', () => {
  test.each(GRAVE)('%s asks for one before it is shown', async (place) => {
    const { browser } = await person();
    growStale();
    const { headers } = await browser.go(`GET ${place}`);
    expect(headers['location']).toBe(
      `${ISSUER}/oauth/login?${new URLSearchParams({ return_to: place, prompt: 'login' })}`,
    );
    const again = await browser.go(`GET ${(headers['location'] ?? '').slice(ISSUER.length)}`);
    expect(again.text).toContain('Confirm it’s you');
    expect(again.text).toContain(`value="${browser.username}"`);
    const back = await browser.post(again, { username: browser.username, password: 'secret' });
    expect(back.headers['location']).toBe(ISSUER + place);
    expect((await browser.go(`GET ${place}`)).status).toBe(200);
  });

  test('a form that was open for longer does nothing, and has what was typed after it', async () => {
    const { browser, id } = await person({ email: 'old1@example.com' });
    const { hidden } = formWith(await browser.go('GET /account/email'), 'email-submit');
    growStale();
    const answer = await send(browser, '/account/email', { ...hidden, email: 'typed@example.com' });
    expect(answer.headers['location']).toContain('prompt=login');
    expect(answer.headers['location']).not.toContain('typed');
    expect(ordersOf(id)).toEqual([]);
    const login = await browser.go(
      `GET ${(answer.headers['location'] ?? '').slice(ISSUER.length)}`,
    );
    await browser.post(login, { username: browser.username, password: 'secret' });
    const page = await browser.go('GET /account/email');
    expect(page.text).toContain('value="typed@example.com"');
    expect((await browser.go('GET /account/email')).text).not.toContain('typed@example.com');
  });

  test('a password is never kept so', async () => {
    const { browser, id } = await person();
    const { hidden } = formWith(await browser.go('GET /account/password'), 'password-submit');
    growStale();
    const typed = { oldPassword: 'secret', newPassword: NEW };
    const { cookies, headers } = await send(browser, '/account/password', { ...hidden, ...typed });
    expect(headers['location']).toContain('prompt=login');
    const kept = cookies.map((one) => Buffer.from(one.split('=')[1] ?? '', 'base64url').toString());
    expect(kept.join()).not.toContain(NEW);
    expect(await typesOf(id)).not.toContain('user.password-changed');
  });

  test('a key is not made with an older one, but is ended', async () => {
    const { browser, id } = await person({ roles: ['reader'] });
    const made = await press(browser, '/account/keys', 'key-make', { name: 'ci', days: '30' });
    expect(made.text).toMatch(/<code id="key-text">lk_/);
    growStale();
    const refused = await press(browser, '/account/keys', 'key-make', { name: 'other' });
    expect(refused.headers['location']).toContain('prompt=login');
    await press(browser, '/account/keys', 'name="key"');
    const types = await typesOf(id);
    expect(types.filter((type) => type.startsWith('key.'))).toEqual(['key.created', 'key.deleted']);
  });
});

describe('the profile', () => {
  test('is shown, saved, and told of in the trail', async () => {
    const { browser, id, username } = await person({ profile: { nickname: 'Ace' } });
    expect((await browser.go('GET /account/profile')).text).toContain('value="Ace"');
    const fields = { name: 'Jana Nová', locality: 'Brno', locale: 'cs', birthdate: '1990-02-28' };
    const { headers } = await press(browser, '/account/profile', 'profile-save', fields);
    expect(headers['location']).toBe(`${ISSUER}/account/profile?done=profile`);
    expect((await userOf(username)).profile).toEqual({
      name: 'Jana Nová',
      locale: 'cs',
      birthdate: '1990-02-28',
      address: { locality: 'Brno' },
    });
    expect(await typesOf(id)).toContain('user.changed');
    const page = await browser.go('GET /account/profile?done=profile');
    expect(page.text).toContain('Profil je uložený.');
  });

  test.each([
    ['name', 'x'.repeat(257)],
    ['website', 'javascript:alert(1)'],
    ['picture', 'data:image/svg+xml,<svg onload=alert(1)>'],
    ['birthdate', '31. 2. 1990'],
    ['birthdate', '1990-02-30'],
    ['birthdate', '1990-02-29'],
    ['birthdate', '1990-04'],
  ])('refuses a %s that is none, and keeps what else was typed', async (field, value) => {
    const { browser, username } = await person();
    const fields = { nickname: 'kept "so"', [field]: value };
    const { status, text } = await press(browser, '/account/profile', 'profile-save', fields);
    expect(status).toBe(400);
    expect(text).toContain('aria-invalid="true"');
    expect(text).toContain('value="kept &quot;so&quot;"');
    expect((await userOf(username)).profile).toEqual({});
  });

  test.each(['1985', '0000-02-29', '1985-04-12', '12.4.1985'])(
    'keeps a date of birth as it is, %s, in a field that shows it (OpenID Connect Core §5.1)',
    async (birthdate) => {
      const { browser, username } = await person({ profile: { birthdate } });
      const { text } = await browser.go('GET /account/profile');
      const isPicked = birthdate === '1985-04-12';
      const type = isPicked ? 'date' : 'text';
      expect(text).toContain(`name="birthdate" type="${type}" value="${birthdate}"`);
      const { status } = await press(browser, '/account/profile', 'profile-save', { birthdate });
      expect(status).toBe(303);
      expect((await userOf(username)).profile).toEqual({ birthdate });
    },
  );

  test('leaves alone what comes back as it was shown, whatever rule there is by now', async () => {
    const lines = 'Example Street 1\n110 00 Prague';
    const profile = {
      website: 'www.example.com',
      birthdate: '12.4.1985',
      company: 'One\nTwo',
      address: { formatted: lines, street_address: 'Example Street 1', region: 'Prague' },
    };
    const { browser, username } = await person({ profile });
    const { text } = await browser.go('GET /account/profile');
    // The browser would not send a form with an address that is none, nor say so where it is folded away.
    expect(text).toContain('id="website" name="website" type="text"');
    expect(text).toContain('id="picture" name="picture" type="url"');
    const shown = {
      website: 'www.example.com',
      birthdate: '12.4.1985',
      company: 'OneTwo',
      formatted: lines.replace('\n', '\r\n'),
      street_address: 'Example Street 1',
      region: 'Prague',
    };
    const save = (fields: Record<string, string>) =>
      press(browser, '/account/profile', 'profile-save', { ...shown, ...fields });
    expect((await save({ nickname: 'Ace' })).status).toBe(303);
    expect((await userOf(username)).profile).toEqual({ ...profile, nickname: 'Ace' });

    const fields = { nickname: '', formatted: 'A\r\nB', region: '' };
    expect((await save(fields)).status).toBe(303);
    const address = { formatted: 'A\nB', street_address: 'Example Street 1' };
    expect((await userOf(username)).profile).toEqual({ ...profile, address });
    expect((await save({ website: 'www.example.org' })).status).toBe(400);
  });

  test.each(['<script>alert(1)</script>', '"><img src=x onerror=a>', '\u202edrow', "' onfocus='a"])(
    'takes %j as text and shows it as text',
    async (name) => {
      const { browser } = await person();
      await press(browser, '/account/profile', 'profile-save', { name });
      const { text } = await browser.go('GET /account/profile');
      expect(text).not.toContain('<script>alert');
      expect(text).not.toContain('<img');
      expect(text).not.toContain("value=' onfocus");
    },
  );
});

describe('the e-mail address', () => {
  const linkFor = async (username: string, address: string) => {
    const user = await userOf(username);
    const domain = await readDomain(service.tables.directory, user.domain);
    if (!domain) throw new Error('no domain');
    return makeLink(service.tables, { purpose: 'change-email', user, domain, address }, now());
  };

  test('is asked for by a mail to the new one, and nothing changes', async () => {
    const { browser, id, username } = await person({ email: 'old2@example.com' });
    const wanted = { email: 'new2@example.com' };
    const { headers } = await press(browser, '/account/email', 'email-submit', wanted);
    expect(headers['location']).toBe(`${ISSUER}/account/email?done=asked`);
    const { generation } = await userOf(username);
    const order = { kind: 'link', purpose: 'change-email', subject: id, generation };
    expect(ordersOf(id)).toEqual([{ ...order, address: 'new2@example.com', locale: 'en' }]);
    expect((await userOf(username)).email).toBe('old2@example.com');
  });

  test('of somebody else is answered as any other: nobody learns who has an account', async () => {
    await addUser(service, { email: 'taken3@example.com' });
    const { browser } = await person();
    const answers = [];
    for (const email of ['taken3@example.com', 'free3@example.com']) {
      const { status, headers, text } = await press(browser, '/account/email', 'email-submit', {
        email,
      });
      answers.push({ status, text, to: headers['location'] });
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  test.each([
    'no address',
    'a@b@example.com',
    'x@example.com\r\nBcc: all@example.com',
    '"quoted"@example.com',
    `${'x'.repeat(310)}@example.com`,
    'a@exam\u0000ple.com',
  ])('%j is none: no mail is ordered', async (email) => {
    const { browser, id } = await person();
    const { status, text } = await press(browser, '/account/email', 'email-submit', { email });
    expect([status, ordersOf(id)]).toEqual([400, []]);
    expect(text).toContain('That is not an e-mail address.');
  });

  test('is changed by the link, once, with the proof of it; to look at it changes nothing', async () => {
    const { id, username } = await person({ email: 'old4@example.com' });
    const link = await linkFor(username, 'new4@example.com');
    const reader = openBrowser(service);
    const page = await reader.go(`GET ${link}`);
    await reader.go(`GET ${link}`);
    expect(page.text).toContain('new4@example.com');
    expect(page.headers['referrer-policy']).toBe('no-referrer');
    expect((await userOf(username)).email).toBe('old4@example.com');

    const { action, hidden } = formWith(page, 'email-confirm');
    const done = await send(reader, action, hidden);
    expect([done.status, done.text]).toEqual([200, expect.stringContaining('is changed')]);
    const user = await userOf(username);
    expect(user.email).toBe('new4@example.com');
    expect(user.names).toEqual([username, 'new4@example.com']);
    const proof = { at: now(), means: 'link', address: 'new4@example.com' };
    expect(user.verified).toEqual({ email: proof });
    expect(await findUserId(service.tables.directory, 'old4@example.com')).toBeUndefined();
    expect(await typesOf(id)).toContain('user.changed');
    expect((await send(reader, action, hidden)).status).toBe(410);
    expect((await reader.go(`GET ${link}`)).status).toBe(410);
  });

  test('is confirmed in the language of the mail, to the end', async () => {
    const { username } = await person({ email: 'old8@example.com' });
    const link = await linkFor(username, 'new8@example.com');
    const reader = openBrowser(service, { 'accept-language': 'en' });
    const { action, hidden } = formWith(
      await reader.go(`GET ${link}&ui_locales=cs`),
      'email-confirm',
    );
    for (const status of [200, 410]) {
      const answer = await send(reader, action, hidden);
      expect([answer.status, answer.headers['content-language']]).toEqual([status, 'cs']);
    }
  });

  test('is changed once by two at once', async () => {
    const { username, id } = await person({ email: 'old5@example.com' });
    const link = await linkFor(username, 'new5@example.com');
    const reader = openBrowser(service);
    const { action, hidden } = formWith(await reader.go(`GET ${link}`), 'email-confirm');
    const both = await Promise.all([send(reader, action, hidden), send(reader, action, hidden)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
    const types = await typesOf(id);
    expect(types.filter((type) => type === 'user.changed')).toHaveLength(1);
  });

  test('is not changed once the password has been', async () => {
    const { browser, username } = await person({ email: 'old6@example.com' });
    const link = await linkFor(username, 'new6@example.com');
    const changed = { oldPassword: 'secret', newPassword: NEW };
    await press(browser, '/account/password', 'password-submit', changed);
    expect((await openBrowser(service).go(`GET ${link}`)).status).toBe(410);
  });

  test('that somebody else has by then is told to who reads its mail, and spends nothing', async () => {
    const { username } = await person({ email: 'old7@example.com' });
    const link = await linkFor(username, 'new7@example.com');
    await addUser(service, { email: 'new7@example.com' });
    const reader = openBrowser(service);
    const { action, hidden } = formWith(await reader.go(`GET ${link}`), 'email-confirm');
    const { status, text } = await send(reader, action, hidden);
    expect([status, text]).toEqual([409, expect.stringContaining('has that address already')]);
    expect((await userOf(username)).email).toBe('old7@example.com');
  });

  test('the page of its link comes in another language, as often as one likes', async () => {
    const { username } = await person({ email: 'old9@example.com' });
    const reader = openBrowser(service);
    let page = await reader.go(`GET ${await linkFor(username, 'new9@example.com')}`);
    for (const [language, title] of [
      ['cs', 'Potvrďte novou adresu'],
      ['en', 'Confirm the new address'],
      ['cs', 'Potvrďte novou adresu'],
    ]) {
      const link = new RegExp(`href="([^"]*switch_locale=${language})"`).exec(page.text)?.[1] ?? '';
      const { status, headers } = await reader.go(`GET ${link.replaceAll('&amp;', '&')}`);
      expect(status).toBe(303);
      const { pathname, search } = new URL(headers['location'] ?? '');
      page = await reader.go(`GET ${pathname}${search}`);
      expect(page.text).toContain(`<h1>${title}`);
    }
    expect((await userOf(username)).email).toBe('old9@example.com');
  });

  test('a link with its secret twice is none, and spends nothing (RFC 6749 §3.1)', async () => {
    const { username } = await person({ email: 'old8@example.com' });
    const address = 'new8@example.com';
    const link = await linkFor(username, address);
    const { status, text } = await openBrowser(service).go(`GET ${link}&secret=x`);
    expect([status, text.includes('email-confirm')]).toEqual([400, false]);
    const secret = new URLSearchParams(link.split('?')[1]).get('secret') ?? '';
    const body = new URLSearchParams([
      ['secret', secret],
      ['secret', secret],
    ]);
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
    const sent = { headers, body: body.toString() };
    expect((await openBrowser(service).go('POST /account/email', sent)).status).toBe(400);
    expect((await userOf(username)).email).toBe('old8@example.com');
    expect((await openBrowser(service).go(`GET ${link}`)).text).toContain('email-confirm');
  });

  test.each(['', 'none', 'x'.repeat(43), '../../link'])('a secret %j is none', async (secret) => {
    const link = `/account/email?${new URLSearchParams({ secret })}`;
    expect((await openBrowser(service).go(`GET ${link}`)).status).toBe(410);
    const spent = await send(openBrowser(service), '/account/email', { secret: secret || 'x' });
    expect(spent.status).toBe(410);
  });
});

describe('the password', () => {
  test('of whoever says no language, set on a page in Czech, keeps that as theirs', async () => {
    const { username } = await person();
    const browser = await signedIn(service, username, { 'accept-language': 'cs' });
    const fields = { oldPassword: 'wrong', newPassword: NEW };
    await press(browser, '/account/password', 'password-submit', fields);
    expect((await userOf(username)).profile).toEqual({});
    const right = { ...fields, oldPassword: 'secret' };
    await press(browser, '/account/password', 'password-submit', right);
    expect((await userOf(username)).profile).toEqual({ locale: 'cs' });
  });

  test('is changed for the old one, which ends all other sessions', async () => {
    const { browser, id, username } = await person();
    const other = await signedIn(service, username);
    const fields = { oldPassword: 'secret', newPassword: NEW };
    const { headers } = await press(browser, '/account/password', 'password-submit', fields);
    expect(headers['location']).toBe(`${ISSUER}/account/password?done=password`);
    expect((await browser.go('GET /account')).status).toBe(200);
    expect((await other.go('GET /account')).status).toBe(303);
    expect(await typesOf(id)).toContain('user.password-changed');
  });

  test.each([
    [{ oldPassword: 'wrong', newPassword: NEW }, 'The current password is not right.'],
    [{ newPassword: NEW }, 'The current password is not right.'],
  ])('%j is refused in words', async (fields, words) => {
    const { browser, id } = await person();
    const { status, text } = await press(browser, '/account/password', 'password-submit', fields);
    expect([status, text]).toEqual([400, expect.stringContaining(words)]);
    expect(text).not.toContain(NEW);
    expect(await typesOf(id)).not.toContain('user.password-changed');
  });

  test('/.well-known/change-password leads there', async () => {
    const { headers } = await openBrowser(service).go('GET /.well-known/change-password');
    expect(headers['location']).toBe(`${ISSUER}/account/password`);
  });
});

describe('sessions', () => {
  test('are listed with device and address; this one is marked and has no end', async () => {
    const chrome =
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
    const { username } = await addUser(service);
    const browser = await signedIn(service, username, { 'user-agent': chrome });
    await signedIn(service, username, { 'user-agent': '<b>odd</b>' });
    const { text } = await browser.go('GET /account/sessions');
    expect(text).toContain('<strong><bdi>Chrome · Linux</bdi></strong> <em>This browser</em>');
    expect(text).toContain('&lt;b&gt;odd&lt;/b&gt;');
    expect(text).toContain('192.0.2.1');
    expect(text.match(/id="end-/g)).toHaveLength(1);
  });

  test('are listed with their last use, whatever the domain says of idle ones', async () => {
    const { username } = await addUser(service);
    const [browser, other] = [await signedIn(service, username), await signedIn(service, username)];
    advance(3600);
    await browser.go('GET /account');
    const { text } = await browser.go('GET /account/sessions');
    expect(text.match(/Last used/g)).toHaveLength(1);
    await other.go('GET /account');
    expect((await browser.go('GET /account/sessions')).text.match(/Last used/g)).toHaveLength(2);
  });

  test('one is ended, from its next call on', async () => {
    const { browser, id, username } = await person();
    const other = await signedIn(service, username);
    const key = cookieOf(other)?.name.key ?? '';
    await press(browser, '/account/sessions', `end-${key}`);
    expect((await other.go('GET /account')).status).toBe(303);
    expect(await typesOf(id)).toContain('session.ended');
  });

  test('of somebody else are neither seen nor ended', async () => {
    const { browser, username } = await person();
    await signedIn(service, username);
    const other = await person();
    const key = cookieOf(other.browser)?.name.key ?? '';
    expect((await browser.go('GET /account/sessions')).text).not.toContain(key);
    await press(browser, '/account/sessions', 'name="session"', { session: key });
    expect((await other.browser.go('GET /account')).status).toBe(200);
  });
});

describe('applications', () => {
  test('are listed with what they may, and lose it in one click', async () => {
    const { browser, id } = await person();
    const name = { subject: id, client: 'asking-app' };
    const consent = {
      scopes: ['openid', 'cdr:r'],
      grantedAt: now(),
      expiresAt: instant(now() + 1e6),
    };
    await saveConsent(service.tables.sessions, name, { after: consent });
    const { text } = await browser.go('GET /account/applications');
    expect(text).toContain('Web App');
    expect(text).toContain('Know who you are');
    await press(browser, '/account/applications', 'end-asking-app');
    expect(await typesOf(id)).toContain('consent.withdrawn');
    const asked = await browser.authorize(requestOf('asking-app', { prompt: 'none' }));
    expect(asked.headers['location']).toContain('consent_required');
    expect((await browser.go('GET /account/applications')).text).toContain('No application');
  });
});

describe('API keys', () => {
  test('one that was made works, and does not once it is ended', async () => {
    const { browser } = await person({ roles: ['reader'] });
    const made = await press(browser, '/account/keys', 'key-make', { name: 'my <b>ci</b>' });
    const [, key = ''] = /<code id="key-text">([^<]+)</.exec(made.text) ?? [];
    const headers = { 'x-api-key': key };
    expect((await service.send('GET /admin/api/me', { headers })).status).toBe(200);
    const list = await browser.go('GET /account/keys');
    expect(list.text).toContain('my &lt;b&gt;ci&lt;/b&gt;');
    expect(list.text).not.toContain(key);
    await press(browser, '/account/keys', 'name="key"');
    expect((await service.send('GET /admin/api/me', { headers })).status).toBe(401);
  });

  test('are offered to nobody who may do nothing', async () => {
    const { browser } = await person({ roles: [] });
    const { text } = await browser.go('GET /account/keys');
    expect(text).not.toContain('key-make');
  });
});

describe('activity and data', () => {
  test('what an administrator did to somebody else is not told as if it were their own', async () => {
    const invited = await addUser(service);
    const { browser, username } = await person({ roles: ['root'] });
    const root = await service.by(username);
    const change = { body: { disabled: true }, headers: { 'if-match': '*' } };
    await service.admin(root, `PATCH /users/${invited.id}`, change);
    await service.readEvents();
    advance(2);
    const { text } = await browser.go('GET /account/activity');
    expect(text).toContain(
      '<strong>The account was switched off</strong> <em>Another account</em>',
    );
    expect(text).toContain('<strong>Signed in</strong> <em>New device</em>\n');
  });

  test.each(['en', 'cs'] as const)('what happens to people is said in words (%s)', (locale) => {
    const types = (['sessions', 'consents', 'users', 'keys'] as const).flatMap(typesIn);
    expect(types.filter((type) => sayAct(type, locale) === undefined)).toEqual([]);
  });

  test('of one’s own alone are told, without who administers', async () => {
    const { browser, id, username } = await person({ email: 'data@example.com' });
    const root = await service.by('100@mydomain.com');
    const change = { body: { profile: { nickname: 'By root' } }, headers: { 'if-match': '*' } };
    await service.admin(root, `PATCH /users/${id}`, change);
    await service.readEvents();
    advance(2);
    const { text } = await browser.go('GET /account/activity');
    expect(text).toContain('Signed in');
    expect(text).toContain('by an administrator');
    expect(text).not.toContain('100@mydomain.com');

    const { headers, body } = await browser.go('GET /account/export');
    expect(headers['content-disposition']).toBe('attachment; filename="account.json"');
    expect(body['account']).toMatchObject({ id, username, email: 'data@example.com' });
    expect(body['sessions']).toHaveLength(1);
    expect(body['isComplete']).toBe(true);
    const all = JSON.stringify(body);
    for (const secret of ['argon2', 'secretHash', '100@mydomain.com', 'passwordHash'])
      expect(all).not.toContain(secret);
  });
});

describe('deletion', () => {
  const allow = async (selfDelete: boolean) =>
    service.admin(await service.by('100@mydomain.com'), 'PATCH /domains/mydomain.com', {
      body: { selfDelete },
      headers: { 'if-match': '*' },
    });

  test('is refused where the domain does not permit it, also to a form of before', async () => {
    await allow(true);
    const { browser, username } = await person();
    expect((await browser.go('GET /account')).text).toContain('/account/delete');
    const { hidden } = formWith(await browser.go('GET /account/delete'), 'erase-submit');
    await allow(false);
    expect((await browser.go('GET /account')).text).not.toContain('/account/delete');
    expect((await browser.go('GET /account/delete')).text).not.toContain('erase-submit');
    const { status } = await send(browser, '/account/delete', { ...hidden, name: username });
    expect(status).toBe(403);
    expect(await userOf(username)).toBeDefined();
  });

  test('needs the name of the account; then all of it is gone', async () => {
    await allow(true);
    const { browser, id, username } = await person({ roles: ['reader'] });
    await press(browser, '/account/keys', 'key-make', { name: 'ci' });
    const other = await press(browser, '/account/delete', 'erase-submit', { name: 'other' });
    expect(other.status).toBe(400);
    const { status, text } = await press(browser, '/account/delete', 'erase-submit', {
      name: username,
    });
    expect([status, text]).toEqual([200, expect.stringContaining('is deleted')]);
    expect(await findUserId(service.tables.directory, username)).toBeUndefined();
    expect(await typesOf(id)).toEqual(expect.arrayContaining(['user.deleted', 'key.deleted']));
    expect((await browser.go('GET /account')).status).toBe(303);
    await allow(false);
  });
});
