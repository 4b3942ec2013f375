/**
 * The logs of the service: one a function, and what API Gateway writes of its calls.
 *
 * @module
 */
import { Failure } from '../commands/failure.ts';
import { FUNCTIONS } from '../stage/names.ts';
import type { Log, Logs } from './asked.ts';

export const EVERY_LOG: readonly Log[] = [...FUNCTIONS, 'access'];

/** Those of functions that a stage may be without (infra/api.yml). */
const OPTIONAL: readonly Log[] = ['console', 'export'];

/** @returns Logs that were asked for, are not there, and should be. */
const lackingOf = (logs: Pick<Logs, 'missing'>): readonly Log[] =>
  logs.missing().filter((log) => !OPTIONAL.includes(log));

/** @throws Failure: nothing found is no answer where nothing was looked at. */
export function requireLooked(logs: Pick<Logs, 'missing'>): void {
  const lacking = lackingOf(logs);
  if (lacking.length > 0)
    throw new Failure(`not found out: there is no log group of ${lacking.join(', ')}`);
}
