/**
 * Where a page may lead: the rule of its links and forms. Whoever renders a page has validated the
 * target; this is the second lock, so that no `javascript:` ever becomes a link.
 *
 * @module
 * @see RFC 8252 §7.1 (apps have schemes of their own, with a period in them)
 */

/** A path of ours, but not `//host`, which is another one's. */
const OWN_PATH = /^\/(?![/\\])[\x21-\x7e]*$/;
const APP_SCHEME = /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/;

/** @returns The target if a browser may be led there. */
export function safeTarget(target: string): string | undefined {
  if (OWN_PATH.test(target)) return target;
  const scheme = URL.canParse(target) ? new URL(target).protocol : '';
  return isLedTo(scheme) ? target : undefined;
}

const isLedTo = (scheme: string): boolean =>
  scheme === 'https:' || scheme === 'http:' || APP_SCHEME.test(scheme);

/** What a person may recognise of it: the host, or an app's scheme. */
export function displayTarget(uri: string): string {
  if (!URL.canParse(uri)) return '';
  const { host, protocol } = new URL(uri);
  return host || protocol.slice(0, -1);
}
