/**
 * The spread of an API key: its session and its owner in so many copies, for a key that is called more often than
 * an item can be read.
 *
 * Two transactions: more copies of the owner come before those of the key, fewer after. What fails in between
 * costs room and nothing else; the same again completes it.
 *
 * Errors: as lifecycle.ts, and those of ../spread/may-spread.ts.
 *
 * @module
 */
import type { Administrator } from '../../authority/reach.ts';
import type { Tables } from '../../aws/tables.ts';
import { changedMeanwhile } from '../../events/trail.ts';
import { spreadSubject } from '../../store/directory/subject-spread.ts';
import type { SessionName } from '../../store/sessions/sessions.ts';
import { spreadStanding } from '../../store/sessions/spread-standing.ts';
import type { Named } from '../../store/sessions/standing.ts';
import type { Instant } from '../../time.ts';
import { requireMaySpread } from '../spread/may-spread.ts';
import { administered, type Precondition, switchApiKey } from './lifecycle.ts';
import { traceStanding } from './trace-standing.ts';

type KeyChange = { disabled?: boolean | undefined; spread?: number | undefined };

/** @returns `undefined` for a change of nothing. Refused as a whole where the spread is. */
export async function changeApiKey(
  tables: Tables,
  administrator: Administrator,
  name: SessionName,
  { disabled, spread: copies, ...terms }: KeyChange & { now: Instant } & Precondition,
): Promise<Named | undefined> {
  const spread =
    copies === undefined
      ? undefined
      : await spreadApiKey(tables, administrator, name, { copies, ...terms });
  if (disabled === undefined) return spread;
  const read = spread?.standing.version ?? terms.read;
  const wanted = { ...terms, enabled: !disabled, read };
  return switchApiKey(tables, administrator, name, wanted);
}

/** @param copies - 1 for none beside the key itself. */
async function spreadApiKey(
  tables: Tables,
  administrator: Administrator,
  name: SessionName,
  { copies, now, read, trail }: { copies: number; now: Instant } & Precondition,
): Promise<Named> {
  const { directory, sessions } = tables;
  const since = await requireMaySpread(directory, administrator, copies);
  const { standing, owner } = await administered(tables, administrator.caller, name, { now, read });
  const spread = since === undefined ? undefined : { copies, since };
  const wish = { by: name.key, copies };
  if (spread) await spreadSubject(directory, owner.id, wish, since);
  const { spread: _, ...alone } = standing;
  const both = { before: standing, after: { ...alone, ...(spread && { spread }) } };
  const also = traceStanding({ name, domain: owner.domain, trail }, both);
  const changed = await spreadStanding(sessions, { name, standing }, spread, also);
  if (!changed) throw changedMeanwhile();
  if (!spread) await spreadSubject(directory, owner.id, wish);
  return { name, standing: changed };
}
