/**
 * What the Faveo dialect answers. Types for the code, schemas for the OpenAPI document; nothing of it is
 * run in a function.
 *
 * @module
 */
import * as v from 'valibot';

const Flag = v.picklist([0, 1]);
const Unknown = v.literal('');
const Time = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/), v.description('UTC.'));

/** What we do not know is as empty as in the product's documentation. */
export const Profile = v.strictObject({
  id: v.pipe(v.number(), v.integer(), v.minValue(0)),
  user_name: v.string(),
  first_name: v.string(),
  last_name: v.string(),
  gender: v.literal(0),
  email: v.string(),
  ban: Flag,
  active: Flag,
  is_delete: v.literal(0),
  ext: Unknown,
  country_code: v.literal(0),
  phone_number: v.string(),
  mobile: v.null(),
  agent_sign: Unknown,
  account_type: Unknown,
  account_status: Unknown,
  assign_group: v.literal(1),
  primary_dpt: v.literal(1),
  agent_tzone: v.string(),
  daylight_save: Unknown,
  limit_access: Unknown,
  directory_listing: Unknown,
  vacation_mode: Unknown,
  company: v.string(),
  role: v.string(),
  internal_note: Unknown,
  profile_pic: v.string(),
  created_at: Time,
  updated_at: Time,
  user_language: v.nullable(v.string()),
});

export const SignedIn = v.strictObject({ token: v.string(), user_id: Profile });
export const User = v.strictObject({ user: Profile });
export const ApplicationKey = v.strictObject({ result: v.string() });

const status_code = v.pipe(v.number(), v.integer());
const Sentence = v.pipe(v.string(), v.nonEmpty());
export const WrongApiKey = v.strictObject({ result: v.literal('wrong api key') });
/** In the style of the product's source. */
export const FailedAsInSource = v.strictObject({ error: Sentence, status_code });
/** How POST /api/v1/authenticate shows its errors. */
export const Failed = v.union([
  v.strictObject({ Error: Sentence, status_code }),
  FailedAsInSource,
  WrongApiKey,
]);

/** How the others show theirs. */
export const AccessFailed = v.strictObject({ success: v.literal(false), message: Sentence });
