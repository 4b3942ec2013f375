/**
 * An edit of what all share: its content is written first, under its own name, and one transaction then names
 * it in every manifest that did. So a call sees all of an edit or nothing, and the size of what is edited does
 * not count against a transaction's 100 places.
 *
 * Every manifest is written under the condition that it is as it was read: of two edits at once one is done
 * again, and so is one during which the spread was changed.
 *
 * @module
 */
import type { Table } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';
import { randomKey } from '../../crypto.ts';
import {
  type Content,
  isStorableContent,
  type Named,
  type Packed,
  pack,
  retireContent,
  writeContent,
} from './content.ts';
import {
  asRead,
  copiesOfDomains,
  copiesOfShared,
  type InForce,
  type Manifest,
  manifestKey,
  placesOf,
} from './manifest.ts';

/** `undefined` for a piece in which nothing is left. */
type NewPieces = Readonly<Record<string, Content | undefined>>;
export type Renamed = {
  registry?: NewPieces;
  roles?: NewPieces;
  /** Of one bucket, which is then the only one that changes. */
  domains?: { bucket: number; content: Content };
};
export type Renaming = {
  writes: readonly Write[];
  /** To be told whether they were written, so that what is of no use any more goes. */
  settle: (written: boolean) => Promise<void>;
};
export const NO_RENAMING: Renaming = { writes: [], settle: async () => {} };

/** @returns `undefined` for what no item can hold; then nothing was written. */
export async function rename(
  directory: Table,
  inForce: InForce,
  { registry = {}, roles = {}, domains }: Renamed,
): Promise<Renaming | undefined> {
  const copies = copiesOfShared(inForce);
  const pieces = { registry: packAll(registry, copies), roles: packAll(roles, copies) };
  const ofBucket = domains && pack(domains.content, copiesOfDomains(inForce));
  const contents = [...packedIn(pieces), ...(ofBucket ? [ofBucket] : [])];
  if (!contents.every(isStorableContent)) return undefined;
  await writeContent(directory, contents);
  const edition = randomKey();
  const writes = placesOf(inForce).flatMap(([bucket, shard], index): Write[] => {
    const before = inForce.manifests[index];
    if (!before || (domains && domains.bucket !== bucket)) return [];
    const after = {
      ...before,
      edition,
      registry: named(before.registry, pieces.registry),
      roles: named(before.roles, pieces.roles),
      ...(ofBucket && { domains: ofBucket.name }),
    };
    return [manifestWrite(directory, { bucket, shard, before, after })];
  });
  return {
    writes,
    settle: (written) =>
      retireContent(directory, written ? replacedBy(inForce, pieces, domains?.bucket) : contents),
  };
}

type PackedPieces = Readonly<Record<string, Packed | undefined>>;
type Pieces = Readonly<Record<'registry' | 'roles', PackedPieces>>;

export const packAll = (pieces: NewPieces, copies: number): PackedPieces =>
  Object.fromEntries(
    Object.entries(pieces).map(([piece, content]) => [piece, content && pack(content, copies)]),
  );

export const packedIn = ({ registry, roles }: Pieces): Packed[] =>
  [...Object.values(registry), ...Object.values(roles)].flatMap((one) => one ?? []);

/** The names of before, with those that the pieces now have. */
export function named(before: Manifest['registry'], pieces: PackedPieces): Manifest['registry'] {
  const after = new Map(Object.entries(before));
  for (const [piece, packed] of Object.entries(pieces)) {
    if (packed) after.set(piece, packed.name);
    else after.delete(piece);
  }
  return Object.fromEntries(after);
}

function replacedBy(
  inForce: InForce,
  { registry, roles }: Pieces,
  bucket: number | undefined,
): Named[] {
  const { manifests, shards } = inForce;
  const [first] = manifests;
  const domains = bucket === undefined ? undefined : manifests[bucket * shards]?.domains;
  const shared = [
    ...Object.keys(registry).map((piece) => first?.registry[piece]),
    ...Object.keys(roles).map((piece) => first?.roles[piece]),
  ];
  return [
    ...inCopies(shared, copiesOfShared(inForce)),
    ...inCopies([domains], copiesOfDomains(inForce)),
  ];
}

const inCopies = (names: Iterable<string | undefined>, copies: number): Named[] =>
  [...new Set(names)].flatMap((name) => (name === undefined ? [] : { name, copies }));

type Place = { bucket: number; shard: number; before: Manifest | undefined; after: Manifest };

/** Only where it is as it was read; `undefined`, where there was none. */
export const manifestWrite = (
  directory: Table,
  { bucket, shard, before, after }: Place,
): Write => ({
  table: directory,
  put: { ...manifestKey(bucket, shard), ...after },
  when: asRead(before),
});

/** Every name that is in force. */
export function namesIn(inForce: InForce): Named[] {
  const { manifests } = inForce;
  const shared = manifests.flatMap(({ registry, roles }) => [
    ...Object.values(registry),
    ...Object.values(roles),
  ]);
  const domains = manifests.map((manifest) => manifest.domains);
  return [
    ...inCopies(shared, copiesOfShared(inForce)),
    ...inCopies(domains, copiesOfDomains(inForce)),
  ];
}
