/** Accents that can be read on both schemes, and pictures that are pictures. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accented, DARK, LIGHT } from '../../../lib/faces/pages/shell/palette.ts';
import { styleSheet } from '../../../lib/faces/pages/shell/style.ts';
import { accentsOf } from '../../../lib/manage/brands/accent.ts';
import { contrast, mixed } from '../../../lib/manage/brands/colour.ts';
import { checkLogo } from '../../../lib/manage/brands/logo.ts';
import { CARD } from '../../../lib/manage/brands/readable.ts';

describe('the contrast of two colours (WCAG 2.2)', () => {
  test.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    // As WebAIM's checker has them.
    ['#777777', '#ffffff', 4.48],
    ['#767676', '#ffffff', 4.54],
    ['#4338ca', '#ffffff', 7.9],
    ['#0000ff', '#ffffff', 8.59],
    ['#fff', '#000', 21],
  ])('%s on %s is %d, and the other way round', (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 1);
    expect(contrast(other, one)).toBe(contrast(one, other));
  });
});

describe('an accent', () => {
  test('is refused with the ratio that it has, on the page where it has it', () => {
    expect(() => accentsOf({ accent: '#ffcc00' })).toThrow(
      'has a contrast of 1.51 to the light page, and needs 4.5',
    );
    expect(() => accentsOf({ accent: '#777777' })).toThrow('4.47');
    expect(() => accentsOf({ accent: '#0000aa', accentDark: '#0000aa' })).toThrow(
      /to the dark page/,
    );
  });
  test('that is readable is taken, in small letters, with a lighter one for the dark page', () => {
    expect(accentsOf({ accent: '#767676', accentDark: '#FFCC00' })).toEqual({
      accent: '#767676',
      accentDark: '#ffcc00',
    });
    const { accentDark } = accentsOf({ accent: '#B91C1C' });
    expect(contrast(accentDark, CARD.dark)).toBeGreaterThanOrEqual(4.5);
    expect(accentDark).not.toBe('#ffffff');
  });
  test('is measured against the cards that pages have', () => {
    expect(contrast(LIGHT.card, CARD.light)).toBe(1);
    expect(contrast(DARK.card, CARD.dark)).toBe(1);
  });
  test('whatever it is, leaves every text of a page readable', () => {
    const colour = fc
      .integer({ min: 0, max: 0xffffff })
      .map((value) => `#${value.toString(16).padStart(6, '0')}`)
      .filter((value) => contrast(value, CARD.light) >= 4.5);
    fc.assert(
      fc.property(colour, (accent) => {
        const both = accentsOf({ accent });
        for (const palette of [
          accented(LIGHT, both.accent, '#000'),
          accented(DARK, both.accentDark, '#fff'),
        ]) {
          for (const [text, ground] of [
            [palette.accent, palette.card],
            [palette['on-accent'], palette.accent],
            [palette['on-accent'], palette['accent-hover']],
            [palette.soft, palette.tint],
            [palette.text, palette.tint],
            [palette.text, palette.glow],
            [palette.text, mixed(palette.glow, palette.page, 0.5)],
          ] as const)
            expect(contrast(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
          expect(contrast(palette.accent, palette.tint)).toBeGreaterThanOrEqual(3);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a page', () => {
  // An accent is held to be readable on the card alone; signs need a contrast of 3 (WCAG 2.2 §1.4.11).
  test('has no text in the accent on the tint of it', () => {
    const rules = styleSheet(LIGHT, DARK).match(/[^{}]+\{[^{}]*\}/g) ?? [];
    const onTint = rules.filter((rule) => /background:var\(--tint\)/.test(rule));
    const inAccent = onTint.filter((rule) => /[{;\n]color:var\(--accent\)/.test(rule));
    expect(onTint.length).toBeGreaterThan(5);
    expect(inAccent.map((rule) => rule.trim().replace(/\{[\s\S]*/, ''))).toEqual(['.badge']);
    expect(onTint.filter((rule) => /\.show\b/.test(rule)).join()).toContain('color:var(--text)');
  });
});

const data = (type: string, content: string | Buffer): string =>
  `data:${type};base64,${Buffer.from(content).toString('base64')}`;
const svg = (inner: string, attributes = ''): string =>
  data('image/svg+xml', `<svg xmlns="http://www.w3.org/2000/svg"${attributes}>${inner}</svg>`);
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

