/**
 * How many copies there are of what a verdict reads of a key or a client, as the admin API takes it.
 *
 * @module
 */
import * as v from 'valibot';
import { MOST_COPIES } from '../../manage/spread/may-spread.ts';
import { Switch } from './schemas.ts';

const problem = `must be a whole number from 1 to ${MOST_COPIES}`;
/** 1 for none beside the thing itself. */
export const Copies = v.pipe(
  v.number(),
  v.safeInteger(problem),
  v.minValue(1, problem),
  v.maxValue(MOST_COPIES, problem),
);

export const KeyChange = v.strictObject({ ...Switch.entries, spread: v.optional(Copies) });
