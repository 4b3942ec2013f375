/**
 * The numbers of each subject's events, as they come file by file: which of them are missing, and which come
 * twice. Where a subject begins is known of a user alone, whose id is nobody else's: in the file of its making
 * its numbers begin at 1. Of any other there may have been events before the export, also before it was made
 * again.
 *
 * Two readers' clocks may differ where an hour ends: a number that comes in the next file is not missing.
 *
 * @module
 */
import type { EventLine } from './export-file.ts';

/** `event`: has a number that another one has, too. Without it the number is missing. */
export type Gap = { file: string; subject: string; seq: number; event?: string };

type Subject = { next: number; missing: Map<number, string> };

export function sequences() {
  const subjects = new Map<string, Subject>();

  /** In which no number was missing before this file. */
  function takeOne(file: string, subject: string, { seq, id }: EventLine): Gap[] {
    const known = begun(subject, seq);
    if (seq < known.next)
      return known.missing.delete(seq) ? [] : [{ file, subject, seq, event: id }];
    for (let missed = known.next; missed < seq && known.missing.size < MOST; missed++)
      known.missing.set(missed, file);
    known.next = seq + 1;
    return [];
  }

  function begun(subject: string, next: number): Subject {
    const known = subjects.get(subject) ?? { next, missing: new Map() };
    subjects.set(subject, known);
    return known;
  }

  return {
    /** @returns What this file shows to be wrong at once. */
    take(file: string, events: readonly EventLine[]): Gap[] {
      const bySubject = Map.groupBy(events, ({ subject }) => subject);
      return [...bySubject].flatMap(([subject, theirs]) => {
        if (theirs.some(isBeginning)) begun(subject, 1);
        return theirs
          .toSorted((left, right) => left.seq - right.seq)
          .flatMap((event) => takeOne(file, subject, event));
      });
    },
    /** @returns What has not come to the end, each with the file in which it was missed. */
    left: (): Gap[] =>
      [...subjects].flatMap(([subject, { missing }]) =>
        [...missing].map(([seq, file]) => ({ file, subject, seq })),
      ),
  };
}

/** What was moved here was numbered after what had happened since. */
const isBeginning = ({ type, migrated }: EventLine): boolean =>
  type === 'user.created' && !migrated;

/** Of a subject: whoever puts in a number of their own does not make us count for ever. */
const MOST = 10_000;
