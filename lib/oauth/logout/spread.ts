/**
 * Who has to be told that something has ended, and of which sessions. What may concern many is looked at a part
 * at a time, and each part puts what is left into the queue: a domain's users in pages, and of a user's grants so
 * many, whose settling is what the next part finds no more.
 *
 *   { client, domains? } of everybody whom it may act for, or might before in these domains
 *   { domain, after? }   of everybody in it, from there on
 *   { subject }          of this user
 *
 * Errors: any; all mean "try again". A part that is dealt with twice tells a client twice, and never not at all.
 *
 * @module
 */
import * as v from 'valibot';
import { enqueue, type Queue } from '../../aws/queue.ts';
import type { Table } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import type { LogoutNotice, WideNews } from '../../events/ends.ts';
import { readClient } from '../../store/directory/clients.ts';
import { listDomainNames } from '../../store/directory/domain-list.ts';
import { pageOfUserIds } from '../../store/directory/user-list.ts';
import { type EndedGrant, endedGrants, settleEnded } from '../../store/sessions/ended-grants.ts';
import type { Instant } from '../../time.ts';
import { EVERY_DOMAIN } from '../../verdict/admitted.ts';

export const News = v.union([
  v.strictObject({ subject: v.string() }),
  v.strictObject({ client: v.string(), domains: v.optional(v.array(v.string())) }),
  v.strictObject({ domain: v.string(), after: v.optional(v.record(v.string(), v.unknown())) }),
]);
export type SpreadServices = { tables: Tables; queue: Queue; now: () => Instant };

/** Users of a page; each of them is a message. */
const USERS = 200;
/** Of one user's grants at once. */
const GRANTS = 500;
const SETTLED_AT_ONCE = 25;

export async function spreadLogout(
  services: SpreadServices,
  news: v.InferOutput<typeof News>,
): Promise<void> {
  if ('subject' in news) return spreadOfUser(services, news.subject);
  if ('client' in news) return spreadOfClient(services, news);
  return spreadOfDomain(services, news);
}

/** One that does not want to know is asked for no grants. */
async function spreadOfClient(
  { tables, queue }: SpreadServices,
  { client: id, domains: before = [] }: Extract<WideNews, { client: string }>,
): Promise<void> {
  const client = await readClient(tables.directory, id);
  if (!client?.backchannelLogoutUri) return;
  const admitted = new Set([...(client.domains ?? [client.domain]), ...before]);
  const domains = await domainsOf(tables.directory, [...admitted]);
  await enqueue(
    queue,
    domains.map((domain) => ({ domain }) satisfies WideNews),
  );
}

const domainsOf = async (directory: Table, domains: readonly string[]) =>
  domains.includes(EVERY_DOMAIN) ? listDomainNames(directory) : domains;

async function spreadOfDomain(
  { tables, queue }: SpreadServices,
  { domain, after }: Extract<WideNews, { domain: string }>,
): Promise<void> {
  const { ids, next } = await pageOfUserIds(tables.directory, domain, { limit: USERS, after });
  await enqueue(queue, [
    ...ids.map((subject) => ({ subject })),
    ...(next ? [{ domain, after: next }] : []),
  ]);
}

/** Queued before it is deleted: after a fault in between, a client is told twice and not never. */
async function spreadOfUser(
  { tables, queue, now }: SpreadServices,
  subject: string,
): Promise<void> {
  const { grants, clients } = await endedGrants(tables, subject, now());
  const part = grants.slice(0, GRANTS);
  const notices = part
    .filter(({ client }) => clients.get(client)?.backchannelLogoutUri)
    .map(({ client, name }) => ({ client, subject, sid: name.key }) satisfies LogoutNotice);
  await enqueue(queue, notices);
  await settleAll(tables.sessions, part);
  if (grants.length > part.length) await enqueue(queue, [{ subject }]);
}

async function settleAll(sessions: Table, ended: readonly EndedGrant[]): Promise<void> {
  for (let from = 0; from < ended.length; from += SETTLED_AT_ONCE)
    await Promise.all(
      ended.slice(from, from + SETTLED_AT_ONCE).map((one) => settleEnded(sessions, one)),
    );
}
