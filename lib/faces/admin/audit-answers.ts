/**
 * What the admin API answers of what happened, and of what the authorizer decided.
 *
 * Units: times are epoch seconds.
 *
 * @module
 */
import * as v from 'valibot';
import { DecisionLine } from '../../manage/audit/decisions.ts';
import { EventItem } from '../../manage/audit/read.ts';

const Time = v.pipe(v.number(), v.integer());

export const Event = v.strictObject({
  ...EventItem.entries,
  at: Time,
  actor: v.strictObject(EventItem.entries.actor.entries),
  // Never false. openapi-python-client makes of an optional constant what is no Python.
  migrated: v.optional(v.boolean()),
});

export const Decision = v.strictObject({
  at: Time,
  ...DecisionLine.entries,
  claimed: v.optional(v.strictObject(DecisionLine.entries.claimed.wrapped.entries)),
  /** For an explanation of a call with it as of now. */
  credential: v.optional(v.string()),
});
export const Decisions = v.strictObject({ items: v.array(Decision) });
