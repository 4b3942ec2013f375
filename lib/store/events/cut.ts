/**
 * An event that is larger than can be kept and told loses what is largest of it, and says so: the change
 * itself goes on. 128 KB is well below an item (400 KB), and below what a queue and a bus take (256 KB).
 *
 * @module
 */
const MOST = 128 * 1024;
/** What a member is cut to, where it is a text. */
const TEXT = 1024;

type Cuttable = {
  before?: Record<string, unknown> | undefined;
  after?: Record<string, unknown> | undefined;
  detail?: Record<string, unknown> | undefined;
};
const PARTS = ['before', 'after', 'detail'] as const;

/** In bytes, as JSON. */
const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');

/** @returns It with `cut`, the paths of what was left out or shortened, the largest first. */
export function cutToFit<T extends Cuttable>(event: T): T & { cut?: string[] } {
  if (sizeOf(event) <= MOST) return event;
  const smaller: T = { ...event };
  const cut: string[] = [];
  const members = PARTS.flatMap((part) =>
    Object.entries(event[part] ?? {}).map(([name, value]) => ({ part, name, size: sizeOf(value) })),
  ).sort((left, right) => right.size - left.size);
  for (const { part, name } of members) {
    if (sizeOf(smaller) <= MOST) break;
    const { [name]: value, ...rest } = smaller[part] ?? {};
    const short =
      typeof value === 'string' && value.length > TEXT ? { [name]: shortened(value) } : {};
    smaller[part] = { ...rest, ...short };
    cut.push(`${part}.${name}`);
  }
  return { ...smaller, cut };
}

/** Not between the two halves of a character. */
const shortened = (text: string): string => text.slice(0, TEXT).toWellFormed();
