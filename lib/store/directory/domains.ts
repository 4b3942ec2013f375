/**
 * Domains: the tenants that subjects belong to.
 *
 * Item:  { pk: "domain#" + name, sk: "domain", name, disabled, generation, switched?, version, list, listSort }
 *        and its settings (domain-policy.ts) in the directory table, and beside it the domain as a subject,
 *        the owner of its tokens and keys
 * Index: byList (list, listSort): "domain", by name
 *
 * @module
 */
import * as v from 'valibot';
import { parseItem } from '../../aws/item.ts';
import { queryAll } from '../../aws/query.ts';
import { get, type Key, type Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import { DomainPolicyItem } from './domain-policy.ts';
import { type Subject, subjectKey } from './subjects.ts';

export const DomainItem = v.object({
  name: v.string(),
  disabled: v.boolean(),
  generation: v.number(),
  /** As a subject's (subjects.ts). */
  switched: v.optional(v.number()),
  version: v.number(),
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
  return item && parseItem(DomainItem, item);
}

/** Of all domains, from the index byList: eventually consistent. */
export async function listDomainNames(directory: Table): Promise<string[]> {
  const items = await queryAll(directory, { index: 'byList', partition: 'domain' });
  return items.map((item) => parseItem(DomainItem, item).name);
}

/** @returns `false` if there is a domain of that name already. */
export async function createDomain(
  directory: Table,
  domain: Omit<Domain, 'version'>,
  also: readonly Write[] = [],
): Promise<boolean> {
  const absent = { expression: 'attribute_not_exists(pk)' };
  const { name, generation } = domain;
  const id = domainSubject(name);
  const subject: Subject = {
    kind: 'domain',
    id,
    username: name,
    roles: [],
    domain: name,
    disabled: false,
    generation,
  };
  const failed = await transact([
    { table: directory, put: domainItem({ ...domain, version: 1 }), when: absent },
    { table: directory, put: { ...subjectKey(id), ...subject } },
    ...also,
  ]);
  return !failed.includes(true);
}

const unchanged = ({ version }: Domain) => ({
  expression: 'version = :read',
  values: { ':read': version },
});

/** One conditional write. @returns `false` when another change came first. */
export async function saveDomain(
  directory: Table,
  before: Domain,
  after: Domain,
  also: readonly Write[] = [],
): Promise<boolean> {
  const put = domainItem({ ...after, version: before.version + 1 });
  const failed = await transact([{ table: directory, put, when: unchanged(before) }, ...also]);
  return !failed.includes(true);
}

const domainItem = (domain: Domain) => ({
  ...domainKey(domain.name),
  ...domain,
  list: 'domain',
  listSort: domain.name,
});

/** @returns `false` when another change came first. */
export async function deleteDomain(
  directory: Table,
  domain: Domain,
  also: readonly Write[] = [],
): Promise<boolean> {
  const failed = await transact([
    { table: directory, remove: domainKey(domain.name), when: unchanged(domain) },
    { table: directory, remove: subjectKey(domainSubject(domain.name)) },
    ...also,
  ]);
  return !failed.includes(true);
}
