/**
 * Drawings in the colour of the text. Each says nothing that the text beside it does not say, so
 * screen readers skip them all.
 *
 * @module
 */
import { type Html, html } from './html.ts';

const icon = (shape: Html): Html =>
  html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shape}</svg>`;

export const CHECK = icon(html`<path d="M5 12.5l4.5 4.5L19 7.5"/>`);
export const WARNING = icon(
  html`<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5.5M12 16.4v.1"/>`,
);
export const COMPASS = icon(
  html`<circle cx="12" cy="12" r="9"/><path d="M15.5 8.5l-2 5-5 2 2-5z"/>`,
);
export const CLOCK = icon(html`<circle cx="12" cy="12" r="9"/><path d="M12 7v5.3l3.3 2"/>`);

/** A latch: the key's bow, its shaft and two teeth. */
export const LOGO: Html = html`<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9" fill="#4338ca"/><g fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"><circle cx="12" cy="12.5" r="4.2"/><path d="M15.2 15.7l8.3 8.3M19.6 20.1l2.4-2.4M22.7 23.2l1.6-1.6"/></g></svg>`;

/** The same as a file of its own. */
export const LOGO_FILE = LOGO.toString().replace(
  '<svg ',
  '<svg xmlns="http://www.w3.org/2000/svg" ',
);

/** The same for the browser's tab. */
export const FAVICON = `data:image/svg+xml,${encodeURIComponent(LOGO_FILE)}`;
