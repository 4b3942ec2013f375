/**
 * The one form under which a login name is stored and looked up, so that names that differ only in
 * case, width or Unicode composition are the same name, and an address whose domain is written in ASCII
 * is the one whose domain is written in letters.
 *
 * @module
 * @see RFC 8265 §3.3 (UsernameCaseMapped), RFC 8264 §9 (what a name may not hold), RFC 5890 §2.3 (IDN)
 */
import { domainToASCII, domainToUnicode } from 'node:url';

const MAX_LENGTH = 256;
/** Control, format (zero width, bidirectional), unassigned, private and lone surrogate characters. */
const DISALLOWED = /[\p{C}\p{Zl}\p{Zp}]/u;
/** Any other is left as it is: read as a host, a number would become an address of the network. */
const INTERNATIONAL = /^(?=.*(?:[^\p{ASCII}]|xn--))[\p{L}\p{M}\p{N}.-]+$/u;

/** @returns `undefined` for what cannot be a name. */
export function normaliseLoginName(name: string): string | undefined {
  if (name.length > MAX_LENGTH || DISALLOWED.test(name)) return undefined;
  const normal = folded(inLetters(folded(name)));
  const isName = normal !== '' && normal.length <= MAX_LENGTH && !DISALLOWED.test(normal);
  return isName ? normal : undefined;
}

const folded = (name: string): string =>
  name.normalize('NFKC').toLowerCase().normalize('NFKC').trim();

/** In letters, as those names have been stored that somebody typed so. */
function inLetters(name: string): string {
  const parts = partsOf(name);
  return parts ? parts.before + domainToUnicode(parts.host) : name;
}

/**
 * The same name as it was stored once, where somebody had typed its domain in ASCII.
 *
 * @param normal - In its normal form.
 * @returns `undefined` where there is no other spelling.
 */
export function formerSpelling(normal: string): string | undefined {
  const parts = partsOf(normal);
  const former = parts && parts.before + parts.host;
  return former === normal ? undefined : former;
}

/** @returns Up to the `@`, and the domain in ASCII; `undefined` where it has no international one. */
function partsOf(name: string): { before: string; host: string } | undefined {
  const end = name.lastIndexOf('@') + 1;
  const domain = name.slice(end);
  const host = end > 0 && INTERNATIONAL.test(domain) ? domainToASCII(domain) : '';
  return host === '' ? undefined : { before: name.slice(0, end), host };
}
