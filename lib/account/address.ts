/**
 * Addresses as people type them: those that a mail can be sent to without a question of what was meant.
 * Quoted local parts, comments, groups and literals of RFC 5322 are legal, and nobody's.
 *
 * @module
 * @see RFC 5321 §4.5.3.1 (64 characters before the @, 254 in all), RFC 6532 (letters beyond ASCII)
 */

const MOST = 254;
const MOST_LOCAL = 64;
const ADDRESS =
  /^([^\s\p{C}"(),:;<>@[\\\]]+)@([^\s\p{C}"(),:;<>@[\\\]]+\.[^\s\p{C}"(),:;<>@[\\\]]+)$/u;

/** @returns `undefined` for what is no such address. */
export function addressOf(typed: string): string | undefined {
  const address = typed.trim().normalize('NFC');
  const [, local = ''] = ADDRESS.exec(address) ?? [];
  const fits = local !== '' && local.length <= MOST_LOCAL && address.length <= MOST;
  return fits && hostOfAddress(address) !== undefined ? address : undefined;
}

/** Where it is, as DNS has it: small letters, a name beyond ASCII by its A-labels. */
export function hostOfAddress(address: string): string | undefined {
  const host = address.slice(address.lastIndexOf('@') + 1);
  const url = `http://${host}/`;
  if (!URL.canParse(url)) return undefined;
  const { hostname, href } = new URL(url);
  return href === `http://${hostname}/` && !/^[\d.]+$/.test(hostname) ? hostname : undefined;
}
