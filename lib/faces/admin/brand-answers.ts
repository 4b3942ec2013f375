/**
 * What the admin API answers of a brand.
 *
 * @module
 */
import * as v from 'valibot';

export const Brand = v.strictObject({
  name: v.string(),
  logo: v.optional(v.string()),
  accent: v.optional(v.string()),
  accentDark: v.optional(v.string()),
  terms: v.optional(v.string()),
  privacy: v.optional(v.string()),
  help: v.optional(v.string()),
});
