/**
 * What is asked of the logs, whoever keeps them: lines of some functions, in a span of time, whose members
 * have these values; or how many there are by the values of one member.
 *
 * Values are names and ids of ours, in which nothing of a query language is: checked here, since they come
 * from a person's command line.
 *
 * Units:  `from` and `to` are epoch seconds; a line's `at` is epoch milliseconds.
 *
 * @module
 */
import { Misuse } from '../commands/failure.ts';

/** A function's name, or `access`: what API Gateway itself writes of the service's calls. */
export type Log = string;
export type Condition = { members: readonly string[]; values: readonly string[] };
export type Asked = {
  logs: readonly Log[];
  /** All of them hold; of each one member has one of the values. */
  where: readonly Condition[];
  from: number;
  to: number;
  limit: number;
};
export type Line = { at: number; log: Log; members: Readonly<Record<string, unknown>> };
export type Counted = { value: string; lines: number };
export type Logs = {
  find: (asked: Asked) => Promise<Line[]>;
  count: (asked: Asked, by: string) => Promise<Counted[]>;
  /** Logs that were asked for and are not there. */
  missing: () => readonly Log[];
};

/** `~` is in the key of a grant's session. */
const VALUE = /^[A-Za-z0-9_.:/=@+~-]{1,256}$/;

export function anyOf(members: readonly string[], ...values: readonly string[]): Condition {
  for (const value of values)
    if (!VALUE.test(value))
      throw new Misuse('an id has letters, digits and - _ . : / = @ + ~ only');
  return { members, values };
}

const UNIT: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400 };

/** @returns Seconds. */
export function spanOption(text: string, option = 'since'): number {
  const [, count = '', unit = ''] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  const span = Number(count) * (UNIT[unit] ?? 0);
  if (span === 0) throw new Misuse(`--${option} must be such as 30m, 24h or 90d`);
  return span;
}
