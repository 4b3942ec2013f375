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

const DAY = [
  '(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])',
  '(0[469]|11)-(0[1-9]|[12][0-9]|30)',
  '02-(0[1-9]|1[0-9]|2[0-8])',
].join('|');
const LEAP_YEAR = '([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)';
const YEAR = '([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])';

/**
 * A day that there is, `1985-04-12`, which has the year `0000` where it is not said; or a year alone, `1985`.
 * By a pattern, so that the API's description says it, too.
 *
 * @see OpenID Connect Core §5.1 (birthdate), ISO 8601-1 (the year 0000 is a leap year)
 */
export const BIRTHDATE = new RegExp(`^(${YEAR}|[0-9]{4}-(${DAY})|${LEAP_YEAR}-02-29)$`);

export const isBirthdate = (text: string): boolean => BIRTHDATE.test(text);
