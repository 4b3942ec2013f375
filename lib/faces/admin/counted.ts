/**
 * What the admin API takes and answers of what was counted.
 *
 * @module
 */
import * as v from 'valibot';
import { SPANS } from '../../manage/statistics/read.ts';

export const StatisticsQuery = v.strictObject({ span: v.optional(v.picklist(SPANS), '24h') });

/** `by`: what it was counted by. `counts`: one an hour. */
const Counted = v.array(v.strictObject({ by: v.string(), counts: v.array(v.number()) }));

export const Statistics = v.strictObject({
  /** Epoch seconds: the beginning of the first hour, and the end of the last one, which still runs. */
  from: v.number(),
  to: v.number(),
  /** By the route at which somebody signed in, or was refused. */
  signIns: Counted,
  signInsRefused: Counted,
  /** Of the APIs behind the authorizer. */
  callsAllowed: Counted,
  /** By the rule that refused them. */
  callsRefused: Counted,
  /** By the type of event. */
  sessionsEnded: Counted,
});

export const Alarms = v.strictObject({
  /** Those that are up first. None where the deployment has none, as on a developer's machine. */
  items: v.array(
    v.strictObject({
      /** As docs/operate.md has it. */
      name: v.string(),
      what: v.string(),
      /** `unknown`: too little was measured to say. */
      state: v.picklist(['alarm', 'ok', 'unknown']),
      /** Epoch seconds. */
      since: v.number(),
    }),
  ),
});
