/**
 * Whose keys and tokens an administrator can see: those of subjects within reach.
 *
 * Errors: `not_found`, with one text for what is not there and what is out of reach.
 *
 * @module
 */

import { type Administrator, inReach } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { refuse, refuseField } from '../../errors.ts';
import { readDomain } from '../../store/directory/domains.ts';
import { readSubject, type Subject } from '../../store/directory/subjects.ts';
import { readUses, type Use } from '../../store/sessions/last-use.ts';
import type { SessionName, Standing } from '../../store/sessions/sessions.ts';
import { asSwitched, type Named, readStanding, restingAs } from '../../store/sessions/standing.ts';
import type { Instant } from '../../time.ts';

export async function requireOwner(
  directory: Table,
  administrator: Administrator,
  id: string,
): Promise<Subject> {
  const owner = await readSubject(directory, id);
  if (!owner || !inReach(administrator, owner))
    throw refuseField('owner', 'owner-unknown', 'there is no such subject', 'not_found');
  return owner;
}

/** @param now - Epoch seconds. */
export async function findStanding(
  { directory, sessions }: Tables,
  administrator: Administrator,
  name: SessionName,
  { kind, now }: { kind: Standing['kind']; now: Instant },
): Promise<Named & Partial<Use> & { owner: Subject }> {
  const owner = await requireOwner(directory, administrator, name.subject);
  const standing = await readStanding(sessions, name, kind, now);
  if (!standing)
    throw refuse('not_found', 'key-or-token-unknown', 'There is no such key or token.');
  const [uses, domain] = await Promise.all([
    readUses(sessions, [name.key]),
    readDomain(directory, owner.domain),
  ]);
  const seen = restingAs(asSwitched(owner, domain))({ name, standing });
  return { ...seen, ...uses.get(name.key), owner };
}
