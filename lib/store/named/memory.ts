/**
 * What an instance has read of named content, for as long as it lives: an entry is good for a call if, and
 * only if, the manifest that this call has read names it. There is no time in it and no order.
 *
 * It belongs to a table as it is reached: a restored one has another name.
 *
 * @module
 */
import { batchGet, type Item, type Table } from '../../aws/table.ts';
import { Fault } from '../../errors.ts';
import { type Content, contentKey, type Named, unpack } from './content.ts';
import type { Spread } from './manifest.ts';

/**
 * Characters of JSON, four bytes each once parsed; then what was used longest ago goes. 2,000 roles of 200
 * resources are 28 million.
 */
const MOST = 32_000_000;
/** DynamoDB reads at most so many items in one request. */
const BATCH = 100;

type Kept = { content: Content; size: number };
export type Memory = {
  /** How the manifests were spread when one was read last: where to look for one, and no more. */
  spread: Spread | undefined;
  /** The version of the registry when it was read last and nothing was named. */
  unnamed: number | undefined;
  recall: (name: string) => Content | undefined;
  /** @throws Fault where it is not there: it was named, so it must be. */
  keep: (name: string, item: Item | undefined) => Content;
};
/** What one call knows. */
export type Known = Pick<Memory, 'recall' | 'keep'>;
export type Recall = Memory['recall'];

const memories = new WeakMap<Table['client'], Map<string, Memory>>();

export function memoryOf({ client, name }: Table): Memory {
  const ofClient = memories.get(client) ?? new Map<string, Memory>();
  memories.set(client, ofClient);
  const memory = ofClient.get(name) ?? emptyMemory();
  ofClient.set(name, memory);
  return memory;
}

function emptyMemory(): Memory {
  /** By use, the longest ago first. */
  const kept = new Map<string, Kept>();
  let size = 0;

  const touch = (name: string, one: Kept) => {
    kept.delete(name);
    kept.set(name, one);
  };
  const forgetOld = () => {
    for (const [name, one] of kept) {
      if (size <= MOST || kept.size === 1) return;
      kept.delete(name);
      size -= one.size;
    }
  };
  return {
    spread: undefined,
    unnamed: undefined,
    recall(name) {
      const one = kept.get(name);
      if (one) touch(name, one);
      return one?.content;
    },
    keep(name, item) {
      if (!item) throw new Fault('content that is in force is missing');
      const known = kept.get(name);
      if (known) return known.content;
      const one = unpack(name, item);
      kept.set(name, one);
      size += one.size;
      forgetOld();
      return one.content;
    },
  };
}

/** Until the call ends nothing of it is forgotten, or one that needs more than there is room for never would. */
export function holding(memory: Memory): Known {
  const held = new Map<string, Content>();
  const hold = (name: string, content: Content): Content => {
    held.set(name, content);
    return content;
  };
  return {
    recall(name) {
      const content = held.get(name) ?? memory.recall(name);
      return content && hold(name, content);
    },
    keep: (name, item) => hold(name, memory.keep(name, item)),
  };
}

/** Any of its copies: all are alike. */
export const someCopy = ({ name, copies }: Named) =>
  contentKey(name, Math.floor(Math.random() * copies));

/** What is named, from memory or read now, in the order asked for. @param copies - Of each. */
export async function readContent(
  directory: Table,
  names: readonly string[],
  copies: number,
): Promise<Content[]> {
  const memory = memoryOf(directory);
  const found = new Map<string, Content>();
  const missing = new Set<string>();
  for (const name of names) {
    const content = memory.recall(name);
    if (content) found.set(name, content);
    else missing.add(name);
  }
  const unread = [...missing];
  for (let start = 0; start < unread.length; start += BATCH) {
    const batch = unread.slice(start, start + BATCH);
    const wanted = batch.map((name) => ({ table: directory, key: someCopy({ name, copies }) }));
    for (const [index, item] of (await batchGet(wanted)).entries()) {
      const name = batch[index] ?? '';
      found.set(name, memory.keep(name, item));
    }
  }
  return names.map((name) => found.get(name) ?? {});
}
