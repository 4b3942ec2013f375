/**
 * How a mail looks: as text, and as HTML that the oldest of mail programs can show. Styles are inline; the dark
 * scheme is in a style sheet, for those that read one. Nothing is loaded, but the logo of a brand that has one.
 *
 * @module
 */

import type { Brand } from '../../../mail/letter.ts';
import { linksIn } from '../shell/dress.ts';
import { type Html, html, verbatim } from '../shell/html.ts';
import type { Locale } from '../shell/locale.ts';
import { DARK, LIGHT } from '../shell/palette.ts';
import type { Draft } from './template.ts';

export type Written = { subject: string; text: string; html: string };

export const layOut = (draft: Draft, brand: Brand, locale: Locale): Written => ({
  subject: draft.subject,
  text: textOf(draft, brand),
  html: htmlOf(draft, brand, locale).toString(),
});

function textOf({ before, action, code, after }: Draft, { name }: Brand): string {
  const middle = [
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...(code ? [`    ${spaced(code)}`] : []),
  ];
  return `${[...before, ...middle, ...after, `-- \n${name}`].join('\n\n')}\n`;
}

/** Easier to copy by eye. The form takes the space. */
const spaced = (code: string): string => code.replace(/^(...)(...)$/, '$1 $2');

const DARK_SHEET = `@media (prefers-color-scheme:dark){
.page{background:${DARK.page}!important}
.card{background:${DARK.card}!important;border-color:${DARK.line}!important}
.card,.card h1,.card p{color:${DARK.text}!important}
.foot,.card p.soft{color:${DARK.soft}!important}
.code{background:${DARK.tint}!important;color:${DARK.text}!important}
}`;
const FONT = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif';
const PARAGRAPH = `margin:0 0 16px;font-size:16px;line-height:1.5;color:${LIGHT.text}`;
const SOFT = `margin:0 0 12px;font-size:14px;line-height:1.5;color:${LIGHT.soft}`;
const BUTTON = `display:inline-block;padding:12px 20px;border-radius:8px;font-size:16px;font-weight:600;text-decoration:none`;
const CODE = `margin:0 0 20px;padding:16px;border-radius:8px;background:${LIGHT.tint};color:${LIGHT.text};font-size:28px;letter-spacing:4px;text-align:center;font-family:ui-monospace,Menlo,Consolas,monospace`;

const htmlOf = (
  { subject, before, action, code, after }: Draft,
  brand: Brand,
  locale: Locale,
): Html => html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<title>${subject}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
${verbatim('style', DARK_SHEET)}
</head>
<body class="page" style="margin:0;padding:24px 12px;background:${LIGHT.page};${FONT}">
<div role="article" lang="${locale}" class="card" style="max-width:520px;margin:0 auto;padding:28px;border:1px solid ${LIGHT.line};border-radius:12px;background:${LIGHT.card}">
<h1 style="margin:0 0 20px;font-size:20px;line-height:1.3;color:${LIGHT.text}">${logoOf(brand)}${brand.name}</h1>
${before.map((line) => html`<p style="${PARAGRAPH}">${line}</p>\n`)}${action && buttonOf(action, brand)}${code && html`<p class="code" style="${CODE}">${spaced(code)}</p>\n`}${after.map((line) => html`<p class="soft" style="${SOFT}">${line}</p>\n`)}</div>
<p class="foot" style="max-width:520px;margin:16px auto 0;font-size:12px;color:${LIGHT.soft};text-align:center">${brand.name}${linksOf(brand, locale)}</p>
</body>
</html>
`;

/** To whoever's brand it is: they say where their own terms are. */
const linksOf = (brand: Brand, locale: Locale): Html[] =>
  linksIn(brand, locale).map(
    ({ label, url }) =>
      html` · <a href="${url}" rel="noreferrer" style="color:inherit">${label}</a>`,
  );

const logoOf = ({ logo }: Brand): Html | undefined =>
  logo?.startsWith('https://')
    ? html`<img src="${logo}" alt="" height="32" style="height:32px;max-width:160px;margin:0 8px 0 0;vertical-align:middle;border:0">`
    : undefined;

/** The address is there to be read, too: a program may show no button. */
const buttonOf = ({ label, url }: { label: string; url: string }, { accent }: Brand): Html =>
  html`<p style="margin:0 0 12px"><a href="${url}" rel="noreferrer" style="${BUTTON};background:${accent ?? LIGHT.accent};color:${LIGHT['on-accent']}">${label}</a></p>
<p class="soft" style="${SOFT};word-break:break-all">${url}</p>
`;
