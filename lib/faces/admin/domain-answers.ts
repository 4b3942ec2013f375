/**
 * What the admin API answers of a domain, and of a brand.
 *
 * @module
 */
import * as v from 'valibot';
import { POLICY } from '../../manage/domains/lifecycle.ts';

export const Brand = v.strictObject({
  name: v.string(),
  logo: v.optional(v.string()),
  accent: v.optional(v.string()),
  accentDark: v.optional(v.string()),
  terms: v.optional(v.string()),
  privacy: v.optional(v.string()),
  help: v.optional(v.string()),
});

export const Domain = v.strictObject({
  name: v.string(),
  disabled: v.boolean(),
  passwords: POLICY.passwords,
  sessionIdle: POLICY.sessionIdle,
  sessionAbsolute: POLICY.sessionAbsolute,
  /** Where the domain is shown or changed, and in no list. */
  brand: v.optional(Brand),
  signUp: POLICY.signUp,
  mailDomains: POLICY.mailDomains,
  emailCodes: POLICY.emailCodes,
  selfDelete: POLICY.selfDelete,
});
