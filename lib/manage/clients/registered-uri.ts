/**
 * URIs that a client may register. Each must be spelt the one way in which browsers spell it, so that
 * no `..`, upper-case host, default port, backslash or space hides where it leads.
 *
 * NOT checked: who owns the host. Whoever registers a client is trusted to know.
 *
 * @module
 * @see RFC 6749 §3.1.2 (absolute, no fragment), RFC 9700 §2.1 and §4.1.3 (exact, no wildcard, no plain
 *      http but to loopback), RFC 8252 §7.1 (a private-use scheme is a reversed domain name)
 */
const MAX_LENGTH = 2048;
const PRINTABLE = /^[\x21-\x7e]+$/;
/** Its dot keeps out `javascript:`, `data:` and whatever else a browser runs by itself. */
const PRIVATE_USE = /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+:$/;
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Where a browser is sent with an answer, or after a logout. */
export const isRedirectUri = (text: string): boolean => {
  const url = parsed(text);
  return url !== undefined && (isSafe(url) || PRIVATE_USE.test(url.protocol));
};

/** Where we ourselves send something, or fetch it. */
export const isServerUri = (text: string): boolean => {
  const url = parsed(text);
  return url !== undefined && isSafe(url);
};

/** As a browser's `Origin` header has it (RFC 6454 §6.1). */
export const isOrigin = (text: string): boolean => {
  const url = parsed(text);
  return url !== undefined && isSafe(url) && url.origin === text;
};

const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));

function parsed(text: string): URL | undefined {
  if (text.length > MAX_LENGTH || !PRINTABLE.test(text) || /[#*]/.test(text)) return undefined;
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  // A root path may be left out; nothing else may differ.
  const isCanonical = url.href === text || url.href === `${text}/`;
  return isCanonical && url.username === '' && url.password === '' ? url : undefined;
}
