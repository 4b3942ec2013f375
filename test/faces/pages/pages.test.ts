/** The pages as text: what they let nobody put in, and what every one of them has. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../lib/browser/tried.ts';
import { sha256 } from '../../../lib/crypto.ts';
import { html, verbatim } from '../../../lib/faces/pages/shell/html.ts';
import { displayTarget, safeTarget } from '../../../lib/faces/pages/shell/targets.ts';
import { errorPage, expiredPage } from '../../../lib/faces/pages/sign-in/failure.ts';
import { formPostPage } from '../../../lib/faces/pages/sign-in/form-post.ts';
import { loginPage } from '../../../lib/faces/pages/sign-in/login.ts';
import { loggedOutPage } from '../../../lib/faces/pages/sign-in/logout.ts';
import { instant } from '../../../lib/time.ts';
import { everyPage, PLAIN, type Words } from '../../support/web/pages.ts';

const pages = Object.entries(everyPage(PLAIN));
const words = Object.keys(PLAIN) as (keyof Words)[];
const login = {
  locale: 'en',
  clientName: 'Demo',
  request: 'a=1',
  token: 't',
  issuedAt: instant(1),
} as const;

/** What a browser reads as markup rather than text. */
const markup = (body: string): string => body.replace(/[^<>"']+/g, ' ');
const hostile = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        ...['"', "'", '<', '>', '&', '`', '=', ' ', '/', '\0', '\r\n', '</title>', '</style>'],
        ...[
          '</script>',
          '<!--',
          '-->',
          ']]>',
          '<script>alert(1)</script>',
          '"><img src=x onerror=a>',
        ],
        ...["' onfocus='a", '" autofocus onfocus="a', '&quot;', '&#34;', '&lt;', '\u2028'],
        ...['javascript:alert(1)', '<svg/onload=a>', '\ud800', '\u202e', '<base href=//x>'],
      ),
      { minLength: 1 },
    )
    .map((parts) => parts.join('')),
);

describe('no input breaks out of its place', () => {
  test.each(words)('%s: whatever it is, the markup is that of a plain word', (word) => {
    const wanted = pages.map(([, { body }]) => markup(body));
    fc.assert(
      fc.property(hostile, (value) => {
        // No plain word: as a scope it is everything, with a sign of its own.
        fc.pre(value !== '*');
        const given = everyPage({ ...PLAIN, [word]: value || 'x' });
        expect(Object.values(given).map(({ body }) => markup(body))).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });

  test('nor into a header', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const all = Object.fromEntries(words.map((word) => [word, value || 'x']));
        for (const [name, { headers }] of Object.entries(everyPage(all as Words)))
          expect(headers).toEqual(Object.fromEntries(pages)[name]?.headers);
      }),
      { numRuns: 60 },
    );
  });

  test('what the client gets by form post is what was given, character by character (§9 row 18)', () => {
    fc.assert(
      fc.property(hostile, hostile, (field, value) => {
        const { body } = formPostPage({
          locale: 'en',
          action: 'https://a.example/',
          parameters: [[field, value]],
        });
        const [, name = '', text = ''] = /name="([^"]*)" value="([^"]*)"/.exec(body) ?? [];
        expect([fromHtml(name), fromHtml(text)]).toEqual([field, value]);
      }),
    );
  });
});

