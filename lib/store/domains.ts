/**
 * Domains: the tenants that subjects belong to.
 *
 * Item: { pk: "domain#" + name, sk: "domain", name, disabled, generation } in the directory table
 *
 * @module
 */
import * as v from 'valibot';
import { type Key, put, type Table } from './table.ts';

export const DomainItem = v.object({
  name: v.string(),
  disabled: v.boolean(),
  generation: v.number(),
});
export type Domain = v.InferOutput<typeof DomainItem>;

export const domainKey = (name: string): Key => ({ pk: `domain#${name}`, sk: 'domain' });

/** @returns `false` if there is a domain of that name already. */
export const createDomain = (directory: Table, domain: Domain) =>
  put(
    directory,
    { ...domainKey(domain.name), ...domain },
    { expression: 'attribute_not_exists(pk)' },
  );
