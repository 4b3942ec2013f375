/**
 * The logo of a brand: an https address, or a picture in a `data:` URI, which is what it says it is and no
 * larger than fits every page.
 *
 * Pages show it by `<img>`, in which no script runs and nothing is loaded from elsewhere; an SVG that wants
 * either is refused all the same, since a logo is copied to places of which we know nothing.
 *
 * NOT checked: what is at the address, now or later. Where it redirects to another host, browsers do not
 * follow, since the policy of the page names that address alone (faces/pages/shell).
 *
 * Errors: `invalid_request` naming the field.
 *
 * @module
 * @see SVG Integration §3.4 (secure static mode), CSP 3 §6.7.2.12 (paths and redirects)
 */
import { refuseField } from '../../errors.ts';
import { isPageUri } from './page-uri.ts';

/** In characters: 36 KB of a picture. A change of a client or a domain has 64 KB. */
export const MAX_LOGO = 50_000;
const DATA = /^data:(image\/[a-z+]+);base64,([A-Za-z0-9+/]+={0,2})$/;

const SVG = /^(\xef\xbb\xbf)?\s*(<\?xml[^>]*\?>)?\s*(<!--[\s\S]*?-->\s*)*<svg[\s>/]/;
/** How each begins. */
const BEGINS: Readonly<Record<string, (content: string) => boolean>> = {
  'image/png': (content) => content.startsWith('\x89PNG\r\n\x1a\n'),
  'image/jpeg': (content) => content.startsWith('\xff\xd8\xff'),
  'image/gif': (content) => /^GIF8[79]a/.test(content),
  'image/webp': (content) => /^RIFF[\s\S]{4}WEBP/.test(content),
  'image/svg+xml': (content) => SVG.test(content),
};
/** Scripts, handlers, foreign markup, entities, style sheets, and whatever is elsewhere. */
const ACTIVE =
  /<\s*([^\s<>/:]+:)?(script|foreignobject|iframe|embed|object|handler|listener|set|animate)|<!(doctype|entity|\[cdata)|<\?xml-stylesheet|@import|[\s"'/]on[a-z]+\s*=|(href|src)\s*=\s*["']?\s*(?!["']?\s*(#|data:image\/(png|jpeg|gif|webp)))|xml:base|(image-set|src)\(|url\(\s*(?!["']?#)/i;

/** As it is read: a style may spell a character by its number, and an attribute, too. */
const inPlain = (svg: string): string =>
  svg
    .replace(/&#(?:x([0-9a-f]{1,8})|(\d{1,8}));?/gi, (_, hex, decimal) => characterOf(hex, decimal))
    .replace(/\\(?:([0-9a-f]{1,6})\s?|(.))/gi, (_, hex, plain) => plain ?? characterOf(hex));

function characterOf(hex: string | undefined, decimal = '0'): string {
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

export function checkLogo(logo: string): void {
  if (!logo.startsWith('data:')) {
    if (!isPageUri(logo))
      throw refuseField(
        'brand.logo',
        'logo-address-unusable',
        'must be an https address without fragment or user, as browsers spell it, or data: with a picture',
      );
    return;
  }
  const [, type = '', encoded = ''] = DATA.exec(logo) ?? [];
  const content = Buffer.from(encoded, 'base64').toString('latin1');
  if (!BEGINS[type]?.(content))
    throw refuseField(
      'brand.logo',
      'logo-no-picture',
      'must be a PNG, JPEG, GIF, WebP or SVG picture, in base64',
    );
  if (type === 'image/svg+xml' && [content, inPlain(content)].some((text) => ACTIVE.test(text)))
    throw refuseField(
      'brand.logo',
      'logo-active',
      'must be an SVG without scripts, animation, entities and links to elsewhere',
    );
}
