/**
 * The API keys of a whole domain: of its users, of its clients and its own, those that expire first at the
 * head, each with what is left of it by what its owner may at this moment.
 *
 * Keys that were made before the index was there are in it once `latchkey lists fill` has put them there.
 *
 * Units:  now is epoch seconds.
 * Errors: `insufficient_scope` where the caller may only see its own.
 *
 * @module
 */

import { ownLetters } from '../../authority/own-letters.ts';
import { type Administrator, domainsInReach, requireAll } from '../../authority/reach.ts';
import { readCache } from '../../aws/read-cache.ts';
import type { Item } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import type { Acl } from '../../store/directory/roles.ts';
import { keysOfDomain } from '../../store/sessions/of-domain.ts';
import type { Instant } from '../../time.ts';
import { identify, PROVEN } from '../../verdict/judge.ts';
import { API_KEY } from './create.ts';
import { type Owned, readNamed } from './named.ts';

/** `left`: none for one that is refused anyway. */
export type KeyOfDomain = Owned & { left: Acl | undefined };

/** @param page - At most 100; a page may be shorter than its limit, even empty, and not be the last. */
export async function pageOfDomainKeys(
  tables: Tables,
  administrator: Administrator,
  domain: string,
  { limit, after, now }: { limit: number; after?: Item | undefined; now: Instant },
): Promise<{ items: KeyOfDomain[]; next: Item | undefined }> {
  requireAll(administrator);
  const [near] = await domainsInReach(tables.directory, administrator, domain);
  if (near === undefined) return { items: [], next: undefined };
  const { names, next } = await keysOfDomain(tables.sessions, near, { limit, after, now });
  const keys = await readNamed(tables, administrator, names, { kind: API_KEY, now });
  // What many keys share is read once.
  const once = { ...tables, remember: readCache(Number.POSITIVE_INFINITY, () => 0) };
  const left = await Promise.all(keys.map((key) => lettersLeft(once, key, now)));
  return { items: keys.map((key, index) => ({ ...key, left: left[index] })), next };
}

/** What a call with the key would be judged by; `undefined` for one that is refused whatever it calls. */
export async function lettersLeft(
  tables: Tables,
  { name, owner }: Pick<Owned, 'name' | 'owner'>,
  now: Instant,
): Promise<Acl | undefined> {
  const live = await identify(tables, { name, hints: owner, secret: PROVEN }, now, 'all');
  return live.status === 'dead' ? undefined : ownLetters(live);
}
