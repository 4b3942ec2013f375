/**
 * What the audit keeps of a change to an API key or a domain token.
 *
 * @module
 */

import type { Write } from '../../aws/transaction.ts';
import { changesOfStanding } from '../../events/kinds/standing.ts';
import { type Trail, UNTRACKED } from '../../events/trail.ts';
import type { SessionName, Standing } from '../../store/sessions/sessions.ts';

/** @param domain - The owner's. */
export function traceStanding(
  {
    name,
    domain,
    trail = UNTRACKED,
  }: { name: SessionName; domain: string; trail?: Trail | undefined },
  change: { before?: Standing; after?: Standing },
): readonly Write[] {
  return trail(changesOfStanding({ name, domain }, change));
}
