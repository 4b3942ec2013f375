/**
 * API keys or domain tokens that an index names: those that are within an administrator's reach, as they are
 * now, with whose they are and when they were last used. Of what is out of reach nothing is said.
 *
 * Units: now is epoch seconds.
 *
 * @module
 */

import { type Administrator, inReach } from '../../authority/reach.ts';
import { parseItem } from '../../aws/item.ts';
import { batchGet } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { readDomain } from '../../store/directory/domains.ts';
import { readSubject, type Subject } from '../../store/directory/subjects.ts';
import { readUses, type Use } from '../../store/sessions/last-use.ts';
import {
  type SessionName,
  type Standing,
  StandingItem,
  sessionKey,
} from '../../store/sessions/sessions.ts';
import { asSwitched, type Named, restingAs } from '../../store/sessions/standing.ts';
import { type Instant, isOver, NEVER } from '../../time.ts';

export type Owned = Named & Partial<Use> & { owner: Subject };

/** @param names - At most 100. @returns In their order. */
export async function readNamed(
  tables: Tables,
  administrator: Administrator,
  names: readonly SessionName[],
  { kind, now }: { kind: Standing['kind']; now: Instant },
): Promise<Owned[]> {
  const { sessions } = tables;
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
  return items.map((one) => ({ ...one, ...uses.get(one.name.key) }));
}

/** Each owner is read once. */
async function withinReach(
  { directory }: Tables,
  administrator: Administrator,
  all: readonly Named[],
) {
  const ids = [...new Set(all.map(({ name }) => name.subject))];
  const owners = await Promise.all(ids.map((id) => readSubject(directory, id)));
  const near = owners.flatMap((owner) => (owner && inReach(administrator, owner) ? [owner] : []));
  const names = [...new Set(near.map(({ domain }) => domain))];
  const domains = await Promise.all(names.map((name) => readDomain(directory, name)));
  const seenAs = new Map(
    near.map((owner) => {
      const resting = restingAs(asSwitched(owner, domains[names.indexOf(owner.domain)]));
      return [owner.id, (named: Named) => ({ ...resting(named), owner })] as const;
    }),
  );
  return all.flatMap((named) => seenAs.get(named.name.subject)?.(named) ?? []);
}
