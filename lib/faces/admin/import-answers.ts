/**
 * What the admin API answers to an import of users.
 *
 * @module
 */
import * as v from 'valibot';
import { RULES } from '../../rules.ts';

/** In the order of what was sent. */
export const ImportedUsers = v.strictObject({
  results: v.array(
    v.strictObject({
      /**
       * ready, differs: it would be created or updated, had it not been a dry run. exists: the name is
       * somebody's, and nothing was done.
       */
      status: v.picklist(['created', 'updated', 'ready', 'differs', 'exists', 'refused']),
      id: v.optional(v.string()),
      detail: v.optional(v.string()),
      code: v.optional(v.string()),
      rule: v.optional(v.picklist(RULES)),
      field: v.optional(v.string()),
    }),
  ),
});
