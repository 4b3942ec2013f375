/** What mails say: each template in both languages, and what others have put into them. */
import { describe, expect, test } from 'vitest';
import { EXAMPLES, exampleOf } from '../../../dev/mailbox/examples.ts';
import { TEMPLATES, writeLetter } from '../../../lib/faces/pages/mail/compose.ts';
import { type Letter, MAIL_LOCALES } from '../../../lib/mail/letter.ts';

const ALL = EXAMPLES.flatMap((about) => MAIL_LOCALES.map((locale) => [about, locale] as const));
/** What a person reads of the HTML. */
const seen = (html: string) =>
  html
    .replace(/<(style|title)>[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
const withAccount = (account: string, more: Partial<Letter> = {}) =>
  writeLetter({ ...exampleOf('reset-password', 'en'), account, ...more });

test('there is an example of each template', () =>
  expect(EXAMPLES.toSorted()).toEqual(Object.keys(TEMPLATES).sort()));

describe.each(ALL)('%s in %s', (about, locale) => {
  const letter = exampleOf(about, locale);
  const { subject, text, html } = writeLetter(letter);

  test('is whole, and says the same as text and as HTML', () => {
    for (const said of [subject, text, html]) expect(said).not.toMatch(/undefined|\$\{|\[object/);
    expect(subject).toContain('Latchkey');
    const words = seen(html);
    for (const line of text.split('\n').filter((it) => it.length > 20 && !it.endsWith(':')))
      expect(words.replaceAll(/\s+/g, ' ')).toContain(line.trim());
    expect(html).toContain(`<html lang="${locale}">`);
  });

  test('has its link or its code, in both, and no other link', () => {
    const { content } = letter;
    const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, url]) =>
      url?.replaceAll('&amp;', '&'),
    );
    const isLinked = TEMPLATES[about][locale]({
      brand: '',
      account: '',
      url: 'u',
      code: '',
      lifetime: '',
      when: '',
      where: '',
      what: '',
    }).action;
    expect(links).toEqual(isLinked && 'url' in content ? [content.url] : []);
    if (isLinked && 'url' in content) expect(text.split('\n')).toContain(content.url);
    if ('code' in content)
      expect([text, seen(html)].every((it) => it.includes('123 456'))).toBe(true);
  });

  test('loads nothing, runs nothing, and is of one language', () => {
    expect(html).not.toMatch(/<(img|script|link|iframe|form)\b|url\(|@import/);
    const czech = /[ěščřžýáíéůúďťň]/i;
    expect(czech.test(subject + text)).toBe(locale === 'cs');
  });
});

describe('the name of an account', () => {
  test.each(['<b>Joe</b><script>alert(1)</script>', '"><img src=x onerror=y>', 'a\'&"b'])(
    'is text, whatever it is: %s',
    (name) => {
      const { html } = withAccount(name);
      expect(html).not.toMatch(/<script>alert|<img|<b>Joe/);
    },
  );

  test.each([
    'https://evil.example',
    'www.evil.example',
    'win money at evil.example',
    'win money at evil.example @you',
    'evil.example/x@example.org',
    'evil.example,x@example.org',
    'www.evil@example.org',
    'x@example.org evil.example',
    'a\\b',
    'x'.repeat(101),
  ])('is left out where a mail program would make a link of it: %s', (name) => {
    const { html, text } = withAccount(name);
    expect(html + text).not.toContain(name);
    expect(text).toContain('your account.');
  });

  test('stays on its line, and turns nothing round', () => {
    const { text } = withAccount('a\r\nBcc: b\u202ec\u0000d');
    expect(text).not.toMatch(/[\r\u202e]|^Bcc/m);
    expect(withAccount('שלום').text).toContain('\u2068שלום\u2069');
  });

  test.each(['joe@example.org', 'joe.h+x@háčky.example', '100@mydomain.com', 'J. R. Joe'])(
    'that is an address, or a plain name, is said: %s',
    (name) => expect(withAccount(name).text).toContain(`your account ${name}`),
  );
});

describe('a brand', () => {
  const brand = {
    name: 'Acme & Sons <x>',
    logo: 'https://acme.example/logo.png',
    accent: '#123456',
  };

  test('gives its name, its logo and its colour', () => {
    const { html, subject, text } = withAccount('joe', { brand });
    expect(subject).toBe('Choose a new password for Acme & Sons <x>');
    expect(text).toMatch(/-- \nAcme & Sons <x>\n$/);
    expect(html).toContain('Acme &amp; Sons &lt;x&gt;');
    expect(html).toContain('<img src="https://acme.example/logo.png" alt=""');
    expect(html).toContain('background:#123456');
  });

  test.each(['javascript:alert(1)', 'data:image/svg+xml,<svg/>', 'http://acme.example/logo.png'])(
    'whose logo is no https URL has none: %s',
    (logo) => expect(withAccount('joe', { brand: { ...brand, logo } }).html).not.toContain('<img'),
  );
});
