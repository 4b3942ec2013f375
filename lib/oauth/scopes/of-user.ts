/**
 * The scopes with a meaning of their own: what a client is told of the user who signs in, and whether
 * it may come back while the user is away.
 *
 * @module
 * @see OpenID Connect Core §5.4 (the claims of each), §11 (offline_access)
 */
import { mayAsk, STANDARD_SCOPES } from '../../verdict/may-ask.ts';

/** What the user is in this deployment (`roles`, `domain`) is told only where it is on the client's list. */
export const USER_SCOPES = [...STANDARD_SCOPES, 'roles', 'domain'] as const;
type UserScope = (typeof USER_SCOPES)[number];

export const isUserScope = (word: string): word is UserScope =>
  USER_SCOPES.some((scope) => scope === word);

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
