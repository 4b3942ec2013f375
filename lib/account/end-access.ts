/**
 * What may still act for a user whose password was just replaced, and the end of it all at once: whoever had
 * the password may have made a key, or let an application in. The sessions have ended already; a grant
 * would come back by the agreement that is kept, at the next sign-in.
 *
 * Ended one by one, each with its event: whoever tries again after a failure ends what is left. The link by
 * which it is done is spent last.
 *
 * Errors: the store's; a link that is not good is an answer.
 *
 * @module
 */

import type { Tables } from '../aws/tables.ts';
import { transact } from '../aws/transaction.ts';
import { consentWithdrawn } from '../events/kinds/session.ts';
import { type CalledFrom, trailOf } from '../events/trail.ts';
import { traceEnd } from '../manage/keys/trace-standing.ts';
import { readClient } from '../store/directory/clients.ts';
import { readDomain } from '../store/directory/domains.ts';
import type { User } from '../store/directory/users.ts';
import { deleteConsent, type Given, pageOfConsents } from '../store/sessions/consents.ts';
import { allStanding, deleteStanding, type Named } from '../store/sessions/standing.ts';
import { type Instant, isOver, NEVER } from '../time.ts';
import { holderOf, type LinkServices } from './choose-password.ts';
import { makeLink, readLink, spendLink, userStands } from './links.ts';

/** The names of keys and of applications. */
export type Access = { keys: string[]; applications: string[] };

/** @returns With the link that ends it; `undefined` where there is nothing. */
export async function remainingAccess(
  tables: Tables,
  user: User,
  now: Instant,
): Promise<(Access & { link: string }) | undefined> {
  const keys = await keysOf(tables, user, now);
  const consents = await consentsOf(tables, user, now);
  const domain = await readDomain(tables.directory, user.domain);
  if (!domain || keys.length + consents.length === 0) return undefined;
  const clients = await Promise.all(
    consents.map(({ client }) => readClient(tables.directory, client)),
  );
  const about = { purpose: 'end-access', user, domain, address: user.email } as const;
  return {
    keys: keys.map(({ standing: { name } }) => name),
    applications: consents.map(({ client }, index) => clients[index]?.username ?? client),
    link: await makeLink(tables, about, now),
  };
}

export async function endAccess(
  { tables, trail, now }: LinkServices,
  { secret, from }: { secret: string; from: CalledFrom },
): Promise<{ status: 'done' | 'over' }> {
  const at = now();
  const read = await readLink(tables, 'end-access', secret, at);
  if (read.status !== 'good' || !read.user) return { status: 'over' };
  const { user } = read;
  const traced = trailOf(trail, holderOf(user), from);
  for (const named of await keysOf(tables, user, at))
    await deleteStanding(tables.sessions, named, traceEnd(user.domain, { trail: traced })(named));
  for (const { client, scopes } of await consentsOf(tables, user, at)) {
    const also = traced(consentWithdrawn(user, { client, scopes }));
    await deleteConsent(tables.sessions, { subject: user.id, client }, also);
  }
  await transact([...spendLink(tables, read, at), userStands(tables, user)]);
  return { status: 'done' };
}

async function keysOf({ sessions }: Tables, { id }: User, now: Instant): Promise<Named[]> {
  const all = await allStanding(sessions, id);
  return all.filter(({ standing }) => !isOver(standing.expiresAt ?? NEVER, now));
}

const PAGE = 100;

async function consentsOf({ sessions }: Tables, { id }: User, now: Instant): Promise<Given[]> {
  const found: Given[] = [];
  for (let after: Parameters<typeof pageOfConsents>[2]['after'], done = false; !done; ) {
    const { items, next } = await pageOfConsents(sessions, id, { limit: PAGE, after, now });
    found.push(...items);
    after = next;
    done = next === undefined;
  }
  return found;
}
