/**
 * The grants of a user that have ended before their time, because the browser has signed out, or the user, the
 * domain or the client has been: nobody can use them any more, but their clients do not know it yet. One for offline access
 * outlives the browser's session, and its client is told all the same; so is one whose grant had ended
 * before the browser signed out (participants.ts).
 *
 * NOT here: grants that have expired, of which nobody is told.
 *
 * @module
 */

import { parseItem } from '../../aws/item.ts';
import { queryAll } from '../../aws/query.ts';
import { deleteIf, type Item, type Table, updateIf } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { type Instant, isOver } from '../../time.ts';
import { type Client, readClient } from '../directory/clients.ts';
import { readDomain } from '../directory/domains.ts';
import { readSubject } from '../directory/subjects.ts';
import { GRANT, type Grant, GrantItem } from './grants.ts';
import { forgetParticipant, readParticipants } from './participants.ts';
import { parentOf, type SessionName, sessionKey } from './sessions.ts';

/** `lives`: it goes on without the browser's session. Without a grant it had ended already. */
export type EndedGrant = { name: SessionName; client: string; grant?: Grant; lives: boolean };

const PREFIX = 'session#';
const keyOf = (item: Item): string => String(item['sk']).slice(PREFIX.length);

type Ended = { grants: EndedGrant[]; clients: Clients };
/** By id; `undefined` for one that is gone. */
type Clients = ReadonlyMap<string, Client | undefined>;

/** @param now - Epoch seconds. */
export async function endedGrants(
  { directory, sessions }: Tables,
  subject: string,
  now: Instant,
): Promise<Ended> {
  // The sessions first: one that is opened after this is not looked at.
  const items = await queryAll(sessions, { partition: subject, prefix: PREFIX });
  const participants = await readParticipants(sessions, subject, now);
  const owner = await readSubject(directory, subject);
  const domain = owner && (await readDomain(directory, owner.domain));
  const keys = new Set(items.map(keyOf));
  const isSignedOut = (of: Pick<Grant, 'subjectGeneration' | 'domainGeneration'>) =>
    of.subjectGeneration !== owner?.generation || of.domainGeneration !== domain?.generation;

  const alive = items
    .filter(({ kind }) => kind === GRANT)
    .map((item) => ({ name: { subject, key: keyOf(item) }, grant: parseItem(GrantItem, item) }))
    .filter(({ grant }) => !isOver(grant.expiresAt, now));
  const clients = await readClients(directory, [
    ...participants.map(({ client }) => client),
    ...alive.map(({ grant }) => grant.client),
  ]);
  // Of one that is gone there is nobody to tell.
  const isGivenUp = ({ client: id, clientGeneration }: Grant) => {
    const client = clients.get(id);
    return client !== undefined && client.generation !== clientGeneration;
  };

  const left = participants
    .filter((one) => isSignedOut(one) || !keys.has(one.browser))
    .map(({ name, client }) => ({ name, client, lives: false }));
  const ended = alive.flatMap(({ name, grant }) => {
    const dead = isSignedOut(grant) || isGivenUp(grant) || !keys.has(parentOf(name).key);
    const alone = grant.browser !== undefined && !keys.has(grant.browser);
    return dead || alone ? [{ name, client: grant.client, grant, lives: !dead }] : [];
  });
  return { grants: [...ended, ...left], clients };
}

async function readClients(directory: Table, ids: readonly string[]): Promise<Clients> {
  const distinct = [...new Set(ids)];
  const clients = await Promise.all(distinct.map((id) => readClient(directory, id)));
  return new Map(distinct.map((id, index) => [id, clients[index]]));
}

/**
 * Done with it: what is dead goes, what lives is as good as its own browser. Nothing is done to one that has
 * changed meanwhile: a password change carries a session over.
 */
export async function settleEnded(
  sessions: Table,
  { name, grant, lives }: EndedGrant,
): Promise<void> {
  if (!grant) return forgetParticipant(sessions, name);
  const { subjectGeneration, browser } = grant;
  const unchanged = {
    expression: 'subjectGeneration = :seen',
    values: { ':seen': subjectGeneration },
  };
  if (!lives) return void (await deleteIf(sessions, sessionKey(name), unchanged));
  await updateIf(sessions, sessionKey(name), {
    set: { expression: 'browser = :itself', values: { ':itself': name.key } },
    when: { expression: 'browser = :ended', values: { ':ended': browser } },
  });
}
