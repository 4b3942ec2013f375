/**
 * In which language a person is spoken to: what the client asked for, then what the browser prefers.
 *
 * In:     ui_locales as sent (BCP 47 tags, the preferred first), Accept-Language as sent
 * Errors: none; what cannot be read or is not spoken here counts as not said, and English is the rest.
 *
 * @module
 * @see OpenID Connect Core 1.0 §3.1.2.1 (ui_locales: never an error), RFC 4647 §3.4 (lookup)
 */
import Negotiator from 'negotiator';

const LOCALES = ['en', 'cs'] as const;
export type Locale = (typeof LOCALES)[number];

export function localeOf(
  uiLocales: string | undefined,
  acceptLanguage: string | undefined,
): Locale {
  return asked(uiLocales) ?? preferred(acceptLanguage) ?? 'en';
}

/** The first that is spoken here, whatever its region: `cs-CZ` is `cs`. */
function asked(uiLocales = ''): Locale | undefined {
  for (const tag of uiLocales.toLowerCase().split(' ')) {
    const found = LOCALES.find((locale) => tag === locale || tag.startsWith(`${locale}-`));
    if (found) return found;
  }
  return undefined;
}

/** A list of regions only (`cs-CZ`) names the language too, and its weight counts. */
function preferred(acceptLanguage = ''): Locale | undefined {
  const tags = new Negotiator({ headers: { 'accept-language': acceptLanguage } }).languages();
  return asked(tags.join(' '));
}
