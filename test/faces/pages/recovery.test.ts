/**
 * The pages of people without a session, as a browser sees them: asking for a mail tells nothing of who
 * exists, a link is spent by its form alone and once, and what it changes holds from the next call on.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { update } from '../../../lib/aws/table.ts';
import { createDomain, domainKey } from '../../../lib/store/directory/domains.ts';
import { saveConsent } from '../../../lib/store/sessions/consents.ts';
import { instant } from '../../../lib/time.ts';
import { sendJson } from '../../support/actors/accounts.ts';
import { addUser } from '../../support/actors/people.ts';
import { sessionOf } from '../../support/actors/sessions.ts';
import { type Admin, startAdmin } from '../../support/running/admin.ts';
import { actionsDuring } from '../../support/running/proxy.ts';
import { MAIL_QUEUE } from '../../support/running/queues.ts';
import { type Answer, advance } from '../../support/running/service.ts';
import { type Browser, formOf, openBrowser } from '../../support/web/browser.ts';
import { linkTo, linkToSignUp, mailOrders, userNamed } from '../../support/web/recovery.ts';
import { addWebClient, requestOf } from '../../support/web/sign-in.ts';

const PASSWORD = 'seven quiet lamps by the river';
const ROOT = '100@mydomain.com';
const OPEN = 'open.example';
const SHUT = 'shut.example';

let service: Admin;
let browser: Browser;
let count = 0;

beforeAll(async () => {
  service = await startAdmin({ MAIL_QUEUE });
  for (const name of [OPEN, SHUT])
    await createDomain(service.tables.directory, { name, disabled: false, generation: 1 });
  await setPolicy(OPEN, 'signUp = :value', 'open');
  await addWebClient(service, { id: 'open-app', domain: OPEN });
  await addWebClient(service, { id: 'shut-app', domain: SHUT });
});
beforeEach(() => {
  advance(1000);
  browser = openBrowser(service);
  service.queue.requests.length = 0;
});
afterAll(() => service.stop());

const setPolicy = (name: string, expression: string, value: unknown) =>
  update(service.tables.directory, domainKey(name), { expression, values: { ':value': value } });

/** @returns The name and address of somebody new, in a domain whose passwords are held to the full rule. */
async function somebody(more: Parameters<typeof addUser>[1] = {}): Promise<string> {
  count += 1;
  const email = `person-${count}@example.com`;
  await addUser(service, { username: email, email, domain: OPEN, ...more });
  return email;
}

const textIn = ({ text }: Answer) => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const follow = (link: string) => browser.go(`GET ${link}`);
const press = async (link: string) => browser.post(await follow(link), { action: 'open' });
const choose = async (link: string, password = PASSWORD, more = {}) =>
  browser.post(await press(link), { action: 'save', new_password: password, ...more });
const signInStatus = async (username: string, password: string) =>
  (
    await service.send('POST /login', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    })
  ).status;