const fromHtml = (text: string): string =>
  text.replace(
    /&(quot|#39|lt|gt|amp);/g,
    (_, name: string) => ({ quot: '"', '#39': "'", lt: '<', gt: '>', amp: '&' })[name] ?? '',
  );

describe('every page', () => {
  test.each(pages)(
    '%s: has its own headers, and none that a framer or cache could use (RFC 9700 §4.16)',
    (_, page) => {
      expect(page.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'content-language': 'en',
        'cache-control': 'no-store',
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': 'max-age=63072000',
      });
      expect(page.headers).not.toHaveProperty('access-control-allow-origin');
      expect(page.headers['content-security-policy']).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/=]+'; .*frame-ancestors 'none'; base-uri 'none'$/,
      );
    },
  );

  test.each(pages)('%s: allows by hash just the style and the script that it has', (name, page) => {
    const sources = (element: string) =>
      [...page.body.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, 'gs'))].map(
        ([, text = '']) => `${element}-src 'sha256-${sha256(text).toString('base64')}'`,
      );
    const policy = page.headers['content-security-policy']?.split('; ') ?? [];
    const allowed = policy.filter((it) => /^(style|script)-src /.test(it));
    expect(allowed).toEqual([...sources('style'), ...sources('script')]);
    const hasScript = name === 'form post' || /<input [^>]*type="password"/.test(page.body);
    expect(sources('script')).toHaveLength(hasScript ? 1 : 0);
  });

  test('of a new password: lets its strength be told by a script of ours, and none beside it', () => {
    const site = { locale: 'en', issuer: 'https://example.com/auth' } as const;
    const { 'new password': page } = everyPage(PLAIN, site);
    expect(page?.headers['content-security-policy']).toMatch(
      /; script-src 'sha256-[\w+/=]+' https:\/\/example\.com\/auth\/account\/strength\.js; /,
    );
    expect(page?.body).toContain('data-script="/auth/account/strength.js"');
  });

  test.each(pages)('%s: has nothing that the policy would refuse', (_, { body }) => {
    expect(body).not.toMatch(/\son\w+=|\sstyle=|javascript:|<(iframe|object|embed|base)\b/);
    expect(
      body.match(/\b(src|href)="(?!data:image\/svg|https:\/\/app\.example\.com\/|\/(?!\/))/),
    ).toBeNull();
  });

  test.each(pages)(
    '%s: has a language, a title, a heading, and ids that are used once',
    (_, { body }) => {
      expect(body).toMatch(/^<!doctype html>\n<html lang="en">/);
      expect(body).toMatch(/<title>\S[^<]* · Latchkey<\/title>/);
      expect(body).toContain(
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
      );
      expect(body.match(/<h1>/g)).toHaveLength(1);
      const ids = [...body.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );

  test.each(pages)('%s: labels its fields, and refers to what is there', (_, { body }) => {
    const visible = [...body.matchAll(/<input (?!type="hidden")id="([^"]*)"/g)].map(([, id]) => id);
    const labels = [...body.matchAll(/<label for="([^"]*)"/g)].map(([, id]) => id);
    expect(labels).toEqual(visible);
    for (const [, id] of body.matchAll(/aria-(?:describedby|labelledby)="([^"]*)"/g))
      expect(body).toContain(` id="${id}"`);
  });

  test('over http, which only this machine is served by, promises no https (RFC 6797 §7.2)', () => {
    const local = everyPage(PLAIN, { locale: 'en', issuer: 'http://127.0.0.1:3000' });
    for (const { headers } of Object.values(local))
      expect(headers).not.toHaveProperty('strict-transport-security');
  });

  test('posts to below the issuer, wherever that is', () => {
    const { login, consent, chooser, logout } = everyPage(PLAIN, {
      locale: 'en',
      issuer: 'https://example.com/auth',
    });
    const actions = [login, consent, chooser, logout].map(
      (page) => /<form id="form" method="post" action="([^"]*)">/.exec(page?.body ?? '')?.[1],
    );
    expect(actions).toEqual([
      '/auth/oauth/login',
      '/auth/oauth/consent',
      '/auth/oauth/choose',
      '/auth/session/end/confirm',
    ]);
  });
});

describe('the login page', () => {
  const body = (more: Partial<Parameters<typeof loginPage>[0]>) =>
    loginPage({ ...login, canCancel: true, ...more }).body;
  const input = (page: string, id: string) => new RegExp(`<input id="${id}"[^>]*>`).exec(page)?.[0];

  test('tells password managers what is what, and lets nothing change a name (WCAG §1.3.5)', () => {
    const username = input(body({}), 'username');
    for (const part of ['autocomplete="username"', 'autocapitalize="none"', 'spellcheck="false"'])
      expect(username).toContain(part);
    const password = input(body({}), 'password');
    expect(password).toContain('type="password" autocomplete="current-password"');
  });

  test('never repeats a password', () => {
    expect(
      input(body({ username: 'abc', problem: { status: 'wrong' } }), 'password'),
    ).not.toContain('value');
  });

  test.each<Problem>([{ status: 'wrong' }, { status: 'locked', wait: 8 }, { status: 'missing' }])(
    'says aloud that it is $status, in words and beside both fields (WCAG §3.3.1)',
    (problem) => {
      const page = body({ problem });
      expect(page).toMatch(/<p class="problem" id="problem" role="alert">.*<span>\S[^<]+<\/span>/);
      expect(page).toContain('<title>Error: Sign in · Latchkey</title>');
      for (const id of ['username', 'password'])
        expect(input(page, id)).toContain('aria-invalid="true" aria-describedby="problem"');
    },
  );

  test.each([
    [{ status: 'wrong' }, 400],
    [{ status: 'missing' }, 400],
    [{ status: 'locked', wait: 8 }, 429],
  ] as const)('is a refusal by its status when $status', (problem, status) =>
    expect(loginPage({ ...login, canCancel: true, problem }).statusCode).toBe(status),
  );

  test.each([
    ['en', 1, 'Try again in 1 second.'],
    ['en', 119, 'Try again in 119 seconds.'],
    ['en', 121, 'Try again in 3 minutes.'],
    ['cs', 1, 'Zkuste to znovu za 1 sekundu.'],
    ['cs', 8, 'Zkuste to znovu za 8 sekund.'],
    ['cs', 900, 'Zkuste to znovu za 15 minut.'],
  ] as const)(
    'says in %s how long to wait, to people and to programs: %i s',
    (locale, wait, text) => {
      const { body, headers } = loginPage({
        ...{ ...login, locale, canCancel: true },
        problem: { status: 'locked', wait },
      });
      expect(body).toContain(text);
      expect(headers).toMatchObject({ 'retry-after': String(wait) });
    },
  );

  test('starts the keyboard in the one field that wants something', () => {
    expect(input(body({}), 'username')).toContain('autofocus');
    expect(input(body({}), 'password')).not.toContain('autofocus');
    expect(input(body({ username: 'abc' }), 'username')).not.toContain('autofocus');
    expect(input(body({ username: 'abc' }), 'password')).toContain('autofocus');
  });

  test('signs in by Enter, and cancels by a button that asks for no password', () => {
    const buttons = [...body({}).matchAll(/<button[^>]*>/g)].map(([tag]) => tag);
    expect(buttons.filter((tag) => !tag.includes('type="button"'))).toEqual([
      '<button id="login-submit">',
      '<button class="slight" id="login-cancel" name="action" value="cancel" formnovalidate>',
      '<button class="word" form="form" name="switch_locale" value="cs" lang="cs" formnovalidate>',
    ]);
    expect(body({ canCancel: false })).not.toContain('login-cancel');
  });
});

