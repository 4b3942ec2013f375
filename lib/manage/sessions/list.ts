/**
 * The live sessions of a subject, or of a whole domain, a page at a time; of both those of one kind, of one
 * client or from one address.
 *
 * Those of a domain are found in an index and read where they are: one that has ended is not shown, one of
 * the last moment may be missing. Sessions from before the index are in no domain's list until they end.
 *
 * A page may be shorter than its limit, even empty, and not be the last.
 *
 * Units:  now is epoch seconds.
 * Errors: `not_found` for a subject that is out of reach, `insufficient_scope` for a domain where the caller
 *         may only see its own.
 *
 * @module
 */

import { type Administrator, domainsInReach, requireAll } from '../../authority/reach.ts';
import type { Item } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { readDomain } from '../../store/directory/domains.ts';
import { readSubject } from '../../store/directory/subjects.ts';
import { sessionsOfDomain, type Traits } from '../../store/sessions/of-domain.ts';
import { pageOfSignIns, readSignIns, type SeenSignIn } from '../../store/sessions/sign-ins.ts';
import type { Instant } from '../../time.ts';
import { generationsOf, isLive } from './end.ts';

/** `username`: of whose it is. */
export type Listed = SeenSignIn & { username: string };
type Asked<P> = Traits & { limit: number; after?: P | undefined; now: Instant };

export async function pageOfSessions(
  { directory, sessions }: Tables,
  administrator: Administrator,
  subject: string,
  { limit, after, now, ...traits }: Asked<Item>,
): Promise<{ items: Listed[]; next: Item | undefined }> {
  const current = await generationsOf(directory, administrator, subject);
  const { username } = current.subject;
  const { items, next } = await pageOfSignIns(sessions, subject, { limit, after });
  const live = items.filter(isLive(current, now)).filter(has(traits));
  return { items: live.map((session) => ({ ...session, username })), next };
}

export async function pageOfDomainSessions(
  { directory, sessions }: Tables,
  administrator: Administrator,
  domain: string,
  asked: Asked<string>,
): Promise<{ items: Listed[]; next: string | undefined }> {
  requireAll(administrator);
  const [near] = await domainsInReach(directory, administrator, domain);
  if (near === undefined) return { items: [], next: undefined };
  const { names, next } = await sessionsOfDomain(sessions, near, asked);
  const found = await readSignIns(sessions, names);
  const ids = [...new Set(found.map(({ name }) => name.subject))];
  const [current, ...subjects] = await Promise.all([
    readDomain(directory, near),
    ...ids.map((id) => readSubject(directory, id)),
  ]);
  const items = found.flatMap((session): Listed[] => {
    const subject = subjects[ids.indexOf(session.name.subject)];
    if (!subject || subject.domain !== near) return [];
    const isOn = isLive({ subject, domain: current?.generation ?? -1 }, asked.now)(session);
    return isOn ? [{ ...session, username: subject.username }] : [];
  });
  return { items, next };
}

const has =
  ({ kind, client, ip }: Traits) =>
  (session: SeenSignIn): boolean =>
    (kind === undefined || session.kind === kind) &&
    (client === undefined || session.client === client) &&
    (ip === undefined || session.ip === ip);
