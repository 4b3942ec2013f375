/**
 * Our results as the Faveo dialect's answers.
 *
 * Of the documented token's claims, `iss` is our issuer and not the URL of the endpoint, and `sub`
 * our user id: every verifier of this deployment compares the one and reads the other. `prv`, the
 * hash of a class name in the product's own code, would mean nothing here.
 *
 * @module
 */

import type * as v from 'valibot';
import { sha256 } from '../../crypto.ts';
import { type HttpResponse, json } from '../../http/response.ts';
import type { User } from '../../store/directory/users.ts';
import type { Instant } from '../../time.ts';
import type * as answers from './answers.ts';

/** What its clients look for in a token beside our own claims. @param now - Epoch seconds. */
export const claims = (now: Instant) => ({ nbf: now });

export const signInReply = (user: User, { token }: { token: string }): HttpResponse =>
  json(200, { token, user_id: profileOf(user) } satisfies v.InferOutput<typeof answers.SignedIn>);
export const userReply = (user: User): HttpResponse =>
  json(200, { user: profileOf(user) } satisfies v.InferOutput<typeof answers.User>);
export const apiKeyReply = (key: string): HttpResponse =>
  json(200, { result: key } satisfies v.InferOutput<typeof answers.ApplicationKey>);

/** All fields of the documentation, in its order; what we do not know is as empty as there. */
const profileOf = ({ profile, ...user }: User): v.InferOutput<typeof answers.Profile> => ({
  id: numberOf(user.id),
  user_name: user.username,
  first_name: profile.given_name ?? '',
  last_name: profile.family_name ?? '',
  gender: 0,
  email: user.email ?? '',
  ban: user.disabled ? 1 : 0,
  active: user.activated ? 1 : 0,
  is_delete: 0,
  ext: '',
  country_code: 0,
  phone_number: profile.phone_number ?? '',
  mobile: null,
  agent_sign: '',
  account_type: '',
  account_status: '',
  assign_group: 1,
  primary_dpt: 1,
  agent_tzone: profile.zoneinfo ?? '',
  daylight_save: '',
  limit_access: '',
  directory_listing: '',
  vacation_mode: '',
  company: profile.company ?? '',
  role: user.roles[0] ?? '',
  internal_note: '',
  profile_pic: profile.picture ?? '',
  created_at: timeOf(user.createdAt),
  updated_at: timeOf(user.updatedAt),
  user_language: profile.locale ?? null,
});

/**
 * Its ids are integers of 32 bits with a sign, ours are 24 hexadecimal digits: 31 bits of their hash, so
 * that users made in one second differ, and never 0. It names a user to a reader; two may have the same
 * one, and nothing here looks one up by it.
 */
const numberOf = (id: string): number => sha256(id).readUInt32BE() >>> 1 || 1;

/** UTC, as 2018-08-13 14:22:49. */
const timeOf = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
