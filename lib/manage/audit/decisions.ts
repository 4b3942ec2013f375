/**
 * What the authorizer decided of one call, as it stands in its log: each call that it refused, and a share of
 * those that it allowed (faces/authorizer/decision-log.ts).
 *
 * An administrator finds the lines of the own domain; with `root` all; where the ACL grants own objects only,
 * those of the administrator's own calls. Whom nothing proves counts as who they claim to be: the domain that
 * is claimed is the one that wants to know.
 *
 * Units:  `at` is epoch seconds, `ms` of the decision alone.
 * Errors: `temporarily_unavailable`.
 *
 * @module
 */
import * as v from 'valibot';
import { type Administrator, inReach } from '../../authority/reach.ts';
import { findLines, type Line, type LogStore } from '../../aws/log-store.ts';
import type { Instant } from '../../time.ts';

const Text = v.string();
const Ids = v.object({
  key: v.optional(Text),
  subject: v.optional(Text),
  client: v.optional(Text),
  domain: v.optional(Text),
});
export const DecisionLine = v.object({
  code: v.picklist(['allowed', 'forbidden', 'unauthenticated']),
  ...Ids.entries,
  claimed: v.optional(Ids),
  api: Text,
  stage: v.optional(Text),
  address: v.optional(Text),
  mode: v.picklist(['strict', 'kept']),
  resource: v.optional(Text),
  letter: v.optional(Text),
  rule: v.optional(Text),
  reason: v.optional(Text),
  ms: v.number(),
});
export type Decision = { at: number } & v.InferOutput<typeof DecisionLine>;

const HOUR = 3600;
/** An API with several authorizers asks several times; more lines have one id only where ids are not its own. */
const MOST = 20;

/** @param asked - `request`: the id of the call; `hours`: how far back it is looked for, which is billed. */
export async function findDecisions(
  logs: LogStore,
  administrator: Administrator,
  { request, hours }: { request: string; hours: number },
  now: Instant,
): Promise<Decision[]> {
  const span = { from: now - hours * HOUR, to: now };
  const wanted = { member: 'requestId', value: request, ...span, limit: MOST };
  const lines = await findLines(logs, wanted);
  return lines.flatMap(decisionOf).filter((decision) => inReach(administrator, whose(decision)));
}

function decisionOf({ at, members }: Line): Decision[] {
  const { success, output } = v.safeParse(DecisionLine, members);
  return success ? [{ at: Math.floor(at / 1000), ...output }] : [];
}

function whose({ claimed = {}, ...proven }: Decision): { id: string; domain: string } {
  const { subject = '', domain = '' } = proven.domain === undefined ? claimed : proven;
  return { id: subject, domain };
}
