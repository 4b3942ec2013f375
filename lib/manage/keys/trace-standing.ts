/**
 * What the audit keeps of a change to an API key or a domain token.
 *
 * @module
 */

import type { Write } from '../../aws/transaction.ts';
import { type Trail, UNTRACKED } from '../../events/trail.ts';
import type { SessionName, Standing } from '../../store/sessions/sessions.ts';

/** @param domain - The owner's. */
export function traceStanding(
  {
    name,
    domain,
    trail = UNTRACKED,
  }: { name: SessionName; domain: string; trail?: Trail | undefined },
  action: 'create' | 'change' | 'delete',
  { before, after }: { before?: Standing; after?: Standing },
): readonly Write[] {
  const kind = (after ?? before)?.kind === 'api-key' ? 'keys' : 'domain-tokens';
  const owned = (standing: Standing | undefined) =>
    standing && { owner: name.subject, ...standing };
  return trail({
    action,
    collection: kind,
    target: name.key,
    domain,
    before: owned(before),
    after: owned(after),
  });
}
