/**
 * What `root` does to the registry of resources; others look. Which path is which resource decides
 * what every role permits, so nobody else changes it.
 *
 * A resource that a role names stays: without it, its paths would fall to a shorter one and so to
 * letters given for something else. What guards Latchkey itself stays as it is.
 *
 * Errors: `not_found`, `conflict` for a name that is taken, a resource in use or one of our own,
 *         `insufficient_scope`, `precondition_failed`, `invalid_request` naming the field.
 *
 * @module
 */

import { type Administrator, requireAll, requireRoot } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { AuthError, refuse, refuseField } from '../../errors.ts';
import { changesOfResource } from '../../events/kinds/deployment.ts';
import { requireSeen, type Terms, UNTRACKED } from '../../events/trail.ts';
import { OWN_RESOURCES } from '../../store/directory/own-resources.ts';
import { readTitles, type Titles, titlesWrite } from '../../store/directory/resource-titles.ts';
import { type Registry, readRegistry, saveRegistry } from '../../store/directory/resources.ts';
import { readAllRoles } from '../../store/directory/roles.ts';
import { checkRegistry, checkSize, EDITING } from './registry.ts';

/** Without patterns it stands for "/" + name. Its title is what people are told of it. */
export type Resource = {
  name: string;
  patterns: readonly string[];
  title?: string | undefined;
  'title#cs'?: string | undefined;
};

/** In the order of their names. */
export async function listResources(
  directory: Table,
  administrator: Administrator,
): Promise<Resource[]> {
  requireAll(administrator);
  const read = await readNamed(directory);
  return Object.keys(read.patterns)
    .flatMap((name) => resourceIn(read, name) ?? [])
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

export async function findResource(
  directory: Table,
  administrator: Administrator,
  name: string,
): Promise<Resource> {
  const found = (await listResources(directory, administrator)).find((one) => one.name === name);
  if (!found) throw notFound();
  return found;
}

export async function makeResource(
  directory: Table,
  administrator: Administrator,
  after: Resource,
  terms: Terms<Resource>,
): Promise<Resource> {
  requireAll(administrator);
  requireRoot(administrator);
  return untilUncontested(EDITING, async () => {
    const read = await readNamed(directory);
    if (resourceIn(read, after.name))
      throw refuseField('name', 'already-taken', 'is taken', 'conflict');
    return saved(directory, read, { after }, terms);
  });
}

/** What is `undefined` stays as it is; a title that is `null` is taken away. */
export type ResourceChange = {
  name: string;
  patterns: readonly string[] | undefined;
  title?: string | null | undefined;
  'title#cs'?: string | null | undefined;
};

export async function changeResource(
  directory: Table,
  administrator: Administrator,
  { name, patterns, ...titles }: ResourceChange,
  terms: Terms<Resource>,
): Promise<Resource> {
  requireAll(administrator);
  return untilUncontested(EDITING, async () => {
    const read = await readNamed(directory);
    const before = resourceIn(read, name);
    if (!before) throw notFound();
    requireRoot(administrator);
    const after = {
      name,
      patterns: patterns ?? before.patterns,
      ...afterOf(before, titles, 'title'),
      ...afterOf(before, titles, 'title#cs'),
    };
    return saved(directory, read, { before, after }, terms);
  });
}

export async function removeResource(
  directory: Table,
  administrator: Administrator,
  name: string,
  terms: Terms<Resource>,
): Promise<void> {
  requireAll(administrator);
  requireRoot(administrator);
  await untilUncontested(EDITING, async () => {
    const read = await readNamed(directory);
    const before = resourceIn(read, name);
    if (!before) throw notFound();
    const { roles } = await readAllRoles(directory);
    const holder = roles.find(({ acl }) => Object.hasOwn(acl, name));
    if (holder)
      throw new AuthError({
        code: 'conflict',
        rule: 'resource-in-use',
        text: `The resource is in use: ${holder.name} names it.`,
        reason: 'in use',
      });
    return saved(directory, read, { before, after: undefined }, terms);
  });
}

/** @returns `after`, which is `undefined` for what is taken away. */
async function saved<After extends Resource | undefined>(
  directory: Table,
  read: Named,
  { before, after }: { before?: Resource; after: After },
  { trail = UNTRACKED, ...terms }: Terms<Resource>,
): Promise<After | typeof CONTESTED> {
  const { name = '' } = after ?? before ?? {};
  if (Object.hasOwn(OWN_RESOURCES, name))
    throw refuse(
      'conflict',
      'own-resource',
      'The resource guards Latchkey itself and stays as it is.',
    );
  if (before) requireSeen(terms, before);
  const { [name]: _, ...others } = read.patterns;
  const patterns = after ? { ...others, [name]: [...after.patterns] } : others;
  checkSize(patterns, read);
  checkRegistry(patterns);
  const named = titlesAfter(read.titles, name, after);
  const isNamed = TITLES.some((member) => before?.[member] !== after?.[member]);
  const also = [
    ...trail(changesOfResource({ before, after })),
    ...(isNamed ? [titlesWrite(directory, named)] : []),
  ];
  return (await saveRegistry(directory, read, patterns, also)) ? after : CONTESTED;
}

const TITLES = ['title', 'title#cs'] as const;
type TitleMember = (typeof TITLES)[number];

/** What is `undefined` stays, what is `null` is taken away. */
function afterOf(
  before: Resource,
  change: Pick<ResourceChange, TitleMember>,
  member: TitleMember,
): Partial<Resource> {
  const wanted = change[member];
  const after = wanted === undefined ? before[member] : (wanted ?? undefined);
  return after === undefined ? {} : { [member]: after };
}

/** As they are kept: by name, and by name and language. */
const keyOf = (name: string, member: TitleMember): string => member.replace('title', name);

function titlesAfter(before: Titles, name: string, after: Resource | undefined): Titles {
  const keys = TITLES.map((member) => keyOf(name, member));
  const others = Object.entries(before).filter(([key]) => !keys.includes(key));
  const own = TITLES.flatMap((member) => {
    const title = after?.[member];
    return title === undefined ? [] : [[keyOf(name, member), title] as const];
  });
  return Object.fromEntries([...others, ...own]);
}

type Named = Registry & { titles: Titles };

async function readNamed(directory: Table): Promise<Named> {
  const registry = await readRegistry(directory);
  return { ...registry, titles: await readTitles(directory) };
}

function resourceIn({ patterns, titles }: Named, name: string): Resource | undefined {
  if (!Object.hasOwn(patterns, name)) return undefined;
  const own = TITLES.flatMap((member) => {
    const key = keyOf(name, member);
    return Object.hasOwn(titles, key) ? [[member, titles[key]] as const] : [];
  });
  return { name, patterns: patterns[name] ?? [], ...Object.fromEntries(own) };
}

const notFound = () => refuse('not_found', 'resource-unknown', 'There is no such resource.');
