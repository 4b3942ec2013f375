/**
 * By which clients somebody has signed in: what tells of it names the user, and the client beside.
 *
 * @module
 */
import type { AdminApi } from '../api/admin-api.ts';

const PAGE = '100';
/** Sign-ins read at most: a thousand questions. */
const MOST = 100_000;
type Range = { domain: string | undefined; since: number };

/**
 * Takes out of `unseen` whatever client a sign-in since then names, the newest first, until none is left.
 *
 * @returns Whether all of the sign-ins were looked at, or none is left: else what stays may be in use.
 */
export async function takeSeen(
  api: AdminApi,
  unseen: Set<string>,
  { domain, since }: Range,
): Promise<boolean> {
  const query = { domain, type: 'session.opened', from: String(since), limit: PAGE };
  let cursor: string | undefined;
  for (let read = 0; unseen.size > 0; ) {
    if (read >= MOST) return false;
    const { body } = await api.get(['audit'], { ...query, cursor });
    const events = body['items'] as { detail?: { client?: string } }[];
    for (const { detail } of events) unseen.delete(detail?.client ?? '');
    read += events.length;
    cursor = body['next'] as string | undefined;
    if (cursor === undefined) break;
  }
  return true;
}
