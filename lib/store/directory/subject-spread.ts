/**
 * The spread of a subject: as many copies as whichever of its keys wants most, or a client itself. Who wants how
 * many is kept in the subject, so that none is lost when another is lowered.
 *
 * @module
 */
import { get, type Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { readInForce } from '../named/manifest.ts';
import { asRead, type SubjectSpread, subjectCopies, subjectKey } from './subjects.ts';

/** Who wants copies, and how many of them; of 1, which is the item itself, there are none. */
export type Wish = { by: string; copies: number };

/** @returns `undefined` where nothing is named, so that no copy would count. */
export const readSince = async (directory: Table): Promise<string | undefined> =>
  (await readInForce(directory))?.manifests[0]?.since;

/**
 * Of before the manifests said another `since`, nothing is kept: nobody's copies are good for anything.
 *
 * @param since - Left out where fewer are wanted: those of the others stay what they are.
 */
export function wished(
  before: SubjectSpread | undefined,
  { by, copies }: Wish,
  since = before?.since,
): SubjectSpread | undefined {
  const { [by]: _, ...others } = before && before.since === since ? before.for : {};
  const all = copies > 1 ? { ...others, [by]: copies } : others;
  const most = Math.max(1, ...Object.values(all));
  return since === undefined || most === 1 ? undefined : { copies: most, since, for: all };
}

/** @param since - As for `wished`. @returns `false` where there is no such subject. */
export const spreadSubject = (
  directory: Table,
  id: string,
  wish: Wish,
  since?: string,
): Promise<boolean> => respread(directory, id, (before) => wished(before, wish, since));

/** For one that is to be deleted. */
export const unspreadSubject = (directory: Table, id: string): Promise<boolean> =>
  respread(directory, id, () => undefined);

const respread = (
  directory: Table,
  id: string,
  next: (before: SubjectSpread | undefined) => SubjectSpread | undefined,
): Promise<boolean> =>
  untilUncontested('a subject is being spread', async () => {
    const before = await get(directory, subjectKey(id));
    if (!before) return false;
    const had = before['spread'] as SubjectSpread | undefined;
    const spread = next(had);
    if (!had && !spread) return true;
    const version = Number(before['version'] ?? 0) + 1;
    const writes: Write[] = [
      { table: directory, put: { ...before, spread, version }, when: asRead(before) },
      ...subjectCopies(directory, id, had, { ...before, spread }),
    ];
    return (await transact(writes)).includes(true) ? CONTESTED : true;
  });
