/**
 * In which language a person is spoken to: what they chose on a page of ours, then what the client asked
 * for, then what the browser prefers.
 *
 * In:     the choice as its cookie has it, ui_locales as sent (BCP 47 tags, the preferred first),
 *         Accept-Language as sent
 * Errors: none; what cannot be read or is not spoken here counts as not said, and English is the rest.
 *
 * @module
 * @see OpenID Connect Core 1.0 §3.1.2.1 (ui_locales: never an error), RFC 4647 §3.4 (lookup)
 */
import Negotiator from 'negotiator';

/** Each by the name that whoever speaks it knows. */
export const LANGUAGES = { en: 'English', cs: 'Čeština' } as const;
export type Locale = keyof typeof LANGUAGES;
export const LOCALES = Object.keys(LANGUAGES) as Locale[];

export const localeOf = (
  uiLocales: string | undefined,
  acceptLanguage: string | undefined,
  chosen?: string,
): Locale => spoken(chosen) ?? asked(uiLocales) ?? preferred(acceptLanguage) ?? 'en';

/** @returns `undefined` for a language that no page has. */
export const spoken = (chosen: string | undefined): Locale | undefined =>
  LOCALES.find((locale) => locale === chosen);

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