describe.each([
  ['the login page', 'login', 'password', 'current-password'],
  ['the page of a new password', 'new password', 'new_password', 'new-password'],
] as const)('a password on %s', (_page, name, id, autocomplete) => {
  const page = everyPage(PLAIN)[name];
  const button = new RegExp(`<button[^>]*id="show-${id}"[^>]*>`).exec(page?.body ?? '')?.[0];

  test('can be shown, by a button that is not there without a script (NIST SP 800-63B-4 §3.1.1.2)', () => {
    expect(button).toContain(' type="button" ');
    expect(button).toContain(' hidden ');
    expect(button).toContain(`aria-controls="${id}"`);
  });
  test('may be pasted, and is known to password managers', () => {
    const input = new RegExp(`<input id="${id}"[^>]*>`).exec(page?.body ?? '')?.[0];
    expect(input).toContain(`type="password" autocomplete="${autocomplete}"`);
    expect(input).not.toMatch(/value=|onpaste|pattern=|maxlength=|autocomplete="off"/);
  });
});

describe('where a page may lead', () => {
  test.each([
    'https://app.example.com/bye?a=1',
    'http://127.0.0.1:9999/callback',
    'com.example.app:/callback',
    '/oauth/authorize?client_id=demo',
  ])('to %s', (target) => expect(safeTarget(target)).toBe(target));

  test.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://a.example/1',
    'about:blank',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'evil',
    '',
  ])('not to %j', (target) => {
    expect(safeTarget(target)).toBeUndefined();
    expect(expiredPage({ locale: 'en', restart: target }).body).not.toContain('<a ');
    expect(loggedOutPage({ locale: 'en', returnTo: target }).body).not.toContain('<a ');
    expect(() => formPostPage({ locale: 'en', action: target, parameters: [] })).toThrow(TypeError);
  });

  test.each([
    ['https://app.example.com/cb', 'app.example.com'],
    ['https://good.example@evil.example:8443/', 'evil.example:8443'],
    ['com.example.app:/cb', 'com.example.app'],
    ['nothing', ''],
  ])('shown to the user: %s is %j', (uri, shown) => expect(displayTarget(uri)).toBe(shown));
});

test('an error of ours says that it is ours, and the protocol speaks English', () => {
  const error = {
    locale: 'cs',
    code: 'server_error',
    description: 'The server could not answer.',
  } as const;
  const { body, statusCode } = errorPage({ ...error, status: 503 });
  expect(statusCode).toBe(503);
  expect(body).toContain('Chyba je na naší straně');
  expect(body).toContain(
    '<dd id="error" lang="en">server_error: The server could not answer.</dd>',
  );
  expect(errorPage({ ...error, status: 400 }).body).not.toContain('na naší straně');
});

test('P8: an error page has the number of its request, by which the log is searched', () => {
  const error = { locale: 'cs', status: 400, code: 'invalid_request', description: 'x' } as const;
  expect(errorPage({ ...error, requestId: 'a<b' }).body).toContain(
    '<dt>Číslo požadavku</dt><dd id="request-id" lang="zxx">a&lt;b</dd>',
  );
  expect(errorPage(error).body).not.toContain('request-id');
});

test('P7: what is not in the language of the page says so', () => {
  const error = { locale: 'cs', status: 400, code: 'invalid_request', description: 'x' } as const;
  const { body = '' } = errorPage({ ...error, requestId: '1' });
  expect(body).toMatch(/<html lang="cs">/);
  for (const [, attributes] of body.matchAll(/<dd([^>]*)>/g)) expect(attributes).toMatch(/ lang="/);
});

test('constants that would end their element are refused, and promises have no place', () => {
  expect(() => verbatim('style', '</style>')).toThrow(TypeError);
  // @ts-expect-error: a promise is no value.
  expect(() => html`${Promise.resolve('x')}`).toThrow(TypeError);
});
