/**
 * How far the export has come.
 *
 * Item: { pk: "export", sk: "head", hour, sha256, announced?, key? } in the events table: the last hour that was
 *       exported, and the SHA-256 of its file, in hexadecimal; empty for the hour before the first one.
 *       `announced`: that of the file of the hour after it, from before it is put. `key`: the id of the KMS key
 *       that signs, by which it is found again where it has outlived its stack (bin/stage)
 *
 * @module
 */
import * as v from 'valibot';
import { parseItem } from '../../aws/item.ts';
import { get, type Key, put, type Table } from '../../aws/table.ts';

const HeadItem = v.object({
  hour: v.string(),
  sha256: v.string(),
  announced: v.optional(v.string()),
  key: v.optional(v.string()),
});
export type ExportHead = v.InferOutput<typeof HeadItem>;

export const EXPORT_HEAD: Key = { pk: 'export', sk: 'head' };

export async function readExportHead(events: Table): Promise<ExportHead | undefined> {
  const item = await get(events, EXPORT_HEAD);
  return item && parseItem(HeadItem, item);
}

/** @returns `false` where somebody else has moved it meanwhile. */
export const moveExportHead = (
  events: Table,
  from: ExportHead | undefined,
  to: ExportHead,
): Promise<boolean> =>
  put(
    events,
    { ...EXPORT_HEAD, ...to },
    from
      ? {
          expression: '#hour = :hour AND sha256 = :sha256',
          names: { '#hour': 'hour' },
          values: { ':hour': from.hour, ':sha256': from.sha256 },
        }
      : { expression: 'attribute_not_exists(pk)' },
  );
