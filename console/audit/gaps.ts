/**
 * Numbers that are missing among the events of one subject: each has the number after the one before.
 *
 * @module
 */
import type { Event } from './types.ts';

/** `from` and `to`: the first and the last number that is missing. */
export type Gap = { subject: string; from: number; to: number };

/** @param events - As they come, without a filter that leaves out some of a subject's. */
export function gapsIn(events: readonly Pick<Event, 'subject' | 'seq'>[]): Gap[] {
  const subjects = [...new Set(events.map(({ subject }) => subject))];
  return subjects.flatMap((subject) => {
    const numbers = events
      .flatMap((event) => (event.subject === subject ? (event.seq ?? []) : []))
      .sort((one, other) => one - other);
    return numbers.flatMap((number, index) => {
      const next = numbers[index + 1];
      return next === undefined || next <= number + 1
        ? []
        : [{ subject, from: number + 1, to: next - 1 }];
    });
  });
}
