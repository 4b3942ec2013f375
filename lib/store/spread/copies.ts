/**
 * Copies of what belongs to one hot caller, so that no partition answers all its calls. The item itself is the
 * truth, and the one that is administered; a copy holds what a verdict reads of it, and a verdict reads one of
 * them at random.
 *
 * Item: { pk: the item's + "/" + number, sk: "copy#" + the item's, spread: { copies, since }, and what a verdict
 *       reads } beside it; and in the item itself `spread`, with `for` in a subject
 *
 * Whoever changes an item writes its copies in the same transaction, made here, under the condition that the
 * item is as it was read. A copy counts if, and only if, the manifest of the same request names its `since`
 * (named/manifest.ts): so one that a release has written around that does not know of copies never counts, nor
 * one of a restored table.
 *
 * @module
 * @see docs/adr/0042-spread-callers.md
 */
import * as v from 'valibot';
import type { Item, Key, Table } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';
import { refuse } from '../../errors.ts';

export const SpreadItem = v.object({
  /** Beside the item itself. */
  copies: v.number(),
  /** As the manifests had it when the copies were made. */
  since: v.string(),
});
export type Spread = v.InferOutput<typeof SpreadItem>;

/** With the item, the event and what else is in the transaction: 100. */
export const MOST_COPIES = 64;
const MOST_WRITES = 100;

/** The partition begins as the item's does, so whoever may write one may write the other. */
export const copyKey = ({ pk, sk }: Key, copy: number): Key => ({
  pk: `${pk}/${copy}`,
  sk: `copy#${sk}`,
});

/** Of an item, what a verdict reads: no more is in a copy. */
export const onlyOf = (entries: v.ObjectEntries, item: Item): Item =>
  Object.fromEntries(Object.keys(entries).map((name) => [name, item[name]]));

type Copied = { table: Table; key: Key };
type After = { spread: Spread | undefined; content: Item };

/** What goes with the write of the item. @param after - `undefined` where that is deleted. */
export function copyWrites(
  { table, key }: Copied,
  before: Spread | undefined,
  after?: After,
): Write[] {
  const kept = after?.spread?.copies ?? 0;
  const { copies = 0, since } = after?.spread ?? {};
  const puts = numbers(0, kept).map((copy) => ({
    table,
    put: { ...copyKey(key, copy), ...after?.content, spread: { copies, since } },
  }));
  const removals = numbers(kept, before?.copies ?? 0).map((copy) => ({
    table,
    remove: copyKey(key, copy),
  }));
  return [...puts, ...removals];
}

const numbers = (from: number, until: number): number[] =>
  Array.from({ length: Math.max(0, until - from) }, (_, index) => from + index);

/** @throws AuthError `conflict` for more than DynamoDB does at once: then nothing was written. */
export function requireOneTransaction(writes: readonly Write[]): readonly Write[] {
  if (writes.length > MOST_WRITES)
    throw refuse(
      'conflict',
      'too-much-at-once',
      'That is too much at once: change fewer roles, or lower the spread first.',
    );
  return writes;
}
