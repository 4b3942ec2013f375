/**
 * What the admin API answers to the question what somebody may do, and why.
 *
 * @module
 */
import * as v from 'valibot';
import { AclItem } from '../../manage/roles/check-acl.ts';
import { PLACES } from '../../manage/sessions/lacking.ts';

const Names = v.array(v.string());

export const Explanation = v.strictObject({
  verdict: v.picklist(['allowed', 'forbidden', 'unauthenticated']),
  /** Only what is the caller's own. */
  own: v.boolean(),
  steps: v.array(v.strictObject({ check: v.string(), passed: v.boolean(), detail: v.string() })),
  /** What all would have to be granted for it to be allowed. */
  lacking: v.array(
    v.strictObject({
      where: v.picklist(PLACES),
      resource: v.optional(v.string()),
      letter: v.optional(v.string()),
    }),
  ),
});

export const Me = v.strictObject({
  id: v.string(),
  kind: v.string(),
  username: v.string(),
  domain: v.string(),
  /** Those that count here: of a key with roles of its own, these. */
  roles: Names,
  /** Whether it is the one for whom domains make no difference. */
  root: v.boolean(),
  /** What it may do, within its scope. */
  acl: AclItem,
});
