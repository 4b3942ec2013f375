/**
 * What a caller sent as text, exactly: two passwords, names or ids that differ never become the same by
 * being read. Whatever stands in front of us may have decoded it before, and then U+FFFD is all that is
 * left of what was no text; so nobody may send it.
 *
 * Errors: `invalid_request`
 *
 * @module
 * @see RFC 8259 §8.1 (JSON is UTF-8, without a byte order mark), RFC 6749 Appendix B (so are forms), RFC
 *      7617 §2.1 (and credentials of Basic, as we ask for them)
 */
import { AuthError } from '../errors.ts';
import { decodeUtf8, isExact } from '../utf8.ts';

const notText = (reason: string) =>
  new AuthError({
    code: 'invalid_request',
    rule: 'text-malformed',
    text: 'The request must be text in UTF-8',
    reason,
  });

/** @throws AuthError for bytes that are not UTF-8, and for a byte order mark. */
export function textOf(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes);
  if (text === undefined || text.startsWith('\ufeff')) throw notText('bytes that are not UTF-8');
  return exactText(text);
}

export function exactText(text: string): string {
  if (!isExact(text)) throw notText('a replacement character');
  return text;
}

/** A form or a query. What its percent signs stand for must be text, too. */
export function parametersIn(encoded: string): URLSearchParams {
  const sent = new URLSearchParams(encoded);
  for (const pair of sent) pair.forEach(exactText);
  return sent;
}

const CHARSET = /;\s*charset\*?\s*=\s*"?([^";,\s]*)/gi;

/** @throws AuthError unless the content type is silent on it, or says what we read. */
export function requireUtf8(contentType: string, bytes: Uint8Array): void {
  for (const [, named = ''] of contentType.matchAll(CHARSET)) {
    const isAscii = /^(us-)?ascii$/i.test(named);
    if (!isAscii && !/^utf-?8$/i.test(named)) throw notText('another charset');
    if (isAscii && bytes.some((byte) => byte > 0x7f)) throw notText('a charset that is not so');
  }
}
