/**
 * The registry of resources: what an ACL can name, and which paths each name stands for.
 *
 * Item: { pk: "resources", sk: "resources", version, patterns: { resource name: [path pattern] }, home }
 *         in the directory table; `home` is that table's name (home.ts). An empty list stands for the default pattern, "/" + name.
 *
 * @module
 */
import * as v from 'valibot';
import { parseItem } from '../../aws/item.ts';
import { get, type Key, put, type Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';

export const RegistryItem = v.object({
  version: v.number(),
  patterns: v.record(v.string(), v.array(v.string())),
});
export type Registry = v.InferOutput<typeof RegistryItem>;

export const REGISTRY: Key = { pk: 'resources', sk: 'resources' };

export async function readRegistry(directory: Table): Promise<Registry> {
  const item = await get(directory, REGISTRY);
  return item ? parseItem(RegistryItem, item) : { version: 0, patterns: {} };
}

/** @param read - The registry as it was read. @returns `false` when another edit came first. */
export async function saveRegistry(
  directory: Table,
  read: Registry,
  patterns: Registry['patterns'],
  also: readonly Write[] = [],
): Promise<boolean> {
  const item = { ...REGISTRY, version: read.version + 1, patterns, home: directory.name };
  const when =
    read.version === 0
      ? { expression: 'attribute_not_exists(pk)' }
      : { expression: 'version = :read', values: { ':read': read.version } };
  if (also.length === 0) return put(directory, item, when);
  const failed = await transact([{ table: directory, put: item, when }, ...also]);
  return !failed.includes(true);
}
