/**
 * Puts what was stored before the lists were there into them: who holds which role, who is disabled, and the
 * API keys of each domain; names are spelt as they are today on the way. What is written since is in them
 * already, and sessions of before end by themselves.
 *
 * May be ended, and run again: what is there stays as it is.
 *
 * @module
 */

import type { Table } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import { listClients } from '../../store/directory/client-list.ts';
import { type Client, placesOfClient } from '../../store/directory/clients.ts';
import { listDomainNames } from '../../store/directory/domain-list.ts';
import { domainSubject } from '../../store/directory/domains.ts';
import { subjectKey } from '../../store/directory/subjects.ts';
import { listUsers } from '../../store/directory/user-list.ts';
import { placesOfUser, type User } from '../../store/directory/users.ts';
import { listKey } from '../../store/sessions/of-domain.ts';
import { allStanding } from '../../store/sessions/standing.ts';
import { API_KEY } from '../keys/create.ts';
import { respell } from '../users/respell.ts';

export type Filled = { domains: number; subjects: number; keys: number };

export async function fillLists(
  { directory, sessions }: Pick<Tables, 'directory' | 'sessions'>,
  progress: (domain: string) => void = () => {},
): Promise<Filled> {
  const filled = { domains: 0, subjects: 0, keys: 0 };
  const keysOf = async (owner: string, domain: string) => {
    for (const { name, standing } of await allStanding(sessions, owner)) {
      const { kind, expiresAt } = standing;
      if (kind !== API_KEY) continue;
      if (await listKey(sessions, name, { domain, expiresAt })) filled.keys++;
    }
  };
  for (const domain of await listDomainNames(directory)) {
    progress(domain);
    const users = await listUsers(directory, [domain]);
    const clients = await listClients(directory, [domain]);
    const all = [
      ...(await respelled(directory, users)).map((user) => ({
        subject: user,
        places: placesOfUser(directory, user),
      })),
      ...clients.map((client) => ({ subject: client, places: placesOfClient(directory, client) })),
    ];
    for (const { subject, places } of all) {
      await place({ directory }, subject, places);
      await keysOf(subject.id, domain);
    }
    await keysOf(domainSubject(domain), domain);
    filled.domains++;
    filled.subjects += all.length;
  }
  return filled;
}

async function respelled(directory: Table, users: readonly User[]): Promise<User[]> {
  const all: User[] = [];
  for (const user of users) all.push(await respell(directory, user));
  return all;
}

/** Whoever is changed at this moment is put there by that change. */
async function place(
  { directory }: Pick<Tables, 'directory'>,
  { id, version }: User | Client,
  places: readonly Write[],
): Promise<void> {
  if (places.length === 0) return;
  const unchanged: Write = {
    table: directory,
    check: subjectKey(id),
    when: { expression: 'version = :read', values: { ':read': version } },
  };
  await transact([unchanged, ...places]);
}
