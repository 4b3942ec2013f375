/**
 * What a whole domain has of sessions, and of API keys: found here, and read where it is.
 *
 * Index: byList (list, listSort) of the sessions table, with { kind, client, ip } of each:
 *        "sessions#" + shard + "#" + domain, by expiresAt and then by whose it is, for a sign-in;
 *        "keys#" + domain, likewise, for an API key. What has expired is behind all that has not, since the
 *        TTL is late by days. Several shards, as a partition takes a thousand writes a second; of keys few are
 *        made.
 * Units: epoch seconds. Eventually consistent, as indexes are.
 *
 * @module
 */
import { queryPage } from '../../aws/query.ts';
import { type Expression, type Item, type Table, updateIf } from '../../aws/table.ts';
import { LAST_SECOND } from '../../time.ts';

const SHARDS = ['0', '1', '2', '3'] as const;
const PREFIX = 'session#';

/** As in sessions.ts, which puts sessions here. */
type SessionName = { subject: string; key: string };
type Place = { list: string; listSort: string };
type Ending = { domain: string; expiresAt?: number | undefined };

/** By the last character of a key, which is random. */
const shardOf = ({ key }: SessionName): string =>
  SHARDS[(key.codePointAt(key.length - 1) ?? 0) % SHARDS.length] ?? SHARDS[0];

/** DynamoDB orders by bytes, so numbers have one length. */
const stamp = (moment: number): string => String(moment).padStart(12, '0');
const sortOf = ({ subject, key }: SessionName, expiresAt: number = LAST_SECOND): string =>
  `${stamp(expiresAt)}#${subject}#${key}`;

const sessionList = (shard: string, domain: string): string => `sessions#${shard}#${domain}`;
const keyList = (domain: string): string => `keys#${domain}`;

export const placeOfSession = (name: SessionName, { domain, expiresAt }: Ending): Place => ({
  list: sessionList(shardOf(name), domain),
  listSort: sortOf(name, expiresAt),
});
export const placeOfKey = (name: SessionName, { domain, expiresAt }: Ending): Place => ({
  list: keyList(domain),
  listSort: sortOf(name, expiresAt),
});

/** Puts an API key of before into the list of its domain. @returns Whether it is there. */
export async function listKey(
  sessions: Table,
  name: SessionName,
  ending: Ending,
): Promise<boolean> {
  const { list, listSort } = placeOfKey(name, ending);
  const set = {
    expression: '#list = :list, listSort = :sort',
    values: { ':list': list, ':sort': listSort },
    // A word of DynamoDB's own.
    names: { '#list': 'list' },
  };
  const key = { pk: name.subject, sk: `${PREFIX}${name.key}` };
  const when = { expression: 'attribute_exists(pk)' };
  return (await updateIf(sessions, key, { set, when })) !== undefined;
}

const nameOf = ({ pk, sk }: Item): SessionName => ({
  subject: String(pk),
  key: String(sk).slice(PREFIX.length),
});

export type Traits = {
  kind?: string | undefined;
  client?: string | undefined;
  ip?: string | undefined;
};
type Asked = { limit: number; after?: string | undefined; now: number };
type Found = { names: SessionName[]; next: string | undefined };

/** So many are looked at in each shard for those that have the traits. */
const LOOKED_AT = 500;
const BEHIND_ALL = ':';

/**
 * The sign-ins of a domain that have not expired, the last to expire first. A page may be shorter than its
 * limit, even empty, and not be the last.
 */
export async function sessionsOfDomain(
  sessions: Table,
  domain: string,
  { limit, after = BEHIND_ALL, now, ...traits }: Asked & Traits,
): Promise<Found> {
  const filter = having(traits);
  const first = stamp(now + 1);
  // While somebody paged, all that was left has expired.
  if (after < first) return { names: [], next: undefined };
  const pages = await Promise.all(
    SHARDS.map((shard) =>
      queryPage(sessions, {
        index: 'byList',
        partition: sessionList(shard, domain),
        between: [first, after],
        newestFirst: true,
        limit: filter ? LOOKED_AT : limit + 1,
        ...(filter && { filter }),
      }),
    ),
  );
  // Beyond where the slowest shard has got to, others may have more than what is here.
  const [frontier = ''] = pages
    .flatMap(({ next }) => (next ? [sortIn(next)] : []))
    .sort(descending);
  const seen = pages
    .flatMap(({ items }) => items)
    .filter((item) => sortIn(item) !== after && sortIn(item) >= frontier)
    .sort((left, right) => descending(sortIn(left), sortIn(right)));
  const items = seen.slice(0, limit);
  const last = items.at(-1);
  const next = seen.length > limit && last ? sortIn(last) : frontier || undefined;
  return { names: items.map(nameOf), next };
}

/** The API keys of a domain's users, of its clients and its own: the first to expire first. */
export async function keysOfDomain(
  sessions: Table,
  domain: string,
  { limit, after, now }: { limit: number; after?: Item | undefined; now: number },
): Promise<{ names: SessionName[]; next: Item | undefined }> {
  const { items, next } = await queryPage(sessions, {
    index: 'byList',
    partition: keyList(domain),
    between: [stamp(now + 1), BEHIND_ALL],
    limit,
    after,
  });
  return { names: items.map(nameOf), next };
}

const sortIn = ({ listSort }: Item): string => String(listSort);
const descending = (left: string, right: string): number => {
  if (left === right) return 0;
  return left < right ? 1 : -1;
};

function having(traits: Traits): Expression | undefined {
  const asked = Object.entries(traits).filter(([, value]) => value !== undefined);
  if (asked.length === 0) return undefined;
  return {
    expression: asked.map(([name]) => `#${name} = :${name}`).join(' AND '),
    values: Object.fromEntries(asked.map(([name, value]) => [`:${name}`, value])),
    names: Object.fromEntries(asked.map(([name]) => [`#${name}`, name])),
  };
}
