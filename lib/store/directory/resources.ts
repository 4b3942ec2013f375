/**
 * The registry of resources: what an ACL can name, and which paths each name stands for.
 *
 * Item: { pk: "resources", sk: "resources", version, patterns: { resource name: [path pattern] }, home }
 *         in the directory table; `home` is that table's name (home.ts). An empty list stands for the default pattern, "/" + name.
 *       { …, named, home } where what all share is named (named/manifest.ts): then the patterns are in content,
 *         in pieces, and `named` is the version. Whoever does not know of manifests finds no registry in it.
 *
 * @module
 */
import * as v from 'valibot';
import { parseItem } from '../../aws/item.ts';
import { get, type Item, type Key, type Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { refuseField } from '../../errors.ts';
import type { Content } from '../named/content.ts';
import {
  asVersioned,
  copiesOfShared,
  type InForce,
  readInForce,
  SPREADING,
} from '../named/manifest.ts';
import { readContent } from '../named/memory.ts';
import { type Pieces, piecesOfRegistry, registryOf } from '../named/pieces.ts';
import { NO_RENAMING, rename } from '../named/rename.ts';

export const RegistryItem = v.object({
  version: v.number(),
  patterns: v.record(v.string(), v.array(v.string())),
});
const NamedItem = v.object({ named: v.number() });
/** `inForce`: what named it, where it is in content, of which there may be much more than an item holds. */
export type Registry = v.InferOutput<typeof RegistryItem> & { inForce?: InForce };

export const REGISTRY: Key = { pk: 'resources', sk: 'resources' };
const NOTHING: Registry = { version: 0, patterns: {} };

/** An edit that comes between the reads shows when the registry is saved: the version has risen. */
export const readRegistry = (directory: Table): Promise<Registry> =>
  untilUncontested(SPREADING, async () => {
    const item = await get(directory, REGISTRY);
    if (!item) return NOTHING;
    if (!isNamed(item)) return parseItem(RegistryItem, item);
    const inForce = await readInForce(directory);
    // Named no more since it was read.
    if (!inForce) return CONTESTED;
    const names = Object.values(inForce.manifests[0]?.registry ?? {});
    const patterns = registryOf(await readContent(directory, names, copiesOfShared(inForce)));
    return { version: parseItem(NamedItem, item).named, patterns, inForce };
  });

const isNamed = (item: Item): boolean => item['named'] !== undefined;

/** @param read - The registry as it was read. @returns `false` when another edit came first. */
export async function saveRegistry(
  directory: Table,
  read: Registry,
  patterns: Registry['patterns'],
  also: readonly Write[] = [],
): Promise<boolean> {
  const { inForce } = read;
  const item = registryWrite(directory, read, { patterns, isNamed: inForce !== undefined });
  const renaming = inForce
    ? await renamingOf(directory, inForce, read.patterns, patterns)
    : NO_RENAMING;
  const failed = await transact([item, ...renaming.writes, ...also]);
  await renaming.settle(!failed.includes(true));
  return !failed.includes(true);
}

/** The item alone, as it is with the patterns in it or without, if it is as it was read. */
export function registryWrite(
  directory: Table,
  { version, inForce }: Registry,
  { patterns, isNamed }: { patterns: Registry['patterns']; isNamed: boolean },
): Write {
  const next = version + 1;
  return {
    table: directory,
    put: {
      ...REGISTRY,
      ...(isNamed ? { named: next } : { version: next, patterns }),
      home: directory.name,
    },
    when: asVersioned(version, inForce !== undefined),
  };
}

/** Titles, for one, are no part of it: then no manifest changes. */
async function renamingOf(
  directory: Table,
  inForce: InForce,
  before: Registry['patterns'],
  after: Registry['patterns'],
) {
  const registry = changedPieces(piecesOfRegistry(before), piecesOfRegistry(after));
  if (Object.keys(registry).length === 0) return NO_RENAMING;
  const renaming = await rename(directory, inForce, { registry });
  if (!renaming)
    throw refuseField(
      'resources',
      'patterns-alike',
      'more patterns begin alike than can be stored',
    );
  return renaming;
}

function changedPieces(before: Pieces, after: Pieces): Record<string, Content | undefined> {
  const all = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...all]
      .filter((piece) => JSON.stringify(before[piece]) !== JSON.stringify(after[piece]))
      .map((piece) => [piece, after[piece]]),
  );
}
