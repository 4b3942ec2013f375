/**
 * latchkey unused: keys, clients and users that nobody has used for so long.
 *
 *   key      made before, and no use noted since
 *   user     made before, no sign-in in the audit since, no session that lives, no key of theirs used
 *   client   made before, nobody signed in by it since, no session that lives, no key of it used
 *
 * One question each, so it takes a while; `--domain` asks for less. NOT seen: tokens that a client got for
 * itself and that have expired, which leave no event (`top --by client --allowed` has the share of its
 * calls that is logged), and whatever is older than the audit is kept.
 *
 * @module
 */
import { type AdminApi, adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { type Item, table } from '../api/table.ts';
import { spanOption } from '../logs/asked.ts';
import { type Command, command, required } from './command.ts';

const MOST = 10_000;
/** Questions that are on their way at once. */
const AT_ONCE = 4;
type Row = { kind: string; id: unknown; name: unknown; domain: unknown; lastUsed?: unknown };

export const unused: Command = command({
  summary: 'lists keys, clients and users that were made before, and that nobody has used since',
  usage: '--since SPAN [--domain NAME]',
  options: { ...WHERE, since: { type: 'string' }, domain: { type: 'string' } },
  async run(_operands, { since: given, domain, url, local }) {
    const since = Math.floor(Date.now() / 1000) - spanOption(required(given, 'since'));
    const api = adminApi({ url, local });
    const isOld = ({ createdAt }: Item) => Number(createdAt) < since;
    const rows: Row[] = [];
    for (const kind of ['user', 'client'] as const) {
      const { items } = await api.list([`${kind}s`], { domain }, MOST);
      const found = await eachOf(items, (item) => unusedOf(api, kind, item, { since, isOld }));
      rows.push(...found.flat());
    }
    return { json: rows, text: table(rows, COLUMNS), note: NOTE };
  },
});

const COLUMNS = { KIND: 'kind', ID: 'id', NAME: 'name', DOMAIN: 'domain', USED: 'lastUsed' };
const NOTE =
  'of a client, tokens that it got for itself and that have expired are not seen: look at ' +
  '`top --by client --allowed` before you take one away';

type Bound = { since: number; isOld: (item: Item) => boolean };

/** It, and keys of it. */
async function unusedOf(
  api: AdminApi,
  kind: 'user' | 'client',
  item: Item,
  { since, isOld }: Bound,
): Promise<Row[]> {
  const { id, domain } = item;
  const { items: keys } = await api.list(['keys'], { owner: String(id) }, MOST);
  const isUsed = ({ lastUsed = 0 }: Item) => Number(lastUsed) >= since;
  const rows = keys
    .filter((key) => isOld(key) && !isUsed(key))
    .map(({ id: key, name, lastUsed }): Row => ({ kind: 'key', id: key, name, domain, lastUsed }));
  if (!isOld(item) || keys.some(isUsed) || (await isSeen(api, kind, String(id), since)))
    return rows;
  return [{ kind, id, name: item['username'] ?? item['name'], domain }, ...rows];
}

/** Whether a session lives, or one was opened. What is read first costs least. */
async function isSeen(
  api: AdminApi,
  kind: 'user' | 'client',
  id: string,
  since: number,
): Promise<boolean> {
  const { items: sessions } = await api.list(['sessions'], { subject: id }, 1);
  if (sessions.length > 0) return true;
  const opened = { type: 'session.opened', from: String(since) };
  const asked = kind === 'user' ? { target: id } : { actor: id };
  const { items: events } = await api.list(['audit'], { ...asked, ...opened }, 1);
  return events.length > 0;
}

async function eachOf<T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE)
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(run))));
  return results;
}
