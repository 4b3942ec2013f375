/**
 * A moment's memory for items, so that neither one key called thousands of times a second nor what
 * all keys share throttles its partition (3,000 consistent read units a second). Off unless
 * VERDICT_CACHE_MS says otherwise.
 *
 * An item is good for calls that come within that time of the *start* of its read; those which come
 * while it is on its way share it. So no call sees anything older, and a revocation acknowledged that
 * long before a call is seen by it. What is absent is kept like what is there; a fault never is.
 *
 * Units:  milliseconds.
 * Errors: those of the read, to all who share it.
 * NOT so: that the items of one answer are of one moment; each is as old as it may be by itself.
 *
 * @module
 */
import type { Item } from './table.ts';
import type { Remember, Wanted } from './tables.ts';

/** Then the oldest is forgotten. Most have less than a kilobyte. */
const MAX_ITEMS = 5000;
const NEVER = Number.NEGATIVE_INFINITY;

type Entry = { startedAt: number; item: Promise<Item | undefined> };

/** @param now - Milliseconds of a clock that does not go back. */
export function readCache(milliseconds: number, now: () => number): Remember {
  /** By the start of their reads, the oldest first. */
  const kept = new Map<string, Entry>();

  const forget = (startedAt: number) => {
    for (const [id, entry] of kept) {
      if (kept.size <= MAX_ITEMS && startedAt - entry.startedAt < milliseconds) return;
      kept.delete(id);
    }
  };
  const keep = (id: string, entry: Entry) => {
    kept.delete(id);
    kept.set(id, entry);
    entry.item.catch(() => {
      if (kept.get(id) === entry) kept.delete(id);
    });
  };
  return (wanted, read) => {
    const startedAt = now();
    const asked = wanted.map((one) => ({ one, id: idOf(one) }));
    const isOld = ({ id }: { id: string }) =>
      startedAt - (kept.get(id)?.startedAt ?? NEVER) >= milliseconds;
    const missing = new Map(asked.filter(isOld).map(({ id, one }) => [id, one]));
    if (missing.size > 0) {
      const items = read([...missing.values()]);
      for (const [index, id] of [...missing.keys()].entries())
        keep(id, { startedAt, item: items.then((found) => found[index]) });
    }
    const answer = Promise.all(asked.map(({ id }) => kept.get(id)?.item));
    forget(startedAt);
    return answer;
  };
}

/** No name, whoever chose it, makes two items one. */
const idOf = ({ table, key }: Wanted): string => JSON.stringify([table.name, key.pk, key.sk]);
