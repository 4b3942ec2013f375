/**
 * What of the items that all callers share is read most: the manifest, or where nothing is named the registry,
 * each of which every verdict reads.
 *
 * @module
 * @see docs/scaling.md
 */
import type { Key, Table } from '../../aws/table.ts';
import { REGISTRY } from '../directory/resources.ts';
import { isManifest } from '../named/manifest.ts';
import { memoryOf } from '../named/memory.ts';

/**
 * @returns The part of such reads that one item takes: of the manifests of a bucket each is read as often as
 *          the others. All calls may be of one domain, and so of one bucket. 0 for any other item.
 */
export const busiestShare =
  (directory: Table) =>
  (key: Key): number => {
    if (isManifest(key)) return 1 / (memoryOf(directory).spread?.shards ?? 1);
    return key.pk === REGISTRY.pk ? 1 : 0;
  };
