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
 * The end of a domain's sessions is told of with it, and stands for that of all who are in it; each key that
 * is switched off is told of with that. What cannot be told of is not done.
 *
 * May be run again: what is done stays done.
 *
 * @module
 */
import { isDeepStrictEqual } from 'node:util';
import type { Table } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { domainSignedOut } from '../../events/kinds/deployment.ts';
import type { Trail } from '../../events/trail.ts';
import { listClients } from '../../store/directory/client-list.ts';
import { listDomainNames } from '../../store/directory/domain-list.ts';
import { domainSubject, raiseDomainTo, restateDomain } from '../../store/directory/domains.ts';
import { markHome } from '../../store/directory/home.ts';
import { raiseGenerationTo } from '../../store/directory/revocation.ts';
import { subjectKey } from '../../store/directory/subjects.ts';
import { listUsers } from '../../store/directory/user-list.ts';
import {
  allStanding,
  changeStanding,
  type Named,
  readStanding,
} from '../../store/sessions/standing.ts';
import { type EpochMilliseconds, secondOf } from '../../time.ts';
import { traceStanding } from '../keys/trace-standing.ts';
import { restateContent } from './name-content.ts';

export type Finished = {
  domains: number;
  subjects: number;
  /** Keys and tokens that were switched off. */
  off: { owner: string; key: string; name: string; why: 'changed since' | 'nothing to compare' }[];
};

/**
 * @param former - The sessions table of before; without it nothing tells which keys have changed.
 * @param trail - Of whoever has the AWS credentials.
 */
export async function finishRestore(
  { directory, sessions }: Pick<Tables, 'directory' | 'sessions'>,
  former: Table | undefined,
  { now, trail }: { now: EpochMilliseconds; trail: Trail },
): Promise<Finished> {
  const domains = await listDomainNames(directory);
  const users = await listUsers(directory, domains);
  const clients = await listClients(directory, domains);
  const subjects = [...users, ...clients];
  for (const name of domains)
    await raiseDomainTo(directory, name, now, trail(domainSignedOut(name)));
  for (const { id } of subjects) await raiseGenerationTo(directory, subjectKey(id), now);

  const owners = [...subjects, ...domains.map((domain) => ({ id: domainSubject(domain), domain }))];
  const off: Finished['off'] = [];
  for (const owner of owners)
    off.push(...(await switchChangedOff(sessions, former, { owner, now, trail })));
  // Tables are restored item by item: what one says may be younger than what another does.
  for (const name of domains) await restateDomain(directory, name);
  await restateContent(directory);
  await markHome(directory);
  return { domains: domains.length, subjects: subjects.length, off };
}

type Owned = { owner: { id: string; domain: string }; now: EpochMilliseconds; trail: Trail };

async function switchChangedOff(
  sessions: Table,
  former: Table | undefined,
  owned: Owned,
): Promise<Finished['off']> {
  const owner = owned.owner.id;
  const restored = (await allStanding(sessions, owner)).filter(
    ({ standing }) => !standing.disabled,
  );
  if (restored.length === 0) return [];
  const before = former && new Map((await allStanding(former, owner)).map(keyed));
  const changed = restored.filter(
    ({ name, standing }) => !before || !isDeepStrictEqual(before.get(name.key), standing),
  );
  const why = before ? 'changed since' : 'nothing to compare';
  const off: Finished['off'] = [];
  for (const one of changed)
    if (await switchOff(sessions, one, owned))
      off.push({ owner, key: one.name.key, name: one.standing.name, why });
  return off;
}

/** @returns `false` for one that is over, gone or off already. */
const switchOff = (
  sessions: Table,
  { name, standing: { kind } }: Named,
  { owner: { domain }, now, trail }: Owned,
): Promise<boolean> =>
  untilUncontested('a key or token is being changed', async () => {
    const standing = await readStanding(sessions, name, kind, secondOf(now));
    if (!standing || standing.disabled) return false;
    const change = { disabled: true };
    const both = { before: standing, after: { ...standing, ...change } };
    const also = traceStanding({ name, domain, trail }, both);
    return (await changeStanding(sessions, { name, standing }, change, also)) ? true : CONTESTED;
  });

const keyed = ({ name, standing }: Named) => [name.key, standing] as const;
