/**
 * Whether a client may ask for a word of a scope that names no power: one on its own list. Of the standard ones
 * it may ask for all, unless its list names some: then for those alone.
 *
 * @module
 * @see OpenID Connect Core §5.4, §11 (the standard ones)
 */
export const STANDARD_SCOPES = [
  'openid',
  'profile',
  'email',
  'address',
  'phone',
  'offline_access',
] as const;

const STANDARD: readonly string[] = STANDARD_SCOPES;
const isStandard = (word: string): boolean => STANDARD.includes(word);

/** @param listed - The client's own list. */
export const mayAsk = (listed: readonly string[], word: string): boolean =>
  listed.includes(word) || (isStandard(word) && !listed.some(isStandard));
