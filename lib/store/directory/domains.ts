/**
 * Domains: the tenants that subjects belong to.
 *
 * Item:  { pk: "domain#" + name, sk: "domain", name, disabled, generation, switched?, passwords?, version, list, listSort } in the
 *        directory table, and beside it the domain as a subject, the owner of its tokens and keys
 * Index: byList (list, listSort): "domain", by name
 *
 * @module
 */
import * as v from 'valibot';
import { parseItem } from '../../aws/item.ts';
import { queryAll } from '../../aws/query.ts';
import { get, type Key, type Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import { type Subject, subjectKey } from './subjects.ts';

export const DomainItem = v.object({
  name: v.string(),
  disabled: v.boolean(),
  generation: v.number(),
  /** As a subject's (subjects.ts). */
  switched: v.optional(v.number()),
  version: v.number(),
  /** What a new password must be (password-rule.ts); `full` where nothing is said. */
  passwords: v.optional(v.picklist(['full', 'seed'])),
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
  const listed = { ...domainKey(name), ...domain, version: 1, list: 'domain', listSort: name };
  const failed = await transact([
    { table: directory, put: listed, when: absent },
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
  { disabled, generation, switched = 0, passwords = 'full' }: Domain,
  also: readonly Write[] = [],
): Promise<boolean> {
  const set = {
    expression:
      'disabled = :disabled, generation = :generation, switched = :switched, passwords = :passwords, version = version + :one',
    values: {
      ':disabled': disabled,
      ':generation': generation,
      ':switched': switched,
      ':passwords': passwords,
      ':one': 1,
    },
  };
  const update = domainKey(before.name);
  const when = unchanged(before);
  const failed = await transact([{ table: directory, update, set, when }, ...also]);
  return !failed.includes(true);
}

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
