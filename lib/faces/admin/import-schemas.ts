/**
 * What the admin API takes of an import of users.
 *
 * @module
 */
import * as v from 'valibot';
import { text } from '../../http/input.ts';
import { Name, Names, NewUser } from './schemas.ts';

/**
 * One of an import. Its `passwordHash` is as the system wrote it that it comes from. What is left out is
 * nothing for one that is made, and stays as it is for one that is changed.
 */
export const ImportedUser = v.strictObject({
  ...v.omit(NewUser, ['password', 'invite']).entries,
  roles: v.optional(Names),
  activated: v.optional(v.boolean()),
  profile: v.optional(NewUser.entries.profile.wrapped),
  disabled: v.optional(v.boolean()),
  plan: v.optional(Name),
  vendor: v.optional(v.union([Name, Names])),
  verified: v.optional(
    v.strictObject({ email: v.optional(v.boolean()), phone_number: v.optional(v.boolean()) }),
  ),
  passwordHash: v.optional(v.union([text(2048), v.record(v.string(), v.unknown())])),
});
const MAX_USERS = 100;
const most = `must have at most ${MAX_USERS} elements`;
const Line = v.pipe(
  v.number(),
  v.safeInteger('must be a whole number'),
  v.minValue(1, 'must be at least 1'),
);

/** Each user is one of ImportedUser's, and is taken or refused alone. */
export const UserImport = v.strictObject({
  users: v.pipe(v.array(v.unknown()), v.maxLength(MAX_USERS, most)),
  /** Which import it is, and which line of it each user: what is sent again is known by it. */
  import: v.optional(
    v.strictObject({ id: text(64), lines: v.pipe(v.array(Line), v.maxLength(MAX_USERS, most)) }),
  ),
  onExists: v.optional(v.picklist(['skip', 'update']), 'skip'),
  /** Of those who are updated, by their `passwordHash`. */
  replacePasswords: v.optional(v.boolean(), false),
  trustVerified: v.optional(v.boolean(), false),
  dryRun: v.optional(v.boolean(), false),
});
