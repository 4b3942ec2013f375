/**
 * Content that is stored under the hash of itself, and never overwritten: whoever knows its name knows what
 * is in it, whenever and wherever it was read.
 *
 * Item: { pk: "content#" + name + "#" + copy, sk: "content", body, contentUntil? } in the directory table;
 *       `body` is JSON, deflated, and begins with a random text: what was taken away and is wanted back gets
 *       another name, so that what is on its way out never is in force again
 * Units: contentUntil is epoch seconds, and the table's TTL attribute: a day after it was replaced.
 * Errors: Fault for a body that is not what its name says.
 *
 * @module
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Item, type Key, put, type Table, update } from '../../aws/table.ts';
import { randomKey, sha256 } from '../../crypto.ts';
import { Fault, toAuthError } from '../../errors.ts';
import { logFault } from '../../log.ts';

export type Content = Readonly<Record<string, unknown>>;
/** `copies`: in how many items it lies, each of which is all of it. */
export type Named = { name: string; copies: number };
export type Packed = Named & { body: Uint8Array };

/** 192 bits: a manifest of all names stays within one read unit. */
const NAME_BYTES = 24;
/** Below the 400 KB of an item, its key and its name included. */
const MOST_BYTES = 390_000;
/** Longer than any call lasts, whatever it was told to read. */
const DAY = 86_400;
/** Requests under way at once. */
const SIDE_BY_SIDE = 16;

export const contentKey = (name: string, copy: number): Key => ({
  pk: `content#${name}#${copy}`,
  sk: 'content',
});

export function pack(content: Content, copies = 1): Packed {
  const body = deflateRawSync(JSON.stringify([randomKey(), content]));
  return { name: nameOf(body), copies, body };
}

export const isStorableContent = ({ body }: Pick<Packed, 'body'>): boolean =>
  body.length <= MOST_BYTES;

/** @returns Also how many characters of JSON it is. */
export function unpack(name: string, item: Item): { content: Content; size: number } {
  const body = item['body'] as Uint8Array;
  if (nameOf(body) !== name) throw new Fault('stored content is not what its name says');
  const text = inflateRawSync(body).toString();
  const [, content] = JSON.parse(text) as [string, Content];
  return { content, size: text.length };
}

/** What is made of content is made once: it is immutable, and so is what was made. */
export function onceEach<T extends object>(make: (content: Content) => T): (content: Content) => T {
  const made = new WeakMap<Content, T>();
  return (content) => {
    const known = made.get(content) ?? make(content);
    made.set(content, known);
    return known;
  };
}

const nameOf = (body: Uint8Array): string =>
  sha256(Buffer.from(body)).subarray(0, NAME_BYTES).toString('base64url');

/** In each of its copies; nobody knows of it yet. */
export const writeContent = (directory: Table, contents: readonly Packed[]): Promise<void> =>
  inTurns(eachCopy(contents), async ([{ name, body }, copy]) => {
    await put(directory, { ...contentKey(name, copy), body });
  });

/**
 * What nothing names any more, or never did. It costs room and nothing else, so that what fails here stays:
 * the edit is done, or has been refused for what it is.
 */
export async function retireContent(directory: Table, all: readonly Named[]): Promise<void> {
  const until = Math.floor(Date.now() / 1000) + DAY;
  try {
    await inTurns(eachCopy(all), ([{ name }, copy]) =>
      update(directory, contentKey(name, copy), {
        expression: 'contentUntil = :until',
        values: { ':until': until },
      }),
    );
  } catch (error) {
    logFault(toAuthError(error), { rule: 'retire-content' });
  }
}

const eachCopy = <T extends Named>(all: readonly T[]): [one: T, copy: number][] =>
  all.flatMap((one) => Array.from({ length: one.copies }, (_, copy): [T, number] => [one, copy]));

async function inTurns<T>(all: readonly T[], deal: (one: T) => Promise<void>): Promise<void> {
  const left = all.values();
  const work = async () => {
    for (const one of left) await deal(one);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
}
