/**
 * The scopes that are about the user who signs in, and let nothing be done: what a client is told of them, and
 * whether it may come back while they are away.
 *
 * A client may ask for all of the standard ones, unless its own list names some: then for those alone.
 * What the user is in this deployment (`roles`, `domain`) is told only where it is on the list.
 *
 * @module
 * @see OpenID Connect Core §5.4, §11 (offline_access)
 */
const STANDARD_SCOPES = [
  'openid',
  'profile',
  'email',
  'address',
  'phone',
  'offline_access',
] as const;
export const USER_SCOPES = [...STANDARD_SCOPES, 'roles', 'domain'] as const;
export type UserScope = (typeof USER_SCOPES)[number];

export const isUserScope = (word: string): word is UserScope =>
  USER_SCOPES.some((scope) => scope === word);
const isStandard = (word: string): boolean => STANDARD_SCOPES.some((scope) => scope === word);

/** @param listed - The client's own list. */
export function mayAsk(listed: readonly string[], scope: UserScope): boolean {
  return listed.includes(scope) || (isStandard(scope) && !listed.some(isStandard));
}
