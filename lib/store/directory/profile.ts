/**
 * What is known of a user beside the account: the standard claims, by their registered names, as part of
 * the user's item (users.ts).
 *
 * @module
 * @see OpenID Connect Core §5.1
 */
import * as v from 'valibot';

export const PROFILE = [
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'profile',
  'picture',
  'website',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'phone_number',
  'company',
] as const;
/** @see OpenID Connect Core §5.1.1 */
export const ADDRESS = [
  'formatted',
  'street_address',
  'locality',
  'region',
  'postal_code',
  'country',
] as const;
export const ProfileItem = v.object({
  ...v.entriesFromList(PROFILE, v.optional(v.string())),
  address: v.optional(v.object(v.entriesFromList(ADDRESS, v.optional(v.string())))),
});
export type Profile = v.InferOutput<typeof ProfileItem>;
