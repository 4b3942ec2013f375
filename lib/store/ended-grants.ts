/**
 * The grants of a user that are over before their time, because the browser has signed out or the user
 * has been: nobody can use them any more, but their clients do not know it yet.
 *
 * NOT here: grants that have expired, of which nobody is told, and those of users who are only disabled,
 * who may come back.
 *
 * @module
 */
import { readDomain } from './domains.ts';
import { GRANT } from './grants.ts';
import { parseItem } from './item.ts';
import { queryAll } from './query.ts';
import { parentOf, type SessionName, SignInItem, sessionKey } from './sessions.ts';
import type { Tables } from './snapshot.ts';
import { readSubject } from './subjects.ts';
import { deleteIf, type Item, type Table } from './table.ts';

export type EndedGrant = { name: SessionName; client: string; subjectGeneration: number };

const PREFIX = 'session#';
const keyOf = (item: Item): string => String(item['sk']).slice(PREFIX.length);

/** @param now - Epoch seconds. */
export async function endedGrants(
  { directory, sessions }: Tables,
  subject: string,
  now: number,
): Promise<EndedGrant[]> {
  // The sessions first: one that is opened after this is not looked at.
  const items = await queryAll(sessions, { partition: subject, prefix: PREFIX });
  const owner = await readSubject(directory, subject);
  const domain = owner && (await readDomain(directory, owner.domain));
  const keys = new Set(items.map(keyOf));
  return items
    .filter(({ kind }) => kind === GRANT)
    .flatMap((item) => {
      const { client, expiresAt, ...generations } = parseItem(SignInItem, item);
      const { subjectGeneration, domainGeneration } = generations;
      const name = { subject, key: keyOf(item) };
      const signedOut =
        !keys.has(parentOf(name).key) ||
        subjectGeneration !== owner?.generation ||
        domainGeneration !== domain?.generation;
      return signedOut && expiresAt > now ? [{ name, client, subjectGeneration }] : [];
    });
}

/** Tidies it away, unless it has come to life again: a password change carries one session over. */
export const deleteEnded = (sessions: Table, { name, subjectGeneration }: EndedGrant) =>
  deleteIf(sessions, sessionKey(name), {
    expression: 'subjectGeneration = :seen',
    values: { ':seen': subjectGeneration },
  });
