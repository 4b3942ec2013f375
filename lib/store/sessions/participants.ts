/**
 * Who took part in a sign-in: a client that gave up its tokens, or lost them, has its user signed in all
 * the same, and is to be told when the browser's session ends. So a grant that ends before that leaves
 * a note of who it was given to, which opens nothing.
 *
 * Item:  { pk: subject id, sk: "participant#" + the grant's key, client, browser, subjectGeneration,
 *        domainGeneration, expiresAt } in the sessions table, written as the grant is deleted
 * Units: expiresAt is epoch seconds, the grant's own, and the table's TTL attribute.
 *
 * @module
 * @see OpenID Connect Back-Channel Logout §2.1 (all that are logged in), RFC 7009 §2.1 (a token's life)
 */

import * as v from 'valibot';
import { parseItem } from '../../aws/item.ts';
import { queryAll } from '../../aws/query.ts';
import { deleteIf, type Key, type Table } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';
import type { Instant } from '../../time.ts';
import { type Grant, readAny } from './grants.ts';
import { endSession, parentOf, type Session, type SessionName } from './sessions.ts';

const ParticipantItem = v.object({
  client: v.string(),
  browser: v.string(),
  subjectGeneration: v.number(),
  domainGeneration: v.number(),
  expiresAt: v.number(),
});
export type Participant = { name: SessionName } & v.InferOutput<typeof ParticipantItem>;

const PREFIX = 'participant#';
const participantKey = ({ subject, key }: SessionName): Key => ({
  pk: subject,
  sk: `${PREFIX}${key}`,
});

/** The browser's session, while it lasts. */
function browserOf(name: SessionName, { browser }: Grant): string | undefined {
  const parent = parentOf(name).key;
  if (parent !== name.key) return parent;
  return browser === name.key ? undefined : browser;
}

/** As endSession, for what may be a grant: its client stays a participant of the sign-in. */
export const endGrant = async (
  sessions: Table,
  name: SessionName,
  now: Instant,
  also: readonly Write[] = [],
): Promise<boolean> => endAsRead(sessions, { name, ...(await readAny(sessions, name)) }, now, also);

type Ending = {
  name: SessionName;
  session?: Session | undefined;
  grant?: Grant | undefined;
};

/** As the session was read; without a grant for one that is none. */
export function endAsRead(
  sessions: Table,
  { name: { subject, key }, session, grant }: Ending,
  now: Instant,
  also: readonly Write[] = [],
): Promise<boolean> {
  const name = { subject, key, spread: session?.spread };
  const browser = grant && browserOf(name, grant);
  if (!browser) return endSession(sessions, name, now, also);
  const { client, subjectGeneration, domainGeneration, expiresAt } = grant;
  const note = { client, browser, subjectGeneration, domainGeneration, expiresAt };
  return endSession(sessions, name, now, [
    { table: sessions, put: { ...participantKey(name), ...note } },
    ...also,
  ]);
}

export async function readParticipants(
  sessions: Table,
  subject: string,
  now: number,
): Promise<Participant[]> {
  const items = await queryAll(sessions, { partition: subject, prefix: PREFIX });
  return items
    .map((item) => ({
      name: { subject, key: String(item['sk']).slice(PREFIX.length) },
      ...parseItem(ParticipantItem, item),
    }))
    .filter(({ expiresAt }) => expiresAt > now);
}

export const forgetParticipant = async (sessions: Table, name: SessionName): Promise<void> =>
  void (await deleteIf(sessions, participantKey(name), { expression: 'attribute_exists(pk)' }));
