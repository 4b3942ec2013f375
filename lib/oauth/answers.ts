/**
 * What the OAuth endpoints and the metadata answer: schemas for the OpenAPI document; nothing of it is
 * run in a function.
 *
 * @module
 * @see RFC 6749 §5.1, §5.2; RFC 8414 §2; RFC 7517 §4, §5, RFC 7518 §6
 */
import * as v from 'valibot';

const Url = v.pipe(v.string(), v.url());
const Words = v.array(v.string());
/** Printable ASCII without quote and backslash. */
const Plain = v.pipe(v.string(), v.regex(/^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/));

export const Token = v.strictObject({
  access_token: v.string(),
  token_type: v.literal('Bearer'),
  expires_in: v.pipe(v.number(), v.integer(), v.minValue(1), v.description('Seconds.')),
  scope: v.optional(
    v.pipe(v.string(), v.description('Where it is not the one that was asked for.')),
  ),
});

export const Failed = v.strictObject({ error: Plain, error_description: Plain });

export const Metadata = v.strictObject({
  issuer: Url,
  jwks_uri: Url,
  response_types_supported: Words,
  grant_types_supported: Words,
  token_endpoint: Url,
  token_endpoint_auth_methods_supported: Words,
  revocation_endpoint: Url,
  revocation_endpoint_auth_methods_supported: Words,
});

const Base64url = v.pipe(v.string(), v.regex(/^[\w-]+$/));
const common = { kid: Base64url, use: v.literal('sig') };
/** Public members only. */
export const KeySet = v.strictObject({
  keys: v.array(
    v.union([
      v.strictObject({
        ...common,
        kty: v.literal('EC'),
        alg: v.literal('ES256'),
        crv: v.literal('P-256'),
        x: Base64url,
        y: Base64url,
      }),
      v.strictObject({
        ...common,
        kty: v.literal('RSA'),
        alg: v.literal('RS256'),
        n: Base64url,
        e: Base64url,
      }),
    ]),
  ),
});
