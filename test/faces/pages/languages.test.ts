/** In which language the pages speak, and that each of them says everything. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { html } from '../../../lib/faces/pages/shell/html.ts';
import { localeOf } from '../../../lib/faces/pages/shell/locale.ts';
import { describeScope } from '../../../lib/faces/pages/sign-in/scope.ts';
import { messagesOf } from '../../../lib/faces/pages/sign-in/words.ts';
import type { Messages } from '../../../lib/faces/pages/sign-in/words-en.ts';
import { everyPage, PLAIN } from '../../support/web/pages.ts';

describe('the language', () => {
  test.each([
    ['what the client asks for, before what the browser prefers', 'cs', 'en', 'cs'],
    ['the first of its languages that is spoken here', 'se de cs-CZ en', undefined, 'cs'],
    ['its language whatever the region', 'en-GB', 'cs', 'en'],
    ['its language in any case', 'CS-cz', undefined, 'cs'],
    ['what the browser prefers', undefined, 'cs,en;q=0.8', 'cs'],
    ['what the browser prefers, by weight', undefined, 'cs;q=0.3,en;q=0.8', 'en'],
    ['what the browser prefers, by region only', undefined, 'de-DE, cs-CZ;q=0.9', 'cs'],
    ['not what the browser refuses', undefined, 'cs;q=0, de', 'en'],
    [
      'the browser’s, when the client’s is not spoken here (OIDC: never an error)',
      'se',
      'cs',
      'cs',
    ],
    ['English, when nobody asks', undefined, undefined, 'en'],
    ['English, when anything will do', undefined, '*', 'en'],
    ['English, when nothing fits', 'se', 'de, fr;q=0.5', 'en'],
    ['not a language that only begins like one of ours', 'csb enm', 'csb', 'en'],
  ])('is %s', (_case, uiLocales, acceptLanguage, wanted) =>
    expect(localeOf(uiLocales, acceptLanguage)).toBe(wanted),
  );

  test('is one of ours whatever is sent, and found at once', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'binary-ascii' }), (uiLocales, acceptLanguage) => {
        expect(['en', 'cs']).toContain(localeOf(uiLocales, acceptLanguage));
      }),
    );
    const start = performance.now();
    localeOf('x-'.repeat(50_000), 'x;q=0.1,'.repeat(1250));
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

/** Every text, by its path; templates filled with a sign. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value(html`§`, '§'))]];
  return Object.entries(value as object).flatMap(([key, it]) => texts(it, `${path}.${key}`));
}

describe('the texts', () => {
  const [english, czech] = [texts(messagesOf('en')), texts(messagesOf('cs'))];

  test('are the same in number and place, none is empty, and none was left in English', () => {
    expect(czech.map(([path]) => path)).toEqual(english.map(([path]) => path));
    for (const [index, [path, text]] of czech.entries()) {
      expect(text.trim(), path).not.toBe('');
      if (!['.consent.acl'].includes(path)) expect(text, path).not.toBe(english[index]?.[1]);
    }
  });

  test('keep each name that they are given', () => {
    const named = (all: [string, string][]) => all.filter(([, text]) => text.includes('§'));
    expect(named(czech).map(([path]) => path)).toEqual(named(english).map(([path]) => path));
  });

  test('do not compile when one is missing', () => {
    const { logout, ...rest } = messagesOf('cs');
    const { yes: _yes, ...incomplete } = logout;
    // @ts-expect-error: a text is missing.
    const messages: Messages = { ...rest, logout: incomplete };
    expect(messages).toBeDefined();
  });

  test('give every page in its language, and say which it is', () => {
    const pages = [everyPage(PLAIN, { locale: 'en' }), everyPage(PLAIN, { locale: 'cs' })].map(
      (all) => Object.entries(all),
    );
    for (const [index, [name, page]] of (pages[1] ?? []).entries()) {
      expect(page.body, name).toContain('<html lang="cs">');
      expect(page.headers['content-language'], name).toBe('cs');
      const title = (body = '') => /<title>(.*?)<\/title>/.exec(body)?.[1];
      expect(title(page.body), name).not.toBe(title(pages[0]?.[index]?.[1].body));
    }
  });
});

describe('a scope in words', () => {
  const titles = {
    cdr: 'Call records',
    constructor: 'Constructors',
    'fax#cs': 'faxy',
    fax: 'Faxes',
  };
  const say = (scope: string, locale: 'en' | 'cs' = 'en') =>
    describeScope(scope.split(' '), locale, titles).map(({ text }) => `${text}`);
  const CDR = '<strong><bdi>Call records</bdi></strong>';
  const FILES = '<strong><bdi>cdr/files</bdi></strong>';

  test.each<[string, string[]]>([
    ['openid', ['Know who you are']],
    ['offline_access', ['Keep this access while you are away']],
    ['full_access', ['Do everything in your name that you may do, but not administer']],
    ['cdr/files:r', [`Read ${FILES}`]],
    ['cdr:crou', [`Create and change ${CDR}`, `Read what is your own in ${CDR}`]],
    ['cdr:*', [`Create, read, change, and delete ${CDR}`]],
    ['cdr:r openid cdr:u', ['Know who you are', `Read and change ${CDR}`]],
    ['cdr:r cdr:ro', [`Read ${CDR}`]],
    ['mluviiPublicApi', ['Use <strong><bdi>mluviiPublicApi</bdi></strong>']],
    ['urn:x:y', ['Use <strong><bdi>urn:x:y</bdi></strong>']],
    ['constructor', ['Use <strong><bdi>constructor</bdi></strong>']],
    ['cdr:x', ['Use <strong><bdi>cdr:x</bdi></strong>']],
  ])('%s: %s', (scope, wanted) => expect(say(scope)).toEqual(wanted));

  test('in Czech too', () =>
    expect(say('cdr:rdo', 'cs')).toEqual([
      `Číst v oblasti ${CDR}`,
      `Mazat jen vlastní v oblasti ${CDR}`,
    ]));

  test('with the title that a resource has in that language (RFC 7591 §2.2)', () => {
    expect(say('fax:r', 'cs')).toEqual(['Číst v oblasti <strong><bdi>faxy</bdi></strong>']);
    expect(say('fax:r')).toEqual(['Read <strong><bdi>Faxes</bdi></strong>']);
  });
});
