/**
 * The sign-in cookie of a browser: whose session it is, which one, and the secret that proves it.
 *
 *   <subject>.<key>.<secret>
 *
 * @module
 */
import type { SessionName } from '../store/sessions/sessions.ts';

export type BrowserCookie = { name: SessionName; secret: string };

/** A user id, a UUID, 43 letters and digits: of anything else nothing is looked up. */
const COOKIE = /^([0-9a-f]{24})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9A-Za-z]{43})$/;

export function parseBrowserCookie(value: string | undefined): BrowserCookie | undefined {
  const [, subject, key, secret] = COOKIE.exec(value ?? '') ?? [];
  return subject && key && secret ? { name: { subject, key }, secret } : undefined;
}

export const formatBrowserCookie = ({ name, secret }: BrowserCookie): string =>
  `${name.subject}.${name.key}.${secret}`;
