/**
 * The sign-in cookie of a browser: of each account that is signed in there whose session it is, which
 * one, and the secret that proves it. The one that was used last stands first.
 *
 *   <subject>.<key>.<secret>~<subject>.<key>.<secret>…
 *
 * One cookie, so that what a sign-in changes of it changes at once.
 *
 * @module
 */
import type { SessionName } from '../store/sessions/sessions.ts';

export type BrowserCookie = { name: SessionName; secret: string };

export const MAX_ACCOUNTS = 5;

/** A user id, a UUID, 43 letters and digits: of anything else nothing is looked up. */
const COOKIE = /^([0-9a-f]{24})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9A-Za-z]{43})$/;

/** @returns Each account once; without what is none. */
export function parseBrowserCookies(value = ''): BrowserCookie[] {
  const found = value.split('~', MAX_ACCOUNTS).flatMap((part) => {
    const [, subject, key, secret] = COOKIE.exec(part) ?? [];
    return subject && key && secret ? [{ name: { subject, key }, secret }] : [];
  });
  return found.filter((one, index) => index === found.findIndex((other) => isSameUser(one, other)));
}

export const formatBrowserCookies = (cookies: readonly BrowserCookie[]): string =>
  cookies.map(({ name, secret }) => `${name.subject}.${name.key}.${secret}`).join('~');

export const isSameUser = (one: Named, other: Named): boolean =>
  one.name.subject === other.name.subject;
type Named = Pick<BrowserCookie, 'name'>;