describe('asking for another password', () => {
  const FORGOT = 'GET /account/forgot-password';
  const ask = async (login: string, by = browser) => by.post(await by.go(FORGOT), { login });

  test('leaves an order with what was typed, and no secret', async () => {
    const answer = await ask(' 200@mydomain.com ');
    expect(answer.status).toBe(200);
    expect(textIn(answer)).toContain('Check your mail');
    expect(mailOrders(service)).toEqual([
      { kind: 'asked', purpose: 'reset-password', login: '200@mydomain.com', locale: 'en' },
    ]);
  });

  test('is answered alike, by word, status and requests, whoever has that name', async () => {
    const [known, disabled, elsewhere] = [
      await somebody(),
      await somebody(),
      await somebody({ domain: SHUT }),
    ];
    await update(
      service.tables.directory,
      { pk: (await userNamed(service, disabled)).id, sk: 'subject' },
      { expression: 'disabled = :yes', values: { ':yes': true } },
    );
    const seen = [];
    for (const login of [known, disabled, elsewhere, 'nobody@example.com', 'nobody at all']) {
      let answer: Answer | undefined;
      const page = await browser.go(FORGOT);
      const dynamodb = await actionsDuring(service.dynamodb, async () => {
        answer = await browser.post(page, { login });
      });
      const text = textIn(answer as Answer).replaceAll(login, 'LOGIN');
      seen.push(JSON.stringify({ dynamodb, text, status: answer?.status }));
    }
    expect(new Set(seen).size).toBe(1);
    expect(mailOrders(service)).toHaveLength(5);
  });

  test('is in Czech for whoever reads it, and so is the mail', async () => {
    browser = openBrowser(service, { 'accept-language': 'cs' });
    expect(textIn(await ask('200@mydomain.com'))).toContain('Podívejte se do pošty');
    expect(mailOrders(service)).toMatchObject([{ locale: 'cs' }]);
  });

  test('leads back to the sign-in that it came from', async () => {
    const request = new URLSearchParams(requestOf('open-app'));
    const page = await browser.go(`${FORGOT}?${request}`);
    const sent = await browser.post(page, { login: 'somebody' });
    for (const answer of [page, sent])
      expect(answer.text.replaceAll('&amp;', '&')).toContain(`href="/oauth/authorize?${request}"`);
    expect(mailOrders(service)).toMatchObject([{ client: 'open-app' }]);
  });

  test('has to wait after five times for one name, and orders nothing meanwhile', async () => {
    const login = await somebody();
    for (let times = 0; times < 5; times++) expect((await ask(login)).status).toBe(200);
    const answer = await ask(login);
    expect(answer.status).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(mailOrders(service)).toHaveLength(5);
  });

  test('fifty at once for one name leave no more orders than are free', async () => {
    const login = await somebody();
    const page = await browser.go(FORGOT);
    await Promise.all(Array.from({ length: 50 }, () => browser.post(page, { login })));
    expect(mailOrders(service).length).toBeLessThanOrEqual(5);
  });

  test.each(['', ' ', '\u202e', 'a\r\nBcc: b@example.com', 'x'.repeat(300)])(
    'with %j is a mistake, and orders nothing',
    async (login) => {
      expect((await ask(login)).status).toBe(400);
      expect(mailOrders(service)).toEqual([]);
    },
  );

  test('counts for nothing from another site: without the cookie, or by a script of a page', async () => {
    const { action, hidden } = formOf(await browser.go(FORGOT));
    const sent = {
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...hidden, login: 'somebody' }).toString(),
    };
    expect((await service.send(`POST ${action}`, sent)).status).toBe(400);
    const script = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };
    const headers = { ...sent.headers, ...script };
    expect((await browser.go(`POST ${action}`, { ...sent, headers })).status).toBe(400);
    expect(mailOrders(service)).toEqual([]);
  });

  test('the form of one page is none of another', async () => {
    const { hidden } = formOf(await browser.go(FORGOT));
    const answer = await browser.go('POST /account/sign-up', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...hidden, address: 'a@example.com' }).toString(),
    });
    expect(textIn(answer)).toContain('expired');
  });
});

