/**
 * A brand as a page wears it: its name and logo at the head, its links at the foot, its accent in the
 * style. Whoever has none gets ours.
 *
 * @module
 */
import type { Brand } from '../../../store/directory/brands.ts';
import { type Html, html } from './html.ts';
import { LOGO } from './icons.ts';
import type { Locale } from './locale.ts';
import { accented, DARK, LIGHT } from './palette.ts';
import { styleSheet } from './style.ts';
import { safeTarget } from './targets.ts';
import { shellWordsOf } from './words.ts';

const OURS = 'Latchkey';

export const nameOf = (brand: Brand | undefined): string => brand?.name ?? OURS;

/** The name stands beside the logo, so that says nothing more. */
export function brandHeader(brand: Brand | undefined): Html {
  if (!brand) return html`${LOGO}${OURS}`;
  const { name, logo } = brand;
  return html`${logo && html`<img src="${logo}" alt="">`}<bdi>${name}</bdi>`;
}

const LINKS = ['terms', 'privacy', 'help'] as const;

/** In the words of a language. */
export function linksIn(
  brand: Brand | undefined,
  locale: Locale,
): { label: string; url: string }[] {
  const words = shellWordsOf(locale);
  return LINKS.flatMap((kind) => {
    const url = safeTarget(brand?.[kind] ?? '');
    return url === undefined ? [] : [{ label: words[kind], url }];
  });
}

export function brandLinks(brand: Brand | undefined, locale: Locale): Html {
  const links = linksIn(brand, locale).map(({ label, url }) => outward(url, label));
  return links.length === 0
    ? html``
    : html`<nav class="about" aria-label="${shellWordsOf(locale).links}">${links}</nav>`;
}

/** Opens beside the page, where a form may be half filled in. */
export const outward = (target: string, label: string | Html): Html =>
  html`<a href="${target}" target="_blank" rel="noopener noreferrer">${label}</a>`;

const PLAIN = styleSheet(LIGHT, DARK);

export function styleOf(brand: Brand | undefined): string {
  const { accent: light, accentDark: dark } = brand ?? {};
  if (light === undefined || dark === undefined) return PLAIN;
  return styleSheet(accented(LIGHT, light, '#000'), accented(DARK, dark, '#fff'));
}
