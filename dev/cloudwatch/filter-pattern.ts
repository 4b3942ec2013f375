/**
 * CloudWatch's filter patterns, of those the one form that is used here: `?one ?"of these terms"`.
 *
 * @module
 * @see CloudWatch Logs User Guide, "Filter pattern syntax": unstructured events, with case; a line
 *      matches that contains any term after a `?`
 */

/** @throws Error for any other form. */
export function matchesPattern(pattern: string, line: string): boolean {
  if (!/^\?("[^"]+"|\w+)( \?("[^"]+"|\w+))*$/.test(pattern))
    throw new Error(`a filter pattern that is not understood: ${pattern}`);
  const terms = [...pattern.matchAll(/\?(?:"([^"]+)"|(\w+))/g)];
  return terms.some(([, quoted, word]) => line.includes(quoted ?? word ?? ''));
}
