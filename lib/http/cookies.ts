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
export type CookieName = 'latchkey' | 'latchkey-form';

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
    const name = cookie.slice(0, Math.max(0, equals)).trim();
    if (found.has(name)) twice.add(name);
    found.set(name, cookie.slice(equals + 1).trim());
  }
  for (const name of twice) found.delete(name);
  return found;
}

/** As many as browsers keep for a site. */
const MAX_COOKIES = 180;
