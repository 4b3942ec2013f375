/**
 * Authorization server metadata: only what works today.
 *
 * @module
 * @see RFC 8414 §2; `response_types_supported` is required, and there is no authorization endpoint yet
 */
export const serverMetadata = (issuer: string): object => ({
  issuer,
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  response_types_supported: [],
  grant_types_supported: [],
});
