/**
 * What the OAuth endpoints and the metadata answer: schemas for the OpenAPI document; nothing of it is
 * run in a function.
 *
 * @module
 * @see RFC 6749 §5.1, §5.2; RFC 8414 §2; RFC 7517 §4, §5, RFC 7518 §6
 */
import * as v from 'valibot';
import { SCOPE_CLAIMS } from '../../oauth/scopes/of-user.ts';
import { ADDRESS } from '../../oauth/scopes/standard-claims.ts';

const Url = v.pipe(v.string(), v.url());
const Words = v.array(v.string());
/** Printable ASCII without quote and backslash. */
const Plain = v.pipe(v.string(), v.regex(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/));

export const Token = v.strictObject({
  access_token: v.string(),
  token_type: v.literal('Bearer'),
  expires_in: v.pipe(v.number(), v.integer(), v.minValue(1), v.description('Seconds.')),
  scope: v.optional(
    v.pipe(v.string(), v.description('Where it is not the one that was asked for.')),
  ),
});

export const TokenOfUser = v.strictObject({
  ...Token.entries,
  refresh_token: v.optional(v.string()),
  id_token: v.optional(v.string()),
});

const text = v.optional(v.string());
const flag = v.optional(v.boolean());
const { profile, email, phone } = SCOPE_CLAIMS;
const OF_ANOTHER_TYPE = ['updated_at', 'email_verified', 'phone_number_verified'];
/** @see OpenID Connect Core §5.1, §5.1.1 */
export const UserInfo = v.strictObject({
  sub: v.string(),
  ...v.entriesFromList(
    [...profile, ...email, ...phone].filter((name) => !OF_ANOTHER_TYPE.includes(name)),
    text,
  ),
  email_verified: flag,
  phone_number_verified: flag,
  updated_at: v.optional(v.pipe(v.number(), v.integer())),
  address: v.optional(v.strictObject(v.entriesFromList(ADDRESS, text))),
  domain: v.optional(
    v.pipe(v.string(), v.description('Of the user; for a client that is registered for domains.')),
  ),
  roles: v.optional(v.array(v.string())),
});

/** @see RFC 7662 §2.2 */
const Time = v.pipe(v.number(), v.integer());
export const Introspected = v.union([
  v.strictObject({ active: v.literal(false) }),
  v.strictObject({
    active: v.literal(true),
    iss: Url,
    sub: v.string(),
    client_id: v.string(),
    domain: v.string(),
    username: text,
    scope: text,
    iat: Time,
    exp: v.optional(Time),
    token_type: v.optional(v.literal('Bearer')),
    aud: text,
    jti: text,
    sid: text,
  }),
]);

/** Nothing of it counts. */
export const Revoked = v.strictObject({});
export const Failed = v.strictObject({ error: Plain, error_description: Plain });

export const Metadata = v.strictObject({
  issuer: Url,
  jwks_uri: Url,
  response_types_supported: Words,
  grant_types_supported: Words,
  authorization_endpoint: Url,
  token_endpoint: Url,
  token_endpoint_auth_methods_supported: Words,
  token_endpoint_auth_signing_alg_values_supported: Words,
  userinfo_endpoint: Url,
  introspection_endpoint: Url,
  introspection_endpoint_auth_methods_supported: Words,
  introspection_endpoint_auth_signing_alg_values_supported: Words,
  revocation_endpoint: Url,
  revocation_endpoint_auth_methods_supported: Words,
  revocation_endpoint_auth_signing_alg_values_supported: Words,
  end_session_endpoint: Url,
  scopes_supported: Words,
  response_modes_supported: Words,
  code_challenge_methods_supported: Words,
  authorization_response_iss_parameter_supported: v.boolean(),
  subject_types_supported: Words,
  id_token_signing_alg_values_supported: Words,
  acr_values_supported: Words,
  claim_types_supported: Words,
  claims_supported: Words,
  claims_parameter_supported: v.boolean(),
  ui_locales_supported: Words,
  request_parameter_supported: v.boolean(),
  request_uri_parameter_supported: v.boolean(),
  backchannel_logout_supported: v.boolean(),
  backchannel_logout_session_supported: v.boolean(),
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
