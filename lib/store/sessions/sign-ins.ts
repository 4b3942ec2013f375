/**
 * The sign-ins of one subject, from where and until when: for people to look at, never for a verdict.
 * Their items are in sessions.ts.
 *
 * @module
 */
import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { queryPage } from '../../aws/query.ts';
import { batchGet, get, type Item, type Table } from '../../aws/table.ts';
import { type SessionName, SignInItem, sessionKey } from './sessions.ts';

const SeenItem = v.object({
  ...SignInItem.entries,
  ip: v.optional(v.string()),
  userAgent: v.optional(v.string()),
  /** Of a browser, where it is kept (browser-sessions.ts). */
  usedAt: v.optional(InstantItem),
  /** Of a grant (grants.ts): its exchanges of late, the newest first. */
  refresh: v.optional(v.object({ rotations: v.array(v.object({ at: InstantItem })) })),
});
/** `usedAt`: the last that is known of; of a grant when its client came for another token. */
export type SeenSignIn = { name: SessionName } & Omit<v.InferOutput<typeof SeenItem>, 'refresh'>;

const PREFIX = 'session#';

function seen(subject: string, item: Item): SeenSignIn {
  const { refresh, ...session } = parseItem(SeenItem, item);
  const usedAt = session.usedAt ?? refresh?.rotations[0]?.at;
  return {
    name: { subject, key: String(item['sk']).slice(PREFIX.length) },
    ...session,
    ...(usedAt !== undefined && { usedAt }),
  };
}

/** API keys and domain tokens are lists of their own (standing.ts). */
const isSignIn = (item: Item): boolean => item['disabled'] === undefined;

/** One may have expired, or been signed out. */
export async function readSignIn(
  sessions: Table,
  name: SessionName,
): Promise<SeenSignIn | undefined> {
  const item = await get(sessions, sessionKey(name));
  return item && isSignIn(item) ? seen(name.subject, item) : undefined;
}

/** @param names - At most 100. @returns Those that are there, as readSignIn, in their order. */
export async function readSignIns(
  sessions: Table,
  names: readonly SessionName[],
): Promise<SeenSignIn[]> {
  const items = await batchGet(names.map((name) => ({ table: sessions, key: sessionKey(name) })));
  return names.flatMap(({ subject }, index) => {
    const item = items[index];
    return item && isSignIn(item) ? [seen(subject, item)] : [];
  });
}

/** @returns As readSignIn; a page may be shorter than its limit and not be the last. */
export async function pageOfSignIns(
  sessions: Table,
  subject: string,
  { limit, after }: { limit: number; after?: Item | undefined },
): Promise<{ items: SeenSignIn[]; next: Item | undefined }> {
  const query = { partition: subject, prefix: PREFIX, limit, after };
  const { items, next } = await queryPage(sessions, query);
  return { items: items.filter(isSignIn).map((item) => seen(subject, item)), next };
}
