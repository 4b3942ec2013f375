/**
 * A subject's domain and what its roles permit, for those who sign in or are asked about: one strongly
 * consistent request, and one more where an instance does not know what its manifest names.
 *
 * @module
 */
import { parseItem } from '../../aws/item.ts';
import { batchGet, type Item, type Table } from '../../aws/table.ts';
import { type Domain, domainKey, parseDomain } from '../directory/domains.ts';
import { type EffectiveRole, EffectiveRoleItem, roleKey } from '../directory/roles.ts';
import { copiesOfShared, manifestKey, parseManifest } from '../named/manifest.ts';
import { memoryOf, readContent } from '../named/memory.ts';
import { namesFor, rolesIn } from './named.ts';

export type Membership = { domain: Domain | undefined; roles: EffectiveRole[] };
type Member = { domain: string; roles: readonly string[] };

/** DynamoDB answers at most 100 keys; a subject of ours has at most 50 roles. */
const MAX_ROLES = 50;

export async function readMembership(directory: Table, member: Member): Promise<Membership> {
  const memory = memoryOf(directory);
  const { spread } = memory;
  const shard = spread ? Math.floor(Math.random() * spread.shards) : 0;
  const roles = member.roles.slice(0, MAX_ROLES);
  const keys = [
    domainKey(member.domain),
    ...(roles.length > 0 ? [manifestKey(0, shard)] : []),
    ...(spread ? [] : roles.map(roleKey)),
  ];
  const [domainItem, item, ...items] = await batchGet(
    keys.map((key) => ({ table: directory, key })),
  );
  const domain = domainItem && parseDomain(domainItem);
  if (roles.length === 0) return { domain, roles: [] };
  if (item) return { domain, roles: await namedRoles(directory, item, roles) };
  memory.spread = undefined;
  // No manifest of that shard any more: the first of all tells whether there is any.
  if (spread) return readMembership(directory, member);
  return {
    domain,
    roles: items.flatMap((role) => (role ? [parseItem(EffectiveRoleItem, role)] : [])),
  };
}

async function namedRoles(
  directory: Table,
  item: Item,
  roles: readonly string[],
): Promise<EffectiveRole[]> {
  const manifest = parseManifest(directory, item);
  const { buckets, shards } = manifest;
  const memory = memoryOf(directory);
  memory.spread = { buckets, shards };
  const names = namesFor(manifest, { segments: [], roles });
  const contents = await readContent(directory, names.roles, copiesOfShared(manifest));
  const known = new Map(names.roles.map((name, index) => [name, contents[index]]));
  return rolesIn((name) => known.get(name), names, roles);
}
