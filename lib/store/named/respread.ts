/**
 * The manifests under another spread, or where there were none: what is in force is named anew, in as many
 * copies as it needs now.
 *
 * @module
 */
import type { Table } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';
import { randomKey } from '../../crypto.ts';
import {
  type Content,
  isStorableContent,
  type Packed,
  pack,
  retireContent,
  writeContent,
} from './content.ts';
import {
  asRead,
  bucketOf,
  copiesOfDomains,
  copiesOfShared,
  type InForce,
  type Manifest,
  MOST_MANIFESTS,
  manifestKey,
  placesOf,
  type Spread,
} from './manifest.ts';
import { readContent } from './memory.ts';
import type { Pieces } from './pieces.ts';
import { manifestWrite, named, namesIn, packAll, packedIn, type Renaming } from './rename.ts';

export type Stated = {
  registry: Pieces;
  roles: Pieces;
  domains: Content;
  /** Left out where it is to be another one. */
  since?: string | undefined;
};

/** Beside what else is in the transaction. */
const MOST_WRITES = 90;

/** Whether one transaction does it; otherwise by way of a single manifest. */
export const isOneStep = (before: InForce | undefined, after: Spread): boolean =>
  countOf(after) + (before ? countOf(before) : 0) <= MOST_WRITES ||
  (before !== undefined && sharedPlaces(before, after) >= countOf(after));

export const isWithinBounds = ({ buckets, shards }: Spread): boolean =>
  buckets >= 1 && shards >= 1 && buckets * shards <= MOST_MANIFESTS;

const countOf = ({ buckets, shards }: Spread): number => buckets * shards;
const sharedPlaces = (one: Spread, other: Spread): number =>
  Math.min(one.buckets, other.buckets) * Math.min(one.shards, other.shards);

/** What is in force, whole. */
export async function readStated(directory: Table, inForce: InForce): Promise<Stated> {
  const [first] = inForce.manifests;
  const pieces = async (names: Readonly<Record<string, string>> = {}): Promise<Pieces> => {
    const contents = await readContent(directory, Object.values(names), copiesOfShared(inForce));
    return Object.fromEntries(
      Object.keys(names).map((piece, index) => [piece, contents[index] ?? {}]),
    );
  };
  const buckets = [...new Set(inForce.manifests.flatMap(({ domains }) => domains ?? []))];
  const domains = await readContent(directory, buckets, copiesOfDomains(inForce));
  return {
    registry: await pieces(first?.registry),
    roles: await pieces(first?.roles),
    domains: Object.fromEntries(domains.flatMap(Object.entries)),
    since: first?.since,
  };
}

/** @param before - What is in force, where anything is. @returns `undefined` for what no item can hold. */
export async function respread(
  directory: Table,
  before: InForce | undefined,
  { buckets, shards }: Spread,
  { registry, roles, domains, since = randomKey() }: Stated,
): Promise<Renaming | undefined> {
  const copies = copiesOfShared({ buckets, shards });
  const packed = { registry: packAll(registry, copies), roles: packAll(roles, copies) };
  const pieces = packedIn(packed);
  if (!pieces.every(isStorableContent)) return undefined;
  const ofBuckets = packDomains(domains, { buckets, shards });
  const contents = [...pieces, ...ofBuckets.values()];
  await writeContent(directory, contents);
  const common = {
    home: directory.name,
    buckets,
    shards,
    edition: randomKey(),
    since,
    registry: named({}, packed.registry),
    roles: named({}, packed.roles),
  };
  const writes = placesOf({ buckets, shards }).map(([bucket, shard]): Write => {
    const after: Manifest = { ...common, domains: ofBuckets.get(bucket)?.name };
    return manifestWrite(directory, { bucket, shard, before: at(before, bucket, shard), after });
  });
  const old = before ? namesIn(before) : [];
  return {
    writes: [...writes, ...(before ? removals(directory, before, { buckets, shards }) : [])],
    settle: (written) => retireContent(directory, written ? old : contents),
  };
}

/** Of a bucket for which there is no room, each domain is read by itself. */
function packDomains(domains: Content, spread: Spread): Map<number, Packed> {
  const buckets = Map.groupBy(Object.entries(domains), ([name]) => bucketOf(name, spread));
  const copies = copiesOfDomains(spread);
  const packed = [...buckets].map(
    ([bucket, entries]) => [bucket, pack(Object.fromEntries(entries), copies)] as const,
  );
  return new Map(packed.filter(([, content]) => isStorableContent(content)));
}

/** The manifest that is there, of whatever spread. */
const at = (before: InForce | undefined, bucket: number, shard: number): Manifest | undefined =>
  before && bucket < before.buckets && shard < before.shards
    ? before.manifests[bucket * before.shards + shard]
    : undefined;

/** Of those that are of no place any more. @param after - None is left without it. */
export const removals = (
  directory: Table,
  before: InForce,
  { buckets, shards }: Spread = { buckets: 0, shards: 0 },
): Write[] =>
  placesOf(before).flatMap(([bucket, shard], index) =>
    bucket < buckets && shard < shards
      ? []
      : [
          {
            table: directory,
            remove: manifestKey(bucket, shard),
            when: asRead(before.manifests[index]),
          },
        ],
  );