describe('a logo', () => {
  test.each([
    ['a PNG', data('image/png', PNG)],
    ['a JPEG', data('image/jpeg', Buffer.from('ffd8ffe000104a464946', 'hex'))],
    ['a GIF', data('image/gif', 'GIF89a......')],
    ['a WebP', data('image/webp', 'RIFF....WEBPVP8 ')],
    ['an SVG', svg('<path d="M0 0h8v8z" fill="url(#a)"/><use href="#a"/>')],
    ['one with a declaration', data('image/svg+xml', '<?xml version="1.0"?>\n<!-- x -->\n<svg/>')],
    ['one with words that only look like it', svg('<title>only online script = fun</title>')],
    ['one with letters by number', svg('<title>Caf&#233; \\ B&#xe4;r</title>')],
    ['an address', 'https://cdn.example.com/logo.png?v=3'],
  ])('may be %s', (_case, logo) => expect(() => checkLogo(logo)).not.toThrow());

  test.each([
    ['a script', svg('<script>alert(1)</script>')],
    ['a script in a namespace', svg('<s:script xmlns:s="http://www.w3.org/2000/svg">1</s:script>')],
    ['a handler', svg('', ' onload="alert(1)"')],
    ['a handler after a slash', svg('<rect/onclick=alert(1)>')],
    ['foreign markup', svg('<foreignObject><body/></foreignObject>')],
    ['a link to a script', svg('<a href="javascript:alert(1)"><rect/></a>')],
    ['a link to a script that is hidden', svg('<a xlink:href="&#106;avascript:alert(1)"/>')],
    ['a picture from elsewhere', svg('<image href="https://evil.example/x.png"/>')],
    ['a style from elsewhere', svg('<style>@import "https://evil.example";</style>')],
    ['a fill from elsewhere', svg('<rect fill="url(https://evil.example/x#a)"/>')],
    [
      'a fill from elsewhere, spelt by a style',
      svg('<rect style="fill:u\\72l(https://x.example/#a)"/>'),
    ],
    ['one spelt by an attribute', svg('<rect style="fill:&#117;rl(https://x.example/#a)"/>')],
    ['one spelt by both', svg('<rect style="fill:u&#x5c;000072 l(https://x.example/#a)"/>')],
    ['a style from elsewhere, spelt so', svg('<style>@\\69mport "https://x.example";</style>')],
    ['a set of pictures', svg('<style>rect{fill:image-set("https://x.example/a.png" 1x)}</style>')],
    ['a base elsewhere', svg('<use href="#a"/>', ' xml:base="https://x.example/"')],
    [
      'a script in a namespace of other letters',
      svg('<š:script xmlns:š="http://www.w3.org/2000/svg"/>'),
    ],
    ['one with a dot', svg('<a.b:script xmlns:a.b="http://www.w3.org/2000/svg"/>')],
    ['an entity', data('image/svg+xml', '<!DOCTYPE svg [<!ENTITY x "y">]><svg>&x;</svg>')],
    ['a style sheet', data('image/svg+xml', '<?xml-stylesheet href="x"?><svg/>')],
    ['an animation', svg('<set attributeName="href" to="javascript:alert(1)"/>')],
    ['an embedded page', svg('<image href="data:text/html;base64,AAAA"/>')],
  ])('is refused with %s', (_case, logo) => expect(() => checkLogo(logo)).toThrow());

  test.each([
    ['a page', data('text/html', '<svg/>')],
    ['a picture that is another', data('image/png', 'GIF89a')],
    ['a page as a picture', data('image/png', '<html>')],
    ['a page as an SVG', data('image/svg+xml', '<html><svg/></html>')],
    ['nothing', data('image/png', '')],
    ['no base64', 'data:image/svg+xml,<svg/>'],
    ['plain http', 'http://example.com/logo.png'],
    ['a script', 'javascript:alert(1)'],
    ['a file', 'file:///etc/passwd'],
    ['one’s own path', '/logo.png'],
    ['an address with a user', 'https://a:b@example.com/logo.png'],
    ['an address that would end the policy', 'https://example.com/x; script-src *'],
    ['an address that is too long', `https://example.com/${'x'.repeat(500)}`],
  ])('is not %s', (_case, logo) => expect(() => checkLogo(logo)).toThrow());

  test('is looked at in time, whatever it is', () => {
    const start = performance.now();
    for (const long of ['<!--', ' ', 'on', 'href=', '<?xml ', '<svg ', 'url(']) {
      const logo = data('image/svg+xml', `<svg>${long.repeat(9000)}`);
      try {
        checkLogo(logo);
      } catch {}
      try {
        checkLogo(data('image/svg+xml', long.repeat(9000)));
      } catch {}
    }
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
