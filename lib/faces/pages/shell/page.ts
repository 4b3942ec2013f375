/**
 * The shell of every page: its head, whose brand it has, the way to another language, and the headers that
 * keep it from being framed, cached, or made to run, load or send anything that is not its own.
 *
 * @module
 * @see RFC 9700 §4.16 (clickjacking), RFC 6797 §7.2 (HSTS over https only), WCAG 2.2 §3.1.1
 */
import type { SeenRequest } from '../../../http/endpoint.ts';
import type { HttpResponse } from '../../../http/response.ts';
import type { Brand } from '../../../store/directory/brands.ts';
import { type Forms, hashSource, policy } from './content-security-policy.ts';
import { brandHeader, brandLinks, nameOf, styleOf } from './dress.ts';
import { type Html, html, verbatim } from './html.ts';
import { FAVICON } from './icons.ts';
import { chosenLocale, languageSwitch } from './language-switch.ts';
import { type Locale, localeOf } from './locale.ts';

/** What every page is told. The issuer says where its forms go, and whether it is served by https. */
export type Site = {
  locale: Locale;
  issuer?: string | undefined;
  /** Where the same page is: without what stands in front of our paths. */
  here?: string | undefined;
  brand?: Brand | undefined;
};

/** @param uiLocales - What the client asked for. */
export const siteOf = (
  issuer: string,
  { headers, cookies, here }: SeenRequest,
  uiLocales?: string | null,
): Site => ({
  locale: localeOf(
    uiLocales ?? undefined,
    headers['accept-language'],
    chosenLocale(issuer, { cookies }),
  ),
  issuer,
  here,
});

/** A script that is a constant of our code, with the source that lets it run. */
export type Script = { element: Html; source: string };

type Page = Site & {
  status?: number;
  /** Seconds. */
  retryAfter?: number | undefined;
  title: string;
  content: Html;
  forms?: Forms;
  /** Whether its form, with the id `form`, asks the same again in another language. */
  asksAgain?: boolean;
  /** Https addresses of pictures in it, beside the brand's logo. */
  images?: readonly string[];
  script?: Script;
};

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
  // Hashed for a page, and not by being loaded.
  get source() {
    return hashSource(constant);
  },
});

/** @returns A path of ours, below that of the issuer. */
export const path = ({ issuer }: Pick<Site, 'issuer'>, route: string): string =>
  (issuer ? new URL(issuer).pathname.replace(/\/$/, '') : '') + route;

export function page(given: Page): HttpResponse {
  const { locale, issuer, brand, status = 200, retryAfter, forms = 'none', script } = given;
  const style = styleOf(brand);
  const images = [...(brand?.logo ? [brand.logo] : []), ...(given.images ?? [])];
  const csp = policy({ style: hashSource(style), script: script?.source, forms, images });
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
    body: shell(given, verbatim('style', style)).toString(),
  };
}

const shell = (given: Page, style: Html): Html => html`<!doctype html>
<html lang="${given.locale}">
<head>
<meta charset="utf-8">
<title>${given.title} · ${nameOf(given.brand)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="${FAVICON}">
${style}
</head>
<body>
<header>${brandHeader(given.brand)}</header>
<main>
${given.content}
</main>
${foot(given)}
${given.script?.element}
</body>
</html>
`;

/** A link to elsewhere would take a form's typed words away, so those of the brand open beside. */
function foot(given: Page): Html {
  const { locale, brand, here, asksAgain } = given;
  const base = here === undefined ? undefined : path(given, here);
  return html`<footer>${brandLinks(brand, locale)}${languageSwitch({ locale, here: base, byForm: asksAgain })}</footer>`;
}
