/**
 * What the admin API takes. A member that is not named here is refused. In a change (RFC 7396) a
 * member that is left out stays, and `null` takes one away.
 *
 * Units: expiresAt, from and to are epoch seconds, overlap seconds.
 *
 * @module
 */

import * as v from 'valibot';
import { moment, NAME_LENGTH, natural, PASSWORD_LENGTH, text } from '../../http/input.ts';
import { SHOWABLE } from '../../http/showable.ts';
import { POLICY } from '../../manage/domains/lifecycle.ts';
import { LETTERS } from '../../manage/roles/check-acl.ts';
import { RoleName } from '../../manage/roles/lifecycle.ts';
import { ADDRESS, BIRTHDATE, PROFILE } from '../../manage/users/register.ts';
import { type Instant, LAST_SECOND, type Seconds } from '../../time.ts';
import { BrandChange } from './brand-schemas.ts';

const MAX_LIST = 50;
const most = `must have at most ${MAX_LIST} elements`;
export const Name = text(NAME_LENGTH);
export const Names = v.pipe(v.array(text(NAME_LENGTH)), v.maxLength(MAX_LIST, most));
const DomainName = v.pipe(
  v.string(),
  v.regex(
    /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
    'must be small letters, digits, "." and "-", at most 253',
  ),
);
const Email = v.pipe(Name, v.regex(/^[^\s@]+@[^\s@]+$/u, 'must be an e-mail address'));
const Password = text(PASSWORD_LENGTH);
const WholeSeconds = v.pipe(
  v.number(),
  v.safeInteger('must be whole seconds'),
  v.minValue(0, 'must not be negative'),
  v.maxValue(LAST_SECOND, 'must be seconds, not milliseconds'),
);
/** Their unit is a matter of types alone, which is why nothing is transformed. */
export const Length = WholeSeconds as unknown as v.GenericSchema<number, Seconds>;
/** At least a minute, at most a century. */
const Lifetime = v.pipe(
  v.number(),
  v.safeInteger('must be whole seconds'),
  v.minValue(60, 'must be at least 60 seconds'),
  v.maxValue(3_155_760_000, 'must be at most 3155760000 seconds'),
) as unknown as v.GenericSchema<number, Seconds>;
const Moment = moment as unknown as v.GenericSchema<number, Instant>;
const Letters = v.pipe(
  v.array(v.picklist(LETTERS)),
  v.maxLength(LETTERS.length, 'names a letter twice'),
);
const Acl = v.record(v.string(), Letters);

const Address = v.strictObject(v.entriesFromList(ADDRESS, v.optional(Name)));
/** What a claim of its own form must be: the rest is text. */
const Birthdate = v.pipe(
  Name,
  v.regex(BIRTHDATE, 'must be a day such as 1985-04-12 or 0000-04-12, or a year'),
);
const NewProfile = v.strictObject({
  ...v.entriesFromList(PROFILE, v.optional(Name)),
  birthdate: v.optional(Birthdate),
  address: v.optional(Address),
});
const ProfileChange = v.strictObject({
  ...v.entriesFromList(PROFILE, v.optional(v.nullable(Name))),
  birthdate: v.optional(v.nullable(Birthdate)),
  address: v.optional(v.nullable(Address)),
});

export const NewUser = v.strictObject({
  username: Name,
  email: v.optional(Email),
  /** Needed, unless the user is invited. */
  password: v.optional(Password),
  /** Sends the user a mail with which they choose a password. */
  invite: v.optional(v.boolean(), false),
  mustChangePassword: v.optional(v.boolean()),
  /** The caller's own, unless it is said. */
  domain: v.optional(Name),
  roles: v.optional(Names, []),
  /** Of who is invited, unless it is said; else not. */
  activated: v.optional(v.boolean()),
  profile: v.optional(NewProfile, {}),
});
export const UserChange = v.strictObject({
  username: v.optional(Name),
  email: v.optional(v.nullable(Email)),
  password: v.optional(Password),
  /** At the next sign-in, before anything else. */
  mustChangePassword: v.optional(v.boolean()),
  roles: v.optional(Names),
  activated: v.optional(v.boolean()),
  disabled: v.optional(v.boolean()),
  profile: v.optional(v.nullable(ProfileChange)),
  plan: v.optional(v.nullable(Name)),
  vendor: v.optional(v.nullable(v.union([Name, Names]))),
});

