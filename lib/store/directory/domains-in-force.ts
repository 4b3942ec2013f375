/**
 * What a verdict reads of domains, as content: all domains of a bucket together, so that the edit or sign-out
 * of a tenant concerns the manifests of that bucket alone.
 *
 * A domain that the content does not have is read by itself (reads/verdict.ts): one that was made before
 * anything was named, or for which there was no room.
 *
 * @module
 */
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { parseItem } from '../../aws/item.ts';
import type { Item, Table } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';
import {
  asRead,
  bucketOf,
  copiesOfDomains,
  type InForce,
  manifestKey,
  nothingNamed,
} from '../named/manifest.ts';
import { readContent } from '../named/memory.ts';
import { NO_RENAMING, type Renaming, rename } from '../named/rename.ts';
import { DomainPolicyItem } from './domain-policy.ts';

const DomainInForceItem = v.object({
  disabled: v.boolean(),
  generation: v.number(),
  switched: v.optional(v.number()),
  sessionAbsolute: DomainPolicyItem.entries.sessionAbsolute,
});
export type DomainInForce = v.InferOutput<typeof DomainInForceItem>;

/** Of the content of a bucket. */
export const domainIn = (content: Item, name: string): DomainInForce | undefined =>
  Object.hasOwn(content, name) ? parseItem(DomainInForceItem, content[name] as Item) : undefined;

export const inForceOf = ({
  disabled,
  generation,
  switched,
  sessionAbsolute,
}: DomainInForce): DomainInForce => ({ disabled, generation, switched, sessionAbsolute });

/** @param after - `undefined` for a domain that is deleted. */
export async function domainRenaming(
  directory: Table,
  inForce: InForce | undefined,
  { name, after }: { name: string; after: DomainInForce | undefined },
): Promise<Renaming> {
  if (!inForce) return { ...NO_RENAMING, writes: [nothingNamed(directory)] };
  const bucket = bucketOf(name, inForce);
  const { [name]: before, ...others } = await contentOfBucket(directory, inForce, bucket);
  // The content that says so already may be that of an edit which is being undone right now.
  if (after && isSame(before, inForceOf(after)))
    return { ...NO_RENAMING, writes: [stillNamed(directory, inForce, bucket)] };
  const content = after ? { ...others, [name]: inForceOf(after) } : others;
  const renaming = await rename(directory, inForce, { domains: { bucket, content } });
  // No room for it: it is left out, and so is read by itself.
  return renaming ?? mustRename(directory, inForce, { bucket, content: others });
}

/** That no other content has come in force; all manifests of a bucket change together. */
const stillNamed = (directory: Table, inForce: InForce, bucket: number): Write => ({
  table: directory,
  check: manifestKey(bucket, 0),
  when: asRead(inForce.manifests[bucket * inForce.shards]),
});

/** As content: what is `undefined` is not there. */
const isSame = (one: unknown, other: DomainInForce): boolean =>
  isDeepStrictEqual(one, JSON.parse(JSON.stringify(other)));

async function contentOfBucket(directory: Table, inForce: InForce, bucket: number) {
  const before = inForce.manifests[bucket * inForce.shards]?.domains;
  if (!before) return {};
  const [content = {}] = await readContent(directory, [before], copiesOfDomains(inForce));
  return content;
}

async function mustRename(
  directory: Table,
  inForce: InForce,
  domains: { bucket: number; content: Item },
): Promise<Renaming> {
  const renaming = await rename(directory, inForce, { domains });
  if (!renaming) throw new Error('the domains of a bucket do not fit, though they did before');
  return renaming;
}
