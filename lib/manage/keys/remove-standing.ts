/**
 * Deletes an API key or a domain token, as it was read: the trace says what was deleted, and whoever
 * meant another state of it is told.
 *
 * Errors: `precondition_failed` where it is not as the caller has seen it.
 *
 * @module
 */

import type { Table } from '../../aws/table.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { requireSeen, type Terms } from '../../events/trail.ts';
import type { SessionName } from '../../store/sessions/sessions.ts';
import { deleteStanding, type Named } from '../../store/sessions/standing.ts';
import { traceStanding } from './trace-standing.ts';

type Removal = Terms<Named> & { name: SessionName; domain: string };

/** @returns `false` when it was gone already. */
export const removeStanding = (
  sessions: Table,
  current: () => Promise<Named['standing'] | undefined>,
  { name, domain, ...terms }: Removal,
): Promise<boolean> =>
  untilUncontested('a key or token is being changed', async () => {
    const standing = await current();
    if (!standing) return false;
    const before = { name, standing };
    requireSeen(terms, before);
    const trace = { name, domain, trail: terms.trail };
    const also = traceStanding(trace, { before: standing });
    return (await deleteStanding(sessions, before, also)) ? true : CONTESTED;
  });
