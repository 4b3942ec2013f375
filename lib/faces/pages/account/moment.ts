/**
 * A moment as a person says it, in their time zone where the profile names one.
 *
 * @module
 */
import type { Instant } from '../../../time.ts';
import { type Html, html } from '../shell/html.ts';
import type { Locale } from '../shell/locale.ts';

const FORM = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
} as const;

export function moment(at: Instant, locale: Locale, zone: string | undefined): Html {
  const date = new Date(at * 1000);
  const text = formatOf(locale, zone).format(date);
  return html`<time datetime="${date.toISOString()}">${text}</time>`;
}

function formatOf(locale: Locale, timeZone = 'UTC'): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, { ...FORM, timeZone });
  } catch {
    // Whatever the profile names is no time zone.
    return new Intl.DateTimeFormat(locale, { ...FORM, timeZone: 'UTC' });
  }
}
