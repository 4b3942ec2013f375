/**
 * What the admin API takes of an import of users.
 *
 * @module
 */
import * as v from 'valibot';
import { text } from '../../http/input.ts';
import { Name, Names, NewUser } from './schemas.ts';

/** One of an import. Its `passwordHash` is as the system wrote it that it comes from. */
export const ImportedUser = v.strictObject({
  ...v.omit(NewUser, ['password']).entries,
  disabled: v.optional(v.boolean(), false),
  plan: v.optional(Name),
  vendor: v.optional(v.union([Name, Names])),
  verified: v.optional(
    v.strictObject({ email: v.optional(v.boolean()), phone_number: v.optional(v.boolean()) }),
  ),
  passwordHash: v.optional(v.union([text(2048), v.record(v.string(), v.unknown())])),
});
/** Each user is one of ImportedUser's, and is taken or refused alone. */
export const UserImport = v.strictObject({
  users: v.pipe(v.array(v.unknown()), v.maxLength(100, 'must have at most 100 elements')),
  trustVerified: v.optional(v.boolean(), false),
  dryRun: v.optional(v.boolean(), false),
});
