/**
 * What the audit keeps of a change to an API key or a domain token.
 *
 * @module
 */

import type { Write } from '../../aws/transaction.ts';
import { changesOfStanding } from '../../events/kinds/standing.ts';
import { type Trail, UNTRACKED } from '../../events/trail.ts';
import type { SessionName, Standing } from '../../store/sessions/sessions.ts';
import type { Named } from '../../store/sessions/standing.ts';

/** Of what ends with its owner. @param domain - The owner's. */
export const traceEnd =
  (domain: string, { trail }: { trail?: Trail | undefined }) =>
  ({ name, standing }: Named): readonly Write[] =>
    traceStanding({ name, domain, trail }, { before: standing });

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
