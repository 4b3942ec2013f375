/**
 * The one form under which a login name is stored and looked up, so that names that differ only in
 * case, width or Unicode composition are the same name.
 *
 * @module
 * @see RFC 8265 §3.3 (UsernameCaseMapped), RFC 8264 §9 (what a name may not hold)
 */

const MAX_LENGTH = 256;
/** Control, format (zero width, bidirectional), unassigned, private and lone surrogate characters. */
const DISALLOWED = /[\p{C}\p{Zl}\p{Zp}]/u;

/** @returns `undefined` for what cannot be a name. */
export function normaliseLoginName(name: string): string | undefined {
  if (name.length > MAX_LENGTH || DISALLOWED.test(name)) return undefined;
  const normal = name.normalize('NFKC').toLowerCase().normalize('NFKC').trim();
  return normal === '' || normal.length > MAX_LENGTH ? undefined : normal;
}
