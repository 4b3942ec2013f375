/**
 * The ways in which a client proves who it is, by their registered names.
 *
 * @module
 * @see RFC 7591 §2 (the names), OpenID Connect Core §9
 */

/** `none` is for public clients; it proves nothing. */
export const AUTHENTICATION_METHODS = [
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
  'none',
] as const;

export const PROVING_METHODS = AUTHENTICATION_METHODS.filter((method) => method !== 'none');
