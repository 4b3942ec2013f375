/**
 * What all share, as one request has read it: named by a manifest, or item by item. And what is missing of
 * it, for the next request.
 *
 * Where to look for a manifest is remembered, and is a hint like any other: one that is not there any more
 * says nothing, and the first of all is asked, which is there as long as anything is named. That it is not,
 * read in the same request as the items, is what makes these count: and that the registry's item is as it was
 * before the request, since a request is answered item by item, and one may have been read while all was still
 * named and nobody kept the items as they should be.
 *
 * @module
 */
import { parseItem } from '../../aws/item.ts';
import type { Item, Table } from '../../aws/table.ts';
import type { Wanted } from '../../aws/tables.ts';
import { domainKey, parseDomain } from '../directory/domains.ts';
import type { DomainInForce } from '../directory/domains-in-force.ts';
import { requireHome } from '../directory/home.ts';
import { REGISTRY, RegistryItem } from '../directory/resources.ts';
import { type EffectiveRole, EffectiveRoleItem, roleKey } from '../directory/roles.ts';
import type { Named } from '../named/content.ts';
import { bucketOf, type Manifest, manifestKey, parseManifest } from '../named/manifest.ts';
import { type Known, memoryOf, type Recall, someCopy } from '../named/memory.ts';
import type { Patterns } from '../named/pieces.ts';
import { domainOf, type Needed, namesFor, registryIn, rolesIn, unknownOf } from './named.ts';

type Members = Pick<Needed, 'domain' | 'roles'>;
/** For the next request: whose, and what of content. */
export type Missing = Members & {
  names: readonly Named[];
  /** The domain is in no content. */
  byItself: boolean;
  /** Nothing is proven yet: what all share is not read, since whoever invents a token says how much. */
  isAhead?: boolean;
};
export type Membership = { domain: DomainInForce | undefined; roles: EffectiveRole[] };
type Found = { status: 'found'; registry: readonly Patterns[]; membership: Membership };
type Outcome = Found | ({ status: 'missing' } & Missing);

/** `of`: the domain whose item was asked for, if any was. */
type ByName = {
  status: 'named';
  manifest: Manifest;
  bucket: number;
  of: string | undefined;
  byItself: boolean;
  domain: Item | undefined;
};
type Unnamed = {
  status: 'unnamed';
  of: Members;
  /** Whether nothing was named when the request was sent, nor since. */
  isSettled: boolean;
  registry: Item | undefined;
  domain: Item | undefined;
  roles: readonly (Item | undefined)[];
};
/** `elsewhere`: there is no manifest in that place, and perhaps in another. */
export type Shared = ByName | Unnamed | { status: 'elsewhere' };

/** DynamoDB answers at most 100 keys; a token of ours names far fewer roles. */
const MAX_ROLES = 50;

/** @returns What to read, and what to make of it, in that order. */
export function sharedKeys(
  directory: Table,
  { domain, roles: named, names, byItself, isAhead = false }: Missing,
  { keep }: Known,
): { wanted: Wanted[]; read: (items: readonly (Item | undefined)[]) => Shared } {
  const memory = memoryOf(directory);
  const { spread, unnamed } = memory;
  const bucket = spread ? bucketOf(domain, spread) : 0;
  const shard = spread ? Math.floor(Math.random() * spread.shards) : 0;
  const roles = named.slice(0, MAX_ROLES);
  const isAsked = !isAhead && (!spread || byItself);
  const keys = [
    manifestKey(bucket, shard),
    ...names.map(someCopy),
    ...(isAsked ? [domainKey(domain)] : []),
    ...(spread || isAhead ? [] : [REGISTRY, ...roles.map(roleKey)]),
  ];
  const read = ([first, ...others]: readonly (Item | undefined)[]): Shared => {
    for (const [index, { name }] of names.entries()) keep(name, others[index]);
    const [domainItem, registry, ...roleItems] = others.slice(names.length);
    if (first) {
      const manifest = parseManifest(directory, first);
      memory.spread = { buckets: manifest.buckets, shards: manifest.shards };
      const of = isAsked ? domain : undefined;
      const item = of === undefined ? undefined : domainItem;
      return { status: 'named', manifest, bucket, of, byItself, domain: item };
    }
    memory.spread = undefined;
    // Read before anything was named, and after: then there is a manifest by now.
    if (spread || isAhead || registry?.['named'] !== undefined) return { status: 'elsewhere' };
    memory.unnamed = versionOf(registry);
    const isSettled = memory.unnamed === unnamed;
    const of = { domain, roles };
    return { status: 'unnamed', of, isSettled, registry, domain: domainItem, roles: roleItems };
  };
  return { wanted: keys.map((key) => ({ table: directory, key })), read };
}

/** It rises whenever what is named is no more, or is again. */
const versionOf = (registry: Item | undefined): number => Number(registry?.['version'] ?? 0);

export function sharedIn(
  directory: Table,
  shared: Shared,
  needed: Needed,
  { recall }: Known,
): Outcome {
  if (shared.status === 'elsewhere') return missing(needed);
  return shared.status === 'named'
    ? namedIn(shared, needed, recall)
    : unnamedIn(directory, shared, needed);
}

const missing = (
  { domain, roles }: Needed,
  { names = [], byItself = false }: Partial<Missing> = {},
): Outcome => ({ status: 'missing', domain, roles, names, byItself });

function namedIn(
  { manifest, bucket, of, byItself, domain }: ByName,
  needed: Needed,
  recall: Recall,
): Outcome {
  const names = namesFor(manifest, needed);
  const isOther = bucket !== bucketOf(needed.domain, manifest);
  const unknown = unknownOf(recall, isOther ? { ...names, domains: [] } : names, manifest);
  // What had to be read by itself once may have to be again, whatever an edit does meanwhile.
  if (isOther || unknown.length > 0) return missing(needed, { names: unknown, byItself });
  const known = domainOf(recall, names, needed.domain);
  if (!known && of !== needed.domain) return missing(needed, { byItself: true });
  return {
    status: 'found',
    registry: registryIn(recall, names),
    membership: {
      domain: known ?? (domain && parseDomain(domain)),
      roles: rolesIn(recall, names, needed.roles),
    },
  };
}

function unnamedIn(directory: Table, shared: Unnamed, needed: Needed): Outcome {
  const { of, isSettled, registry, domain } = shared;
  requireHome(directory, registry);
  const isCovered =
    isSettled &&
    of.domain === needed.domain &&
    needed.roles.slice(0, MAX_ROLES).every((role) => of.roles.includes(role));
  if (!isCovered) return missing(needed);
  return {
    status: 'found',
    registry: registry ? [parseItem(RegistryItem, registry).patterns] : [],
    membership: {
      domain: domain && parseDomain(domain),
      roles: shared.roles.flatMap((role) => (role ? [parseItem(EffectiveRoleItem, role)] : [])),
    },
  };
}
