/**
 * The API keys, or the domain tokens, that somebody has made, whoever they belong to: what to go through
 * when an administrator has left, since all of it outlives them.
 *
 * Of what is out of the caller's reach nothing is said. Keys that were made before this was kept are in
 * the audit alone.
 *
 * Units: now is epoch seconds.
 *
 * @module
 */

import type { Administrator } from '../../authority/reach.ts';
import type { Item } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { listCreated } from '../../store/sessions/created-by.ts';
import type { Standing } from '../../store/sessions/sessions.ts';
import type { Instant } from '../../time.ts';
import { type Owned, readNamed } from './named.ts';

type Made = { creator: string; kind: Standing['kind'] };

/** @param page - At most 100; a page may be shorter than its limit, even empty, and not be the last. */
export async function pageCreatedBy(
  tables: Tables,
  administrator: Administrator,
  { creator, kind }: Made,
  { limit, after, now }: { limit: number; after?: Item | undefined; now: Instant },
): Promise<{ items: Owned[]; next: Item | undefined }> {
  const { names, next } = await listCreated(tables.sessions, creator, { limit, after });
  return { items: await readNamed(tables, administrator, names, { kind, now }), next };
}
