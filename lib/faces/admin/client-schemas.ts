/**
 * What the admin API takes of OAuth clients. What the members mean together is a rule of
 * lib/manage/clients/check.ts.
 *
 * Units: defaultMaxAge is seconds.
 *
 * @module
 */
import * as v from 'valibot';
import { text } from '../../http/input.ts';
import {
  ACCESS_TOKEN_TYPES,
  AUTHENTICATIONS,
  GRANTS,
  ID_TOKEN_ALGORITHMS,
  ID_TOKEN_CLAIMS,
} from '../../manage/clients/check.ts';
import { BrandChange } from './brand-schemas.ts';
import { Length, Name, Names } from './schemas.ts';
import { Copies } from './spread-schemas.ts';

const MAX_URIS = 20;
const Uri = text(2048);
const Uris = v.pipe(v.array(Uri), v.maxLength(MAX_URIS, `must have at most ${MAX_URIS} elements`));

/** No member of a public key that is registered is anything else (RFC 7517 §4). */
const JwkMember = v.union([v.string(), v.boolean(), v.array(v.string())]);

const removable = {
  jwks: v.strictObject({ keys: v.array(v.record(v.string(), JwkMember)) }),
  jwksUri: Uri,
  defaultMaxAge: Length,
  backchannelLogoutUri: Uri,
  logoUri: Uri,
  clientUri: Uri,
  policyUri: Uri,
  tosUri: Uri,
  /** Whose users it may act for; `*` for all. Without it those of its own domain. */
  domains: Names,
};
const settings = {
  authentication: v.picklist(AUTHENTICATIONS),
  grants: v.pipe(v.array(v.picklist(GRANTS)), v.maxLength(GRANTS.length, 'names a grant twice')),
  redirectUris: Uris,
  postLogoutRedirectUris: Uris,
  pkce: v.picklist(['required', 'optional']),
  consent: v.picklist(['ask', 'never']),
  idTokenAlgorithm: v.picklist(ID_TOKEN_ALGORITHMS),
  idTokenClaims: v.picklist(ID_TOKEN_CLAIMS),
  accessTokenType: v.picklist(ACCESS_TOKEN_TYPES),
  requireAuthTime: v.boolean(),
  allowedOrigins: Uris,
};

export const NewClient = v.strictObject({
  id: Name,
  name: Name,
  domain: v.optional(Name),
  roles: v.optional(Names, []),
  scopes: v.optional(Names, []),
  ...v.partial(v.object({ ...settings, ...removable })).entries,
});
export const ClientChange = v.strictObject({
  name: v.optional(Name),
  roles: v.optional(Names),
  scopes: v.optional(Names),
  disabled: v.optional(v.boolean()),
  spread: v.optional(Copies),
  ...v.partial(v.object(settings)).entries,
  domains: v.optional(v.nullable(removable.domains)),
  jwks: v.optional(v.nullable(removable.jwks)),
  jwksUri: v.optional(v.nullable(removable.jwksUri)),
  defaultMaxAge: v.optional(v.nullable(removable.defaultMaxAge)),
  backchannelLogoutUri: v.optional(v.nullable(removable.backchannelLogoutUri)),
  logoUri: v.optional(v.nullable(Uri)),
  clientUri: v.optional(v.nullable(Uri)),
  policyUri: v.optional(v.nullable(Uri)),
  tosUri: v.optional(v.nullable(Uri)),
  brand: v.optional(v.nullable(BrandChange)),
});
