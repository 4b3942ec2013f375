/**
 * Domains: the tenants that subjects belong to.
 *
 * Item:  { pk: "domain#" + name, sk: "domain", name, disabled, generation, switched?, version, list, listSort }
 *        and its settings (domain-policy.ts) in the directory table, and beside it the domain as a subject,
 *        the owner of its tokens and keys
 *        { …, named, … } in place of the version where what all share is named (named/manifest.ts): whoever
 *        does not know of content has no version to go by, and so changes no item alone of which content tells
 * Index: byList (list, listSort): "domain", by name
 *
 * @module
 */
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { parseItem } from '../../aws/item.ts';
import { get, type Item, type Key, type Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import type { EpochMilliseconds } from '../../time.ts';
import { asVersioned, nothingNamed, readInForce } from '../named/manifest.ts';
import { DomainPolicyItem } from './domain-policy.ts';
import { domainRenaming, inForceOf } from './domains-in-force.ts';
import { raiseGeneration } from './revocation.ts';
import { unspreadSubject } from './subject-spread.ts';
import { type Subject, subjectKey } from './subjects.ts';

export const DomainItem = v.object({
  name: v.string(),
  disabled: v.boolean(),
  generation: v.number(),
  /** As a subject's (subjects.ts). */
  switched: v.optional(v.number()),
  version: v.number(),
  /** As it is stored: `named`, and no version. */
  isNamed: v.optional(v.boolean()),
  ...DomainPolicyItem.entries,
});
export type Domain = v.InferOutput<typeof DomainItem>;

export const domainKey = (name: string): Key => ({ pk: `domain#${name}`, sk: 'domain' });

const SUBJECT = 'domain#';
/** The id of the domain as a subject: the `sub` of its tokens. */
export const domainSubject = (name: string): string => SUBJECT + name;
/** @returns `undefined` for a subject that is no domain. */
export const domainOfSubject = (id: string): string | undefined =>
  id.startsWith(SUBJECT) ? id.slice(SUBJECT.length) : undefined;

export async function readDomain(directory: Table, name: string): Promise<Domain | undefined> {
  const item = await get(directory, domainKey(name));
  return item && parseDomain(item);
}

/** @param item - As it is stored. */
export const parseDomain = ({ named, ...item }: Item): Domain =>
  parseItem(DomainItem, named === undefined ? item : { ...item, version: named, isNamed: true });

/** @returns `false` if there is a domain of that name already. */
export async function createDomain(
  directory: Table,
  domain: Omit<Domain, 'version' | 'isNamed'>,
  also: readonly Write[] = [],
): Promise<boolean> {
  const absent = { expression: 'attribute_not_exists(pk)' };
  const { name, generation } = domain;
  const id = domainSubject(name);
  const subject: Subject = {
    ...{ kind: 'domain', id, username: name, roles: [], domain: name },
    ...{ disabled: false, generation },
  };
  const made = { ...domain, version: 1 };
  return renamed(directory, name, made, (isNamed) => [
    { table: directory, put: domainItem({ ...made, isNamed }), when: absent },
    { table: directory, put: { ...subjectKey(id), ...subject } },
    ...also,
  ]);
}

/** The writes, and with them what a verdict reads of the domain. */
async function renamed(
  directory: Table,
  name: string,
  after: Domain | undefined,
  writes: (isNamed: boolean) => readonly Write[],
): Promise<boolean> {
  const inForce = await readInForce(directory);
  const renaming = await domainRenaming(directory, inForce, { name, after });
  const failed = await transact([...writes(inForce !== undefined), ...renaming.writes]);
  await renaming.settle(!failed.includes(true));
  return !failed.includes(true);
}

/**
 * As it is: where things are named into the content of its bucket, for one of before they were; where nothing
 * is, as releases read it that know of no content.
 */
export const restateDomain = (directory: Table, name: string): Promise<void> =>
  untilUncontested('a domain is being changed', async () => {
    const domain = await readDomain(directory, name);
    if (!domain) return undefined;
    return (await rewritten(directory, domain, domain)) ? undefined : CONTESTED;
  });

const unchanged = ({ version, isNamed = false }: Domain) => asVersioned(version, isNamed);

/** One conditional write. @returns `false` when another change came first. */
export async function saveDomain(
  directory: Table,
  before: Domain,
  after: Domain,
  also: readonly Write[] = [],
): Promise<boolean> {
  if (!isDeepStrictEqual(inForceOf(before), inForceOf(after)))
    return rewritten(directory, before, after, also);
  const write = domainWrite(directory, before, { ...after, isNamed: before.isNamed });
  return !(await transact([write, ...also])).includes(true);
}

const rewritten = (
  directory: Table,
  before: Domain,
  after: Domain,
  also: readonly Write[] = [],
): Promise<boolean> =>
  renamed(directory, before.name, after, (isNamed) => [
    domainWrite(directory, before, { ...after, isNamed }),
    ...also,
  ]);

const domainWrite = (directory: Table, before: Domain, after: Domain): Write => ({
  table: directory,
  put: domainItem({ ...after, version: before.version + 1 }),
  when: unchanged(before),
});

/**
 * Ends every session issued so far to whoever is in it, with one transaction and no clock: a sign-in that
 * raced it recorded the old number and is dead too. @returns Whether there is such a domain.
 */
export const raiseDomain = async (
  directory: Table,
  name: string,
  also: readonly Write[] = [],
): Promise<boolean> => {
  const isNamed = (await readInForce(directory)) !== undefined;
  const unnamed = [nothingNamed(directory), ...also];
  if (!isNamed && (await raiseGeneration(directory, domainKey(name), unnamed))) return true;
  return raised(directory, name, (generation) => generation + 1, also);
};

/** Beyond any that was given until then, and never back. @returns Whether it was below. */
export const raiseDomainTo = (
  directory: Table,
  name: string,
  least: EpochMilliseconds,
  also: readonly Write[] = [],
): Promise<boolean> =>
  raised(directory, name, (generation) => (generation < least ? least : undefined), also);

const raised = (
  directory: Table,
  name: string,
  next: (generation: number) => number | undefined,
  also: readonly Write[],
): Promise<boolean> =>
  untilUncontested('a domain is being signed out', async () => {
    const before = await readDomain(directory, name);
    const generation = before && next(before.generation);
    if (!before || generation === undefined) return false;
    const isSaved = await saveDomain(directory, before, { ...before, generation }, also);
    return isSaved ? true : CONTESTED;
  });

const domainItem = ({ version, isNamed, ...domain }: Domain) => ({
  ...domainKey(domain.name),
  ...domain,
  [isNamed ? 'named' : 'version']: version,
  list: 'domain',
  listSort: domain.name,
});

/** @returns `false` when another change came first. */
export async function deleteDomain(
  directory: Table,
  domain: Domain,
  also: readonly Write[] = [],
): Promise<boolean> {
  const id = domainSubject(domain.name);
  // There may be as many manifests as copies.
  await unspreadSubject(directory, id);
  const alone = { expression: 'attribute_not_exists(spread)' };
  return renamed(directory, domain.name, undefined, () => [
    { table: directory, remove: domainKey(domain.name), when: unchanged(domain) },
    { table: directory, remove: subjectKey(id), when: alone },
    ...also,
  ]);
}
