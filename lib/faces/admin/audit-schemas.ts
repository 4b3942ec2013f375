/**
 * What the admin API takes of whoever asks what happened, and what the authorizer decided.
 *
 * @module
 */
import * as v from 'valibot';
import { natural, text } from '../../http/input.ts';
import { spelled } from '../../http/source-address.ts';
import { COLLECTIONS, EVENT_TYPE_NAMES } from '../../manage/audit/read.ts';
import { LAST_SECOND } from '../../time.ts';
import { Name, page } from './schemas.ts';

const MAX_ARN = 2048;

const Time = natural(0, LAST_SECOND);
/** How far back the log is looked through, in hours: it is billed by what is read. */
export const DecisionsQuery = v.strictObject({
  request: v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9_=-]{1,64}$/, 'must be the id of a request, as its answer has it'),
  ),
  hours: v.optional(natural(1, 24), '1'),
});
export const AuditQuery = v.strictObject({
  ...page,
  from: v.optional(Time),
  to: v.optional(Time),
  /** The id or name of what it happened to. */
  target: v.optional(Name),
  /** Who did it: the id of a user or a client, or the ARN of whoever used AWS credentials. */
  actor: v.optional(text(MAX_ARN)),
  type: v.optional(v.picklist(EVENT_TYPE_NAMES)),
  collection: v.optional(v.picklist(COLLECTIONS)),
  address: v.optional(v.pipe(Name, v.transform(spelled))),
  domain: v.optional(Name),
});
