/**
 * The shell of every page: its head, and the headers that keep it from being framed, cached, or made
 * to run, load or send anything that is not its own.
 *
 * @module
 * @see RFC 9700 §4.16 (clickjacking), RFC 6797 §7.2 (HSTS over https only), WCAG 2.2 §3.1.1
 */
import type { HttpResponse } from '../../../http/response.ts';
import { type Forms, hashSource, policy } from './content-security-policy.ts';
import { type Html, html, verbatim } from './html.ts';
import { FAVICON, LOGO } from './icons.ts';
import { type Locale, localeOf } from './locale.ts';
import { STYLE } from './style.ts';

/** What every page is told. The issuer says where its forms go, and whether it is served by https. */
export type Site = { locale: Locale; issuer?: string | undefined };

/** @param uiLocales - What the client asked for. */
export const siteOf = (
  issuer: string,
  headers: Readonly<Record<string, string>>,
  uiLocales?: string | null,
): Site => ({ locale: localeOf(uiLocales ?? undefined, headers['accept-language']), issuer });

/** A script that is a constant of our code, with the source that lets it run. */
export type Script = { element: Html; source: string };

type Page = Site & {
  status?: number;
  /** Seconds. */
  retryAfter?: number | undefined;
  title: string;
  content: Html;
  forms?: Forms;
  script?: Script;
};

const STYLE_ELEMENT = verbatim('style', STYLE);
const STYLE_SOURCE = hashSource(STYLE);

const HEADERS = {
  'cache-control': 'no-store',
  pragma: 'no-cache',
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};
const STRICT_TRANSPORT = { 'strict-transport-security': 'max-age=63072000' };

export const script = (constant: string): Script => ({
  element: verbatim('script', constant),
  source: hashSource(constant),
});

/** @returns A path of ours, below that of the issuer. */
export const path = ({ issuer }: Site, route: string): string =>
  (issuer ? new URL(issuer).pathname.replace(/\/$/, '') : '') + route;

export function page(given: Page): HttpResponse {
  const { locale, issuer, status = 200, retryAfter, forms = 'none', script } = given;
  const csp = policy({ style: STYLE_SOURCE, script: script?.source, forms });
  return {
    statusCode: status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': locale,
      'content-security-policy': csp,
      ...HEADERS,
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
      ...(!issuer?.startsWith('http:') && STRICT_TRANSPORT),
    },
    body: shell(given).toString(),
  };
}

const shell = ({ locale, title, content, script }: Page): Html => html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<title>${title} · Latchkey</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="${FAVICON}">
${STYLE_ELEMENT}
</head>
<body>
<header>${LOGO}Latchkey</header>
<main>
${content}
</main>
${script?.element}
</body>
</html>
`;
