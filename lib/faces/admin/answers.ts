/**
 * What the admin API answers. Types for the code, schemas for the OpenAPI document; nothing of it is
 * run in a function.
 *
 * Units: times are epoch seconds.
 *
 * @module
 */
import * as v from 'valibot';
import {
  ACCESS_TOKEN_TYPES,
  AUTHENTICATIONS,
  ID_TOKEN_ALGORITHMS,
  ID_TOKEN_CLAIMS,
} from '../../manage/clients/check.ts';
import { AclItem } from '../../manage/roles/check-acl.ts';
import { ADDRESS, PROFILE } from '../../manage/users/register.ts';
import { WHY_UNDELIVERABLE } from '../../manage/users/undeliverable.ts';
import { RULES } from '../../rules.ts';
import { Brand } from './domain-answers.ts';

const Names = v.array(v.string());
const Time = v.pipe(v.number(), v.integer());
const Acl = AclItem;

const Proof = v.strictObject({ at: Time, means: v.string(), address: v.string() });

export const User = v.strictObject({
  id: v.string(),
  username: v.string(),
  email: v.optional(v.string()),
  domain: v.string(),
  roles: Names,
  disabled: v.boolean(),
  activated: v.boolean(),
  /** The user has no password yet: none was chosen since they were invited. */
  invited: v.optional(v.boolean()),
  mustChangePassword: v.optional(v.boolean()),
  profile: v.strictObject({
    ...v.entriesFromList(PROFILE, v.optional(v.string())),
    address: v.optional(v.strictObject(v.entriesFromList(ADDRESS, v.optional(v.string())))),
  }),
  /** Of the addresses above; without it nobody has verified them. */
  verified: v.optional(
    v.strictObject({ email: v.optional(Proof), phone_number: v.optional(Proof) }),
  ),
  plan: v.optional(v.string()),
  vendor: v.optional(v.union([v.string(), Names])),
  createdAt: Time,
  updatedAt: Time,
  /** In lists and where the user is shown. Missing: not since this is kept. */
  lastSignIn: v.optional(Time),
  /** Where the user is shown: mails to the address came back, so nothing more is sent there. */
  undeliverable: v.optional(v.strictObject({ why: v.picklist(WHY_UNDELIVERABLE), at: Time })),
});

export const Client = v.strictObject({
  id: v.string(),
  name: v.string(),
  domain: v.string(),
  domains: v.optional(Names),
  roles: Names,
  scopes: Names,
  grants: Names,
  disabled: v.boolean(),
  authentication: v.picklist(AUTHENTICATIONS),
  jwks: v.optional(v.strictObject({ keys: v.array(v.record(v.string(), v.unknown())) })),
  jwksUri: v.optional(v.string()),
  redirectUris: Names,
  postLogoutRedirectUris: Names,
  pkce: v.picklist(['required', 'optional']),
  consent: v.picklist(['ask', 'never']),
  idTokenAlgorithm: v.picklist(ID_TOKEN_ALGORITHMS),
  idTokenClaims: v.picklist(ID_TOKEN_CLAIMS),
  accessTokenType: v.picklist(ACCESS_TOKEN_TYPES),
  defaultMaxAge: v.optional(Time),
  requireAuthTime: v.boolean(),
  backchannelLogoutUri: v.optional(v.string()),
  allowedOrigins: Names,
  logoUri: v.optional(v.string()),
  clientUri: v.optional(v.string()),
  policyUri: v.optional(v.string()),
  tosUri: v.optional(v.string()),
  /** How many copies, where there is more than the client itself. */
  spread: v.optional(v.number()),
  /** Where the client is shown or changed, and in no list. */
  brand: v.optional(Brand),
  /** The end of each secret that lives, the newest first; null for none. */
  secrets: v.array(v.strictObject({ until: v.nullable(Time) })),
  createdAt: Time,
  updatedAt: Time,
  /** Where that is checked: the scopes with which it goes on as before. */
  register: v.optional(Names),
});
/** No secret for a client that does not authenticate by one. */
export const ClientWithSecret = v.strictObject({
  ...Client.entries,
  secret: v.optional(v.string()),
});

export const Key = v.strictObject({
  id: v.string(),
  owner: v.string(),
  /** The owner's username, of a client its name. */
  ownerName: v.optional(v.string()),
  name: v.string(),
  disabled: v.boolean(),
  roles: v.optional(Names),
  acl: v.optional(Acl),
  /** What its owner's roles leave of it now; none in the list of an owner, and of one that is refused. */
  left: v.optional(Acl),
  /** As a client's. */
  spread: v.optional(v.number()),
  createdBy: v.string(),
  createdAt: Time,
  expiresAt: v.optional(Time),
  lastUsed: v.optional(Time),
  /** About how many calls were made with it since its first use. */
  calls: v.optional(Time),
});
export const KeyWithText = v.strictObject({ ...Key.entries, key: v.string() });

export const DomainToken = v.strictObject({
  id: v.string(),
  domain: v.string(),
  role: v.string(),
  disabled: v.boolean(),
  createdBy: v.string(),
  createdAt: Time,
  expiresAt: v.optional(Time),
});
export const DomainTokenWithText = v.strictObject({ ...DomainToken.entries, token: v.string() });

export const Role = v.strictObject({
  name: v.string(),
  parents: Names,
  acl: Acl,
  /** With what the parents pass on. */
  effective: Acl,
});

export const Resource = v.strictObject({
  name: v.string(),
  patterns: Names,
  /** What people are told of it; `#` and a language, where it is another one there (RFC 7591 §2.2). */
  title: v.optional(v.string()),
  'title#cs': v.optional(v.string()),
});

export const Imported = v.strictObject({ created: Names, changed: Names, unchanged: Names });

export const Settings = v.strictObject({
  /** Missing: as deployed. */
  userCreateScope: v.optional(Names),
  faveoApiKeyMandatory: v.boolean(),
  /** Of API keys, in seconds, where nothing is said. */
  keyLifetime: v.pipe(v.number(), v.integer()),
  /** Of API keys and domain tokens. Missing: none but a signing key's. */
  maxKeyLifetime: v.optional(v.pipe(v.number(), v.integer())),
});

export const Session = v.strictObject({
  id: v.string(),
  subject: v.string(),
  /** The subject's username, of a client its name. */
  username: v.string(),
  kind: v.string(),
  client: v.string(),
  scope: v.optional(v.string()),
  createdAt: Time,
  expiresAt: Time,
  ip: v.optional(v.string()),
  userAgent: v.optional(v.string()),
  /** Whether it is the one of this call. */
  current: v.boolean(),
});

const Sentence = v.pipe(v.string(), v.nonEmpty());
export const Problem = v.strictObject({
  type: v.literal('about:blank'),
  title: v.string(),
  status: v.pipe(v.number(), v.integer()),
  detail: Sentence,
  code: v.string(),
  /** What was refused, finer than `code`: programs find their own words by it. */
  rule: v.picklist(RULES),
  errors: v.optional(v.array(v.strictObject({ field: v.string(), detail: Sentence }))),
});

export const pageOf = <S extends v.GenericSchema>(item: S) =>
  v.strictObject({ items: v.array(item), next: v.optional(v.string()) });
