/**
 * The scopes with a meaning of their own: what a client is told of the user who signs in, and whether
 * it may come back while the user is away.
 *
 * A client may ask for all of the standard ones, unless its own list names some: then for those alone.
 * What the user is in this deployment (`roles`, `domain`) is told only where it is on the list.
 *
 * @module
 * @see OpenID Connect Core §5.4 (the claims of each), §11 (offline_access)
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

/** The claims that come with each. */
export const SCOPE_CLAIMS = {
  profile: [
    'name',
    'given_name',
    'family_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
  address: ['address'],
  phone: ['phone_number', 'phone_number_verified'],
  roles: ['roles'],
  domain: ['domain'],
} as const satisfies Partial<Record<UserScope, readonly string[]>>;

const CLAIMS: Partial<Record<UserScope, readonly string[]>> = SCOPE_CLAIMS;

export const claimsOfScopes = (words: readonly string[]): string[] =>
  USER_SCOPES.flatMap((scope) => (words.includes(scope) ? (CLAIMS[scope] ?? []) : []));

/** A claim asked for by name, without its scope, which the client may not go round in that way. */
export const mayAskClaim = (listed: readonly string[], claim: string): boolean =>
  USER_SCOPES.every((scope) => !CLAIMS[scope]?.includes(claim) || mayAsk(listed, scope));
