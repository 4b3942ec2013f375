/**
 * JSON in one line for terminals, editors and whoever reads logs: with no character in it that any of them
 * obeys, such as C1 controls (U+009B begins an escape sequence), what turns the direction of writing, or
 * separators of lines. It is the same JSON: those are written as `\uXXXX`.
 *
 * @module
 * @see RFC 8259 §7
 */
export const jsonLine = (value: unknown): string =>
  JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);

/** Beyond U+FFFF it takes two. */
const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, index) => unit(character.charCodeAt(index))).join(
    '',
  );
const unit = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;
