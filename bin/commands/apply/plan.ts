/**
 * From what there is to what is declared: what is made, changed and, where that is asked for, deleted, in an
 * order in which nothing is missing what it is made of.
 *
 * What is not declared stays; of a thing that is, what is not said of it stays. Only of kinds that the file
 * names is anything deleted, never a domain, nor what is Latchkey's own.
 *
 * @module
 */
import { CONSOLE_CLIENT } from '../../../lib/manage/clients/own-client.ts';
import { isOwnResource } from '../../../lib/store/directory/own-resources.ts';
import type { AdminApi } from '../../api/admin-api.ts';
import type { Answer } from '../../api/http.ts';
import type { Item } from '../../api/table.ts';
import { Failure, Refused } from '../failure.ts';
import { asKept } from './as-kept.ts';
import { type Difference, differences, mergePatchOf } from './difference.ts';
import {
  type Declared,
  KINDS,
  type Kind,
  type Members,
  NOUNS,
  nameMember,
  placeOf,
  type Taken,
} from './kinds.ts';
import { parentsFirst } from './order.ts';
import { isUnsaid } from './unsaid.ts';

export type Step = { kind: Kind; name: string; differences: readonly Difference[] } & (
  | { act: 'create'; body: Members; afterwards: Members }
  /** `seen`: what was compared. */
  | { act: 'change'; body: Members; seen: Answer }
  | { act: 'delete'; seen: Answer }
);

const MOST = 10_000;
const PRUNED: readonly Kind[] = ['clients', 'roles', 'resources'];
export async function planOf(
  api: AdminApi,
  declared: Declared,
  taken: Taken,
  { prune }: { prune: boolean },
): Promise<Step[]> {
  const order = { ...declared, ...(declared.roles && { roles: sorted(declared.roles) }) };
  const there = new Map<Kind, Map<string, Item>>();
  for (const kind of KINDS) if (declared[kind]) there.set(kind, await listed(api, kind));
  const steps: Step[] = [];
  for (const thing of thingsOf(order)) {
    const isThere = thing.kind === 'settings' || there.get(thing.kind)?.has(thing.name);
    const step = isThere ? await changeOf(api, thing, taken) : creationOf(thing, taken);
    if (step) steps.push(step);
  }
  return prune ? [...steps, ...(await deletions(api, declared, there))] : steps;
}

const sorted = (roles: Readonly<Record<string, Members>>): Record<string, Members> =>
  Object.fromEntries(parentsFirst(roles).map((name) => [name, roles[name] ?? {}]));

async function listed(api: AdminApi, kind: Kind): Promise<Map<string, Item>> {
  if (kind === 'settings') return new Map();
  const { items, more } = await api.list([kind], {}, MOST);
  if (more) throw new Failure(`there are more than ${MOST} ${kind}`);
  return new Map(items.map((item) => [String(item[nameMember(kind)]), item]));
}

type Thing = { kind: Kind; name: string; members: Members };
const thingsOf = (declared: Declared): Thing[] =>
  KINDS.flatMap((kind) =>
    Object.entries(declared[kind] ?? {}).map(([name, members]) => ({ kind, name, members })),
  );

async function changeOf(
  api: AdminApi,
  { kind, name, members }: Thing,
  taken: Taken,
): Promise<Step | undefined> {
  const seen = await api.get(placeOf(kind, name));
  const found = differences(asKept(members), seen.body).filter(
    ({ member, before, after }) => after !== undefined || !isUnsaid(kind, member, before),
  );
  if (found.length === 0) return undefined;
  const fixed = found.find(({ member }) => !taken[kind].change.has(member));
  if (fixed)
    throw new Failure(`${NOUNS[kind]} ${name}: its ${fixed.member} cannot be changed any more`);
  return { kind, name, act: 'change', differences: found, body: mergePatchOf(found), seen };
}

/** What cannot be said where it is made is changed afterwards. */
function creationOf({ kind, name, members }: Thing, { [kind]: taken }: Taken): Step {
  const said = Object.entries(members).filter(([, value]) => value !== null);
  const inOne = said.filter(([member]) => taken.create.has(member));
  const afterwards = said.filter(([member]) => !taken.create.has(member));
  const named = kind === 'clients' ? { id: name, name } : { name };
  return {
    kind,
    name,
    act: 'create',
    differences: differences(Object.fromEntries(said), {}),
    body: { ...named, ...Object.fromEntries(inOne) },
    afterwards: Object.fromEntries(afterwards),
  };
}

/** Children before their parents, and what is made of others before these. */
async function deletions(
  api: AdminApi,
  declared: Declared,
  there: ReadonlyMap<Kind, ReadonlyMap<string, Item>>,
): Promise<Step[]> {
  const steps: Step[] = [];
  for (const kind of PRUNED) {
    const all = Object.fromEntries(there.get(kind) ?? []);
    const names = kind === 'roles' ? parentsFirst(all).reverse() : Object.keys(all);
    for (const name of names) {
      if (Object.hasOwn(declared[kind] ?? {}, name) || isOwn(kind, name)) continue;
      const seen = await ifThere(api.get(placeOf(kind, name)));
      if (seen) steps.push({ kind, name, act: 'delete', differences: [], seen });
    }
  }
  return steps;
}

/** Somebody else may have deleted it since it was listed. */
export const ifThere = <T>(asked: Promise<T>): Promise<T | undefined> =>
  asked.catch((error: unknown) => {
    if (error instanceof Refused && error.status === 404) return undefined;
    throw error;
  });

const isOwn = (kind: Kind, name: string): boolean =>
  (kind === 'resources' && isOwnResource(name)) || (kind === 'clients' && name === CONSOLE_CLIENT);