describe('a link to another password', () => {
  test('shows a button to whatever opens it, and nothing is spent', async () => {
    const login = await somebody();
    const link = await linkTo(service, 'reset-password', login);
    for (let times = 0; times < 3; times++) {
      const page = await follow(link);
      expect([page.status, page.text.includes('type="password"')]).toEqual([200, false]);
      expect(page.headers['referrer-policy']).toBe('no-referrer');
      expect(page.headers['cache-control']).toBe('no-store');
    }
    expect((await choose(link)).status).toBe(200);
  });

  test('sets it, ends every session, and shows the address to be theirs', async () => {
    const login = await somebody();
    const before = await service.login(login);
    const answer = await choose(await linkTo(service, 'reset-password', login));
    expect(textIn(answer)).toContain('Your password is changed');
    expect(await service.call(before, 'GET /cdr')).toEqual({ status: 401 });
    expect(await signInStatus(login, 'secret')).toBe(401);
    expect(await signInStatus(login, PASSWORD)).toBe(200);
    expect((await userNamed(service, login)).verified?.email).toMatchObject({
      address: login,
      means: 'reset-password',
    });
  });

  test('works once', async () => {
    const login = await somebody();
    const link = await linkTo(service, 'reset-password', login);
    const page = await press(link);
    const both = await Promise.all(
      ['the first of two sentences', 'the second of two sentences'].map((new_password) =>
        browser.post(page, { action: 'save', new_password }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
    expect((await follow(link)).status).toBe(410);
  });

  test.each([
    ['too short', 'short', '15 to 256'],
    ['too common', 'passwordpassword', 'guessed first'],
    ['empty', '', 'Enter a new password'],
    ['too long', 'x'.repeat(2000), '15 to 256'],
  ])('is not spent by a password that is %s', async (_case, password, said) => {
    const login = await somebody();
    const link = await linkTo(service, 'reset-password', login);
    const answer = await choose(link, password);
    expect([answer.status, textIn(answer).includes(said)]).toEqual([400, true]);
    if (password !== '') expect(answer.text).not.toContain(password);
    expect((await choose(link)).status).toBe(200);
  });

  test.each<[string, (link: string) => string]>([
    ['its secret twice', (link) => `${link}&${link.split('?')[1]}`],
    ['another secret after it', (link) => `${link}&secret=${'x'.repeat(43)}`],
    ['another secret before it', (link) => link.replace('?', `?secret=${'x'.repeat(43)}&`)],
    ['its secret twice, once percent-encoded', (link) => `${link}&%73ecret=x`],
    ['an empty secret beside it', (link) => `${link}&secret=`],
    ['two languages', (link) => `${link}&ui_locales=cs&ui_locales=en`],
  ])('is none with %s (RFC 6749 §3.1), and nothing is spent', async (_case, twice) => {
    const link = await linkTo(service, 'reset-password', await somebody());
    const { status, text } = await follow(twice(link));
    expect([status, text.includes('type="password"'), text.includes('link-open')]).toEqual([
      400,
      false,
      false,
    ]);
    expect((await choose(link)).status).toBe(200);
  });

  test('takes no form with its secret twice', async () => {
    const link = await linkTo(service, 'reset-password', await somebody());
    const { action, hidden } = formOf(await press(link));
    const body = new URLSearchParams({ ...hidden, action: 'save', new_password: PASSWORD });
    body.append('request', hidden['request'] ?? '');
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
    const answer = await browser.go(`POST ${action}`, { headers, body: body.toString() });
    expect(answer.status).toBe(400);
    expect((await choose(link)).status).toBe(200);
  });

  test('is none of another page', async () => {
    const link = await linkTo(service, 'reset-password', await somebody());
    expect((await follow(link.replace('reset-password', 'invitation'))).status).toBe(410);
    expect((await follow(link.replace('reset-password', 'verify-email'))).status).toBe(410);
  });

  test('is over after a password change by an administrator', async () => {
    const login = await somebody();
    const link = await linkTo(service, 'reset-password', login);
    const page = await press(link);
    const root = await service.by('100@mydomain.com');
    const { id } = await userNamed(service, login);
    const body = { password: 'another one of the administrator' };
    const changed = await service.admin(root, `PATCH /users/${id}`, {
      body,
      headers: { 'if-match': '*' },
    });
    expect(changed.status).toBe(200);
    const answer = await browser.post(page, { action: 'save', new_password: PASSWORD });
    expect(answer.status).toBe(410);
  });

  test('says the name of the account as text, whatever it is', async () => {
    const username = `<script>alert(1)</script>"'&${count}`;
    const email = `html-${count}@example.com`;
    await addUser(service, { username, email, domain: OPEN });
    const link = await linkTo(service, 'reset-password', email);
    for (const page of [await follow(link), await press(link)]) {
      expect(page.text).not.toContain('<script>alert');
      expect(page.text).toContain('&lt;script&gt;alert(1)');
    }
  });

  test('lists the keys and applications that still enter, and ends them all by one button', async () => {
    const login = await somebody();
    const { id } = await userNamed(service, login);
    const root = await service.by('100@mydomain.com');
    const made = await service.admin(root, 'POST /keys', {
      body: { name: 'my <b>robot</b>', owner: id },
    });
    const key = { headers: { 'x-api-key': String(made.body['key']) } };
    const [grantedAt, expiresAt] = [instant(Date.now() / 1000), instant(Date.now() / 1000 + 9000)];
    const name = { subject: id, client: 'open-app' };
    await saveConsent(service.tables.sessions, name, {
      after: { scopes: ['openid'], grantedAt, expiresAt },
    });
    const page = await choose(await linkTo(service, 'reset-password', login));
    expect(page.text).toContain('my &lt;b&gt;robot&lt;/b&gt;');
    expect(textIn(page)).toContain('Web App');
    expect((await service.send('GET /admin/api/me', key)).status).toBe(200);
    const ended = await browser.post(page);
    expect(textIn(ended)).toContain('They have ended');
    expect((await service.send('GET /admin/api/me', key)).status).toBe(401);
    expect((await browser.post(page)).status).toBe(410);
  });
});

describe('an invitation', () => {
  test('makes the account its own: a password, a confirmed address, active', async () => {
    const login = await somebody();
    expect(textIn(await choose(await linkTo(service, 'invitation', login)))).toContain('ready');
    expect(await signInStatus(login, PASSWORD)).toBe(200);
    expect(await userNamed(service, login)).toMatchObject({
      activated: true,
      verified: { email: { means: 'invitation', address: login } },
    });
  });
});

describe('a demand for another password', () => {
  test('is met by it, and leads on to where one came from', async () => {
    const login = await somebody();
    const { id } = await userNamed(service, login);
    const flag = { expression: 'mustChangePassword = :yes', values: { ':yes': true } };
    await update(service.tables.directory, { pk: id, sk: 'subject' }, flag);
    const returnTo = '/oauth/authorize?client_id=open-app';
    const page = await choose(await linkTo(service, 'must-change', login, { returnTo }));
    expect(page.text).toContain(`href="${returnTo}"`);
    const user = await userNamed(service, login);
    expect([user.mustChangePassword, user.verified]).toEqual([undefined, undefined]);
  });

  test.each(['must-change', 'reset-password'] as const)(
    'is not met by the one that whoever demands it has set: %s',
    async (purpose) => {
      const login = await somebody();
      const { id } = await userNamed(service, login);
      const body = { password: PASSWORD, mustChangePassword: true };
      const headers = { 'if-match': '*' };
      await service.admin(await service.by(ROOT), `PATCH /users/${id}`, { body, headers });
      const link = await linkTo(service, purpose, login);
      const refused = await choose(link, PASSWORD);
      expect([refused.status, textIn(refused)]).toEqual([
        400,
        expect.stringContaining('That is the password before.'),
      ]);
      expect((await choose(link, `${PASSWORD}, and more`)).status).toBe(200);
    },
  );

  test('nor is it in a session that is open, and then one’s own to keep', async () => {
    const username = '200@mydomain.com';
    const { token } = await sessionOf(service, username);
    const { id } = await userNamed(service, username);
    const change = async (newPassword: string) =>
      service.send(
        'POST /user/change-password',
        sendJson({ oldPassword: 'secret', newPassword }, token),
      );
    const flag = { expression: 'mustChangePassword = :yes', values: { ':yes': true } };
    await update(service.tables.directory, { pk: id, sk: 'subject' }, flag);
    expect((await change('secret')).status).toBe(400);
    expect((await userNamed(service, username)).mustChangePassword).toBe(true);
    expect((await change('secret of mine')).status).toBe(200);
  });
});

describe('a link that confirms an address', () => {
  test('confirms it by its button, and not by being opened', async () => {
    const login = await somebody();
    const link = await linkTo(service, 'verify-email', login);
    const page = await follow(link);
    expect((await userNamed(service, login)).verified).toBeUndefined();
    expect(textIn(await browser.post(page, { action: 'open' }))).toContain('confirmed');
    expect((await userNamed(service, login)).verified?.email).toMatchObject({ means: 'link' });
    expect((await follow(link)).status).toBe(410);
  });
});

describe('the language of the page on which a password was set', () => {
  const LINKS = ['reset-password', 'invitation', 'must-change'] as const;
  const inBrowser = (language: string) => {
    browser = openBrowser(service, { 'accept-language': language });
  };
  const profileOf = async (login: string) => (await userNamed(service, login)).profile;
  const chosen = async (purpose: (typeof LINKS)[number], login: string, more = {}) =>
    choose(await linkTo(service, purpose, login, more));

  test.each(LINKS)('is that of whoever has none: %s', async (purpose) => {
    inBrowser('cs');
    const login = await somebody();
    await chosen(purpose, login);
    expect(await profileOf(login)).toEqual({ locale: 'cs' });
  });

  test.each(['en', 'de', 'cs;q=0.1, en', ''])(
    'is kept by nobody who is spoken to in English, in a browser for %j',
    async (language) => {
      inBrowser(language);
      const login = await somebody();
      await chosen('invitation', login);
      expect(await profileOf(login)).toEqual({});
    },
  );

  test.each(['en', 'de', 'cs-CZ'])('changes nothing of a profile that says %s', async (locale) => {
    inBrowser('cs');
    const login = await somebody({ profile: { locale, name: 'A' } });
    await chosen('reset-password', login);
    expect(await profileOf(login)).toEqual({ locale, name: 'A' });
  });

  test('is the one that was switched to, whatever the link said', async () => {
    const login = await somebody();
    const page = await press(await linkTo(service, 'invitation', login, { locale: 'en' }));
    const czech = await browser.post(page, { switch_locale: 'cs' });
    expect(await profileOf(login)).toEqual({});
    await browser.post(czech, { action: 'save', new_password: PASSWORD });
    expect(await profileOf(login)).toEqual({ locale: 'cs' });
  });

  test('is kept with the password, in no request of its own', async () => {
    const asked = [];
    for (const language of ['cs', 'en']) {
      inBrowser(language);
      const page = await press(await linkTo(service, 'invitation', await somebody()));
      const save = { action: 'save', new_password: PASSWORD };
      asked.push(await actionsDuring(service.dynamodb, () => browser.post(page, save)));
    }
    expect(asked[0]).toEqual(asked[1]);
  });

  test('is none of a password that is refused', async () => {
    inBrowser('cs');
    const login = await somebody();
    await choose(await linkTo(service, 'invitation', login), 'short');
    expect(await profileOf(login)).toEqual({});
  });
});

describe('signing up', () => {
  const at = (client: string) => `GET /account/sign-up?${new URLSearchParams(requestOf(client))}`;
  const ask = async (address: string, client = 'open-app') =>
    browser.post(await browser.go(at(client)), { address });

  test('is for the domain of the client that sent one here, where that is open', async () => {
    expect((await ask('new@example.com')).status).toBe(200);
    expect(mailOrders(service)).toEqual([
      {
        kind: 'asked',
        purpose: 'sign-up',
        login: 'new@example.com',
        locale: 'en',
        client: 'open-app',
        domain: OPEN,
      },
    ]);
  });

  test.each([
    ['whose domain is closed', 'shut-app'],
    ['that is not there', 'no-app'],
    ['that can be none', 'a'.repeat(5000)],
  ])('is refused at a client %s', async (_case, client) => {
    const page = await browser.go(at(client));
    expect([page.status, page.text.includes('<form')]).toEqual([404, false]);
  });

  test('is refused without a client, unless the deployment names a domain', async () =>
    expect((await browser.go('GET /account/sign-up')).status).toBe(404));

  test('only for addresses of the domains that are named', async () => {
    await setPolicy(OPEN, 'mailDomains = :value', ['firm.example', 'xn--bcher-kva.example']);
    for (const address of ['a@other.example', 'a@firm.example.evil.example', 'a@sub.firm.example'])
      expect([address, (await ask(address)).status]).toEqual([address, 400]);
    expect((await ask('a@FIRM.example')).status).toBe(200);
    expect((await ask('a@bücher.example')).status).toBe(200);
    await setPolicy(OPEN, 'mailDomains = :value', []);
  });

  test.each([
    '',
    'nobody',
    'a@b',
    'a b@example.com',
    '"a b"@example.com',
    'a@example.com(comment)',
    'a@example.com\r\nBcc: b@example.com',
    'a@example.com,b@example.com',
    'a@[127.0.0.1]',
    `${'a'.repeat(310)}@example.com`,
    'a\u202e@example.com',
  ])('with %j is a mistake', async (address) => {
    expect((await ask(address)).status).toBe(400);
    expect(mailOrders(service)).toEqual([]);
  });

  test('makes the account when its link is spent, and not before', async () => {
    const address = `fresh-${count}@example.com`;
    const link = await linkToSignUp(service, address, OPEN);
    await press(link);
    await expect(userNamed(service, address)).rejects.toThrow();
    const done = await choose(link, PASSWORD, { name: 'Příliš <b>Žluťoučký</b>' });
    expect(textIn(done)).toContain('Your account is ready');
    expect(await userNamed(service, address)).toMatchObject({
      username: address,
      email: address,
      domain: OPEN,
      roles: ['user'],
      activated: true,
      profile: { name: 'Příliš <b>Žluťoučký</b>' },
      verified: { email: { means: 'sign-up', address } },
    });
    expect(await signInStatus(address, PASSWORD)).toBe(200);
    expect((await follow(link)).status).toBe(410);
  });

  test('with a longer name than there is room for leaves no half of a character', async () => {
    const address = `long-${count}@example.com`;
    const link = await linkToSignUp(service, address, OPEN);
    const done = await choose(link, PASSWORD, { name: `${'a'.repeat(255)}😀` });
    expect(done.status).toBe(200);
    expect((await userNamed(service, address)).profile.name).toBe('a'.repeat(255));
  });

  test('whoever did with a domain in letters signs in with it, spelt either way (RFC 5890 §2.3)', async () => {
    const address = `idn-${count}@xn--hky-ela4t.example`;
    await choose(await linkToSignUp(service, address, OPEN));
    for (const name of [address, `idn-${count}@háčky.example`, `IDN-${count}@HÁČKY.example`])
      expect([name, await signInStatus(name, PASSWORD)]).toEqual([name, 200]);
  });

  test('in a language is to be written to in it', async () => {
    const address = `jazyk-${count}@example.com`;
    await choose(await linkToSignUp(service, address, OPEN, { locale: 'cs' }));
    expect((await userNamed(service, address)).profile).toEqual({ locale: 'cs' });
  });

  test('and switching to another language is to be written to in that', async () => {
    const address = `switched-${count}@example.com`;
    const page = await press(await linkToSignUp(service, address, OPEN, { locale: 'en' }));
    const czech = await browser.post(page, { switch_locale: 'cs', name: 'Jana' });
    await browser.post(czech, { action: 'save', new_password: PASSWORD, name: 'Jana' });
    expect((await userNamed(service, address)).profile).toEqual({ name: 'Jana', locale: 'cs' });
  });

  test('one account comes of two links at once', async () => {
    const address = `twice-${count}@example.com`;
    const links = [
      await linkToSignUp(service, address, OPEN),
      await linkToSignUp(service, address, OPEN),
    ];
    const pages = [await press(links[0] ?? ''), await press(links[1] ?? '')];
    const made = await Promise.all(
      pages.map((page) => browser.post(page, { action: 'save', new_password: PASSWORD })),
    );
    expect(made.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('comes to nothing once the domain is closed again', async () => {
    const link = await linkToSignUp(service, 'late@example.com', OPEN);
    await setPolicy(OPEN, 'signUp = :value', 'invite');
    expect((await choose(link)).status).toBe(410);
    await setPolicy(OPEN, 'signUp = :value', 'open');
  });

  test('a password that holds the address is refused', async () => {
    const address = 'longish.name@example.com';
    const link = await linkToSignUp(service, address, OPEN);
    expect((await choose(link, address)).status).toBe(400);
  });

  test('a password of the name of the client that sent one here is refused, and spends nothing', async () => {
    await addWebClient(service, { id: 'kite-app', domain: OPEN, name: 'Bluest Kites' });
    const address = 'by-client@example.com';
    const link = await linkToSignUp(service, address, OPEN, { client: 'kite-app' });
    const refused = await choose(link, 'bluest-kites-bluest');
    expect([refused.status, textIn(refused)]).toEqual([400, expect.stringContaining('guessed')]);
    expect((await choose(link)).status).toBe(200);
    const login = await somebody();
    const reset = await linkTo(service, 'reset-password', login, { client: 'kite-app' });
    expect((await choose(reset, 'bluest-kites-bluest')).status).toBe(400);
    // Who came by no client has heard that name of nobody.
    expect(
      (await choose(await linkTo(service, 'reset-password', login), 'bluest-kites-bluest')).status,
    ).toBe(200);
  });
});

// The last: its service takes the place of the other one.
describe('a deployment that sends no mail', () => {
  test('says so', async () => {
    const quiet = await startAdmin({ MAIL_QUEUE: '' });
    const answer = await openBrowser(quiet).go('GET /account/forgot-password');
    expect([answer.status, answer.text.includes('<form')]).toEqual([503, false]);
    await quiet.stop();
  });
});
