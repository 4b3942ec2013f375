/**
 * Before anybody is let into restored tables: what had been taken away since must not come back.
 *
 * Every generation jumps beyond any that can have been given since, so each session, grant and browser of
 * before is dead; also where the two tables were restored to different moments. Generations begin at the
 * time in milliseconds (firstGeneration), so that of now is such a number. API keys and domain tokens have
 * no generation: each that is not what it is in the tables of before is switched off, and without those
 * tables each one. In the end the directory is marked as being in its place; until then every verdict on it
 * is a fault (store/directory/home.ts).
 *
 * May be run again: what is done stays done.
 *
 * @module
 */
import { isDeepStrictEqual } from 'node:util';
import type { Table } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { listClients } from '../../store/directory/client-list.ts';
import { domainKey, domainSubject, listDomainNames } from '../../store/directory/domains.ts';
import { markHome } from '../../store/directory/home.ts';
import { raiseGenerationTo } from '../../store/directory/revocation.ts';
import { subjectKey } from '../../store/directory/subjects.ts';
import { listUsers } from '../../store/directory/user-list.ts';
import { allStanding, changeStanding, type Named } from '../../store/sessions/standing.ts';
import type { EpochMilliseconds } from '../../time.ts';

export type Finished = {
  domains: number;
  subjects: number;
  /** Keys and tokens that were switched off. */
  off: { owner: string; key: string; name: string; why: 'changed since' | 'nothing to compare' }[];
};

/** @param former - The sessions table of before; without it nothing tells which keys have changed. */
export async function finishRestore(
  { directory, sessions }: Pick<Tables, 'directory' | 'sessions'>,
  former: Table | undefined,
  now: EpochMilliseconds,
): Promise<Finished> {
  const domains = await listDomainNames(directory);
  const users = await listUsers(directory, domains);
  const clients = await listClients(directory, domains);
  const subjects = [...users, ...clients].map(({ id }) => id);
  const keys = [...domains.map(domainKey), ...subjects.map(subjectKey)];
  for (const key of keys) await raiseGenerationTo(directory, key, now);

  const off: Finished['off'] = [];
  for (const owner of [...subjects, ...domains.map(domainSubject)])
    off.push(...(await switchChangedOff(sessions, former, owner)));
  await markHome(directory);
  return { domains: domains.length, subjects: subjects.length, off };
}

async function switchChangedOff(
  sessions: Table,
  former: Table | undefined,
  owner: string,
): Promise<Finished['off']> {
  const restored = (await allStanding(sessions, owner)).filter(
    ({ standing }) => !standing.disabled,
  );
  if (restored.length === 0) return [];
  const before = former && new Map((await allStanding(former, owner)).map(keyed));
  const changed = restored.filter(
    ({ name, standing }) => !before || !isDeepStrictEqual(before.get(name.key), standing),
  );
  for (const one of changed) await changeStanding(sessions, one, { disabled: true });
  const why = before ? 'changed since' : 'nothing to compare';
  return changed.map(({ name, standing }) => ({ owner, key: name.key, name: standing.name, why }));
}

const keyed = ({ name, standing }: Named) => [name.key, standing] as const;