/** For so long the secret before it works too. */
export const Renewal = v.strictObject({ overlap: v.optional(Length, 0) });

export const NewKey = v.strictObject({
  /** The id of a user or a client, or `domain#` and a domain's name; the caller, unless it is said. */
  owner: v.optional(Name),
  name: v.pipe(text(128), v.regex(SHOWABLE, 'must be printable')),
  roles: v.optional(Names),
  /** In place of roles. */
  acl: v.optional(Acl),
  /** null: never. Left out: after the setting keyLifetime. */
  expiresAt: v.optional(v.nullable(Moment)),
});
/** Of an API key, a domain token or a domain. */
export const Switch = v.strictObject({ disabled: v.optional(v.boolean()) });
/** Each setting is what lib/store/directory/domain-policy.ts says; `null` takes back what was said. */
export const DomainChange = v.strictObject({
  ...Switch.entries,
  passwords: v.nullish(POLICY.passwords),
  sessionIdle: v.nullish(POLICY.sessionIdle),
  sessionAbsolute: v.nullish(POLICY.sessionAbsolute),
  signUp: v.nullish(POLICY.signUp),
  mailDomains: v.nullish(v.pipe(v.array(DomainName), v.maxLength(MAX_LIST, most))),
  emailCodes: v.nullish(POLICY.emailCodes),
  selfDelete: v.nullish(POLICY.selfDelete),
  brand: v.nullish(BrandChange),
});

export const NewDomainToken = v.strictObject({
  /** The caller's own, unless it is said. */
  domain: v.optional(Name),
  role: Name,
  expiresAt: Moment,
});

export const NewRole = v.strictObject({
  name: RoleName,
  parents: v.optional(Names, []),
  acl: v.optional(Acl, {}),
});
export const RoleChange = v.strictObject({
  parents: v.optional(Names),
  acl: v.optional(v.record(v.string(), v.nullable(Letters))),
});

/** Checked as a whole: lib/manage/resources/registry.ts. */
const Title = v.pipe(text(100), v.regex(SHOWABLE, 'must be printable'));
export const NewResource = v.strictObject({
  name: Name,
  patterns: v.optional(Names, []),
  title: v.optional(Title),
  'title#cs': v.optional(Title),
});
export const ResourceChange = v.strictObject({
  patterns: v.optional(Names),
  title: v.optional(v.nullable(Title)),
  'title#cs': v.optional(v.nullable(Title)),
});

/** Name to patterns. `dryRun` says what would happen, and does nothing. */
export const ResourceImport = v.strictObject({
  resources: v.record(v.string(), Names),
  /** By name, or name#cs: what people are told of them. */
  titles: v.optional(v.record(v.string(), Title)),
  dryRun: v.optional(v.boolean(), false),
});

export const NewDomain = v.strictObject({ name: DomainName });

export const SettingsChange = v.strictObject({
  /** Roles one of which a caller of POST /user needs; none: everybody may; null: as deployed. */
  userCreateScope: v.optional(v.nullable(Names)),
  faveoApiKeyMandatory: v.optional(v.boolean()),
  /** Of API keys that say nothing; null: a year. */
  keyLifetime: v.optional(v.nullable(Lifetime)),
  /** Of API keys and domain tokens made from then on; null: none. */
  maxKeyLifetime: v.optional(v.nullable(Lifetime)),
});

/** `next` of the page before: its form is cursor.ts's own, and sealed. */
const CURSOR = /^1\.[A-Za-z0-9_-]{1,4096}\.[A-Za-z0-9_-]{43}$/;
export const page = {
  limit: v.optional(natural(1, 100), '50'),
  cursor: v.optional(v.pipe(v.string(), v.regex(CURSOR, 'is not valid here'))),
};
export const PageQuery = v.strictObject(page);
export const ExplainQuery = v.strictObject({
  method: v.pipe(v.string(), v.regex(/^[A-Z]{1,16}$/, 'must be a method in capitals')),
  path: v.pipe(v.string(), v.regex(/^\/[\s\S]{0,2047}$/, 'must be a path that begins with /')),
});
export const SignOutQuery = v.strictObject({
  subject: v.optional(Name),
  domain: v.optional(Name),
});
