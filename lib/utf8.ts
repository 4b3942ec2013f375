/**
 * Bytes as text, exactly or not at all. Two texts that are not UTF-8 would otherwise become the same one,
 * in which U+FFFD stands for whatever could not be read; so a text that holds it says nothing.
 *
 * @module
 * @see RFC 3629 §3 (no overlong forms, no surrogates), §10; Unicode 16 §3.9 (U+FFFD for what is ill-formed)
 */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @returns `undefined` for what is not UTF-8. A byte order mark stays where it is. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether each character of it is one that somebody wrote. */
export const isExact = (text: string): boolean => text.isWellFormed() && !text.includes('\ufffd');
