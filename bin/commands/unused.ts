/**
 * latchkey unused: keys, clients and users that nobody has used for so long.
 *
 *   key      made before, and no use noted since
 *   user     made before, no sign-in in the audit since, no session that lives, no key of theirs used
 *   client   made before, nobody signed in by it since, no session by it that lives, no key of it used
 *
 * One question each, and the sign-ins since then where a client has no session, so it takes a while;
 * `--domain` asks for less. NOT seen: tokens that a client got for itself and that have expired, which
 * leave no event (`top --by client --allowed` has the share of its calls that is logged), and whatever is
 * older than the audit is kept.
 *
 * @module
 */
import { type AdminApi, adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { type Item, table } from '../api/table.ts';
import { spanOption } from '../logs/asked.ts';
import { takeSeen } from './clients-seen.ts';
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
    const looked = (kind: 'user' | 'client') => async (item: Item) =>
      lookAt(api, kind, item, since);
    const { items: users } = await api.list(['users'], { domain }, MOST);
    const { items: clients } = await api.list(['clients'], { domain }, MOST);
    const ofUsers = await eachOf(users, looked('user'));
    const ofClients = await eachOf(clients, looked('client'));
    const by = new Set(ofUsers.flatMap(({ clients }) => clients));
    const quiet = ofClients.flatMap(({ quiet: row }) => row?.id ?? []).map(String);
    const unseen = new Set(quiet.filter((id) => !by.has(id)));
    const isSure = await takeSeen(api, unseen, { domain, since });
    const isUnused = ({ kind, id }: Row) => kind === 'user' || (isSure && unseen.has(String(id)));
    const rows = [...ofUsers, ...ofClients].flatMap(({ quiet, keys }) => [
      ...(quiet && isUnused(quiet) ? [quiet] : []),
      ...keys,
    ]);
    const doubt = isSure ? '' : `not found out, too many sign-ins: ${[...unseen].join(', ')}; `;
    return { json: rows, text: table(rows, COLUMNS), note: `${doubt}${NOTE}` };
  },
});

const COLUMNS = { KIND: 'kind', ID: 'id', NAME: 'name', DOMAIN: 'domain', USED: 'lastUsed' };
const NOTE =
  'of a client, tokens that it got for itself and that have expired are not seen: look at ' +
  '`top --by client --allowed` before you take one away';

/** `quiet` where it has done nothing itself; keys of it that are unused; clients by which it is signed in. */
type Looked = { quiet: Row | undefined; keys: Row[]; clients: string[] };

async function lookAt(
  api: AdminApi,
  kind: 'user' | 'client',
  item: Item,
  since: number,
): Promise<Looked> {
  const { id, domain } = item;
  const { items: all } = await api.list(['keys'], { owner: String(id) }, MOST);
  const { items: sessions } = await api.list(['sessions'], { subject: String(id) }, MOST);
  const isOld = ({ createdAt }: Item) => Number(createdAt) < since;
  const isUsed = ({ lastUsed = 0 }: Item) => Number(lastUsed) >= since;
  const isQuiet =
    isOld(item) &&
    !all.some(isUsed) &&
    sessions.length === 0 &&
    !(await hasSignedIn(api, kind, String(id), since));
  const name = item['username'] ?? item['name'];
  const keys = all
    .filter((key) => isOld(key) && !isUsed(key))
    .map(({ id: key, name, lastUsed }): Row => ({ kind: 'key', id: key, name, domain, lastUsed }));
  return {
    quiet: isQuiet ? { kind, id, name, domain } : undefined,
    keys,
    clients: sessions.map(({ client }) => String(client)),
  };
}

async function hasSignedIn(
  api: AdminApi,
  kind: 'user' | 'client',
  id: string,
  since: number,
): Promise<boolean> {
  const opened = { type: 'session.opened', from: String(since) };
  const asked = kind === 'user' ? { target: id } : { actor: id };
  const { items } = await api.list(['audit'], { ...asked, ...opened }, 1);
  return items.length > 0;
}

async function eachOf<T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE)
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(run))));
  return results;
}
