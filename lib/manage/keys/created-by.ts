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

import { type Administrator, inReach } from '../../authority/reach.ts';
import { parseItem } from '../../aws/item.ts';
import { batchGet, type Item } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { readDomain } from '../../store/directory/domains.ts';
import { readSubject } from '../../store/directory/subjects.ts';
import { listCreated } from '../../store/sessions/created-by.ts';
import { readUses, type Use } from '../../store/sessions/last-use.ts';
import { type Standing, StandingItem, sessionKey } from '../../store/sessions/sessions.ts';
import { asSwitched, type Named, restingAs } from '../../store/sessions/standing.ts';
import { type Instant, isOver, NEVER } from '../../time.ts';

type Listed = Named & Partial<Use>;
type Made = { creator: string; kind: Standing['kind'] };

/** @param page - At most 100; a page may be shorter than its limit, even empty, and not be the last. */
export async function pageCreatedBy(
  tables: Tables,
  administrator: Administrator,
  { creator, kind }: Made,
  { limit, after, now }: { limit: number; after?: Item | undefined; now: Instant },
): Promise<{ items: Listed[]; next: Item | undefined }> {
  const { sessions } = tables;
  const { names, next } = await listCreated(sessions, creator, { limit, after });
  const found = await batchGet(names.map((name) => ({ table: sessions, key: sessionKey(name) })));
  const live = names.flatMap((name, index): Named[] => {
    const item = found[index];
    if (item?.['kind'] !== kind) return [];
    const standing = parseItem(StandingItem, item);
    return isOver(standing.expiresAt ?? NEVER, now) ? [] : [{ name, standing }];
  });
  const items = await withinReach(tables, administrator, live);
  const keys = items.map(({ name }) => name.key);
  const uses = await readUses(sessions, keys);
  return { items: items.map((one) => ({ ...one, ...uses.get(one.name.key) })), next };
}

/** Each owner is read once. */
async function withinReach(
  { directory }: Tables,
  administrator: Administrator,
  all: readonly Named[],
): Promise<Named[]> {
  const ids = [...new Set(all.map(({ name }) => name.subject))];
  const owners = await Promise.all(ids.map((id) => readSubject(directory, id)));
  const near = owners.filter((owner) => owner && inReach(administrator, owner));
  const shown = await Promise.all(
    near.map(async (owner) => {
      if (!owner) return [];
      const resting = restingAs(asSwitched(owner, await readDomain(directory, owner.domain)));
      return all.filter(({ name }) => name.subject === owner.id).map(resting);
    }),
  );
  return shown.flat();
}
