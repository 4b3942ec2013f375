/**
 * Cookies. An https issuer's have the `__Host-` prefix: no other host, no subdomain and no page over
 * plain http can set them. Browsers take that prefix over https only, so an http issuer, which is
 * loopback, goes without.
 *
 * Units: maxAge is seconds; 0 deletes the cookie.
 *
 * @module
 * @see RFC 6265bis §4.1.3.2 (`__Host-`), §5.6.7.1 (SameSite=Lax: sent on top-level GETs from elsewhere)
 */
export type CookieName =
  | 'latchkey'
  | 'latchkey-form'
  | 'latchkey-tried'
  | 'latchkey-typed'
  | 'latchkey-locale'
  | 'latchkey-device';

const isSecure = (issuer: string): boolean => issuer.startsWith('https:');

export const cookieName = (issuer: string, name: CookieName): string =>
  isSecure(issuer) ? `__Host-${name}` : name;

/** @returns The value of a Set-Cookie header. */
export const setCookie = (
  issuer: string,
  name: CookieName,
  { value, maxAge }: { value: string; maxAge: number },
): string =>
  `${cookieName(issuer, name)}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${isSecure(issuer) ? '; Secure' : ''}`;

/** @param sent - Each as `name=value`. */
export function readCookies(sent: readonly string[] = []): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const twice = new Set<string>();
  for (const cookie of sent.slice(0, MAX_COOKIES)) {
    const equals = cookie.indexOf('=');
    const name = trimmed(cookie.slice(0, Math.max(0, equals)));
    if (found.has(name)) twice.add(name);
    found.set(name, trimmed(cookie.slice(equals + 1)));
  }
  for (const name of twice) found.delete(name);
  return found;
}

/**
 * White space is what browsers take for it (RFC 6265bis §5.6). With any other in front, such as a
 * no-break space, it is another name to them: one without the prefix, which every subdomain may set.
 */
const trimmed = (text: string): string => text.replace(/^[ \t]+|[ \t]+$/g, '');

/** As many as browsers keep for a site. */
const MAX_COOKIES = 180;
