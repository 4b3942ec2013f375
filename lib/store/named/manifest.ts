/**
 * Which content is in force: small items that every verdict reads, strongly consistent. They are the same
 * in what all domains share, and each names the domains of its own bucket; each bucket has as many of them
 * as there are shards, so that no partition answers all calls.
 *
 * Item: { pk: "manifest#" + bucket + "#" + shard, sk: "manifest", home, buckets, shards, edition,
 *         since?, registry: { piece: name }, roles: { piece: name }, domains? } in the directory table; names
 *         are of content.ts, pieces of pieces.ts
 *
 * Where there is none, nothing is named, and a verdict reads what all share item by item (reads/verdict.ts).
 * `edition` is for those who write: another one after each edit. It says nothing of order, and no reader
 * looks at it. `since` is another random text whenever things are named anew after they were not, or in a
 * restored table; edits keep it. Copies that say another one do not count (../spread/copies.ts).
 *
 * @module
 * @see docs/adr/0041-named-content.md
 */
import * as v from 'valibot';
import { parseItem } from '../../aws/item.ts';
import {
  batchGet,
  type Expression,
  get,
  type Item,
  type Key,
  type Table,
} from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { randomKey, sha256 } from '../../crypto.ts';
import { Fault } from '../../errors.ts';

const Names = v.record(v.string(), v.string());
const ManifestItem = v.object({
  home: v.string(),
  buckets: v.number(),
  shards: v.number(),
  edition: v.string(),
  since: v.optional(v.string()),
  registry: Names,
  roles: Names,
  domains: v.optional(v.string()),
});
export type Manifest = v.InferOutput<typeof ManifestItem>;
/** How many buckets the domains fall into, and how many manifests each of these has. */
export type Spread = Pick<Manifest, 'buckets' | 'shards'>;
export const ALONE: Spread = { buckets: 1, shards: 1 };

/**
 * In how many copies content lies: as many as there are manifests that name it, so that after an edit no
 * partition of it answers more of those who read it than one of a manifest does.
 */
export const copiesOfShared = ({ buckets, shards }: Spread): number => buckets * shards;
export const copiesOfDomains = ({ shards }: Spread): number => shards;

/** Of all manifests: with what is edited and its event they are one transaction, which holds 100. */
export const MOST_MANIFESTS = 64;

export const manifestKey = (bucket: number, shard: number): Key => ({
  pk: `manifest#${bucket}#${shard}`,
  sk: 'manifest',
});

export const isManifest = ({ sk }: Key): boolean => sk === 'manifest';

/** In which bucket a domain is. */
export const bucketOf = (domain: string, { buckets }: Spread): number =>
  buckets === 1 ? 0 : sha256(domain).readUInt32BE() % buckets;

/** @throws Fault for one of a restored table that is not finished (directory/home.ts). */
export function parseManifest(directory: Table, item: Item): Manifest {
  const manifest = parseItem(ManifestItem, item);
  if (manifest.home !== directory.name)
    throw new Fault('a restored table, which is not to be used before `latchkey restore finish`');
  return manifest;
}

/** All of them, in the order of their buckets and shards. */
export type InForce = Spread & { manifests: readonly Manifest[] };

/** While it is, what is read may not fit together at once. */
export const SPREADING = 'what all share is being named or spread';

/**
 * For those who edit. @returns `undefined` where nothing is named.
 *
 * All of one spread: of another one there may be more of them, which an edit of these alone would leave as
 * they are. That one is of another edit is for the condition of the write to find out.
 */
export const readInForce = (directory: Table): Promise<InForce | undefined> =>
  untilUncontested(SPREADING, async () => {
    const first = await get(directory, manifestKey(0, 0));
    if (!first) return undefined;
    const { buckets, shards } = parseItem(ManifestItem, first);
    const keys = placesOf({ buckets, shards }).map(([bucket, shard]) => manifestKey(bucket, shard));
    const items = await batchGet(keys.map((key) => ({ table: directory, key })));
    const manifests = items
      .flatMap((item) => (item ? [parseItem(ManifestItem, item)] : []))
      .filter((each) => each.buckets === buckets && each.shards === shards);
    return manifests.length === keys.length ? { buckets, shards, manifests } : CONTESTED;
  });

export const placesOf = ({ buckets, shards }: Spread): [bucket: number, shard: number][] =>
  Array.from({ length: buckets * shards }, (_, index) => [
    Math.floor(index / shards),
    index % shards,
  ]);

/** That still nothing is named, for those who edit what is read item by item. */
export const nothingNamed = (directory: Table): Write => ({
  table: directory,
  check: manifestKey(0, 0),
  when: { expression: 'attribute_not_exists(pk)' },
});

/** That an item is as it was read, which has its version under another name where things are named. */
export const asVersioned = (version: number, isNamed: boolean): Expression =>
  version === 0
    ? { expression: 'attribute_not_exists(pk)' }
    : { expression: `${isNamed ? 'named' : 'version'} = :read`, values: { ':read': version } };

/** That the table is in its place. An edit that read them before is done again, or it would take that back. */
export function homeWrites(directory: Table, inForce: InForce): Write[] {
  const values = { ':home': directory.name, ':next': randomKey() };
  return placesOf(inForce).map(([bucket, shard], index) => ({
    table: directory,
    update: manifestKey(bucket, shard),
    set: { expression: 'home = :home, edition = :next', values },
    when: asRead(inForce.manifests[index]),
  }));
}

/** That it still is as it was read; `undefined`, that there still is none. */
export const asRead = (before: Manifest | undefined): Expression =>
  before
    ? { expression: 'edition = :edition', values: { ':edition': before.edition } }
    : { expression: 'attribute_not_exists(pk)' };
