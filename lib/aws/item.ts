/**
 * Stored items become our types here. An item that does not fit is a fault of ours (500), never a
 * default: a verdict on half an item would be a guess.
 *
 * @module
 */

import {
  type BaseIssue,
  type BaseSchema,
  type GenericSchema,
  getDotPath,
  type InferOutput,
  number,
  safeParse,
} from 'valibot';
import { Fault } from '../errors.ts';
import type { Instant, Seconds } from '../time.ts';
import type { Item } from './table.ts';

/** A stored time. Its unit is a matter of types alone: nothing is done for it at run time. */
export const InstantItem = number() as unknown as GenericSchema<number, Instant>;
/** A stored length of time, likewise. */
export const SecondsItem = number() as unknown as GenericSchema<number, Seconds>;

type Schema = BaseSchema<unknown, unknown, BaseIssue<unknown>>;

/** The message names the place, never the value: it goes to the log. */
export function parseItem<const S extends Schema>(schema: S, item: Item): InferOutput<S> {
  const { success, output, issues } = safeParse(schema, item, { abortEarly: true });
  if (success) return output;
  const place = getDotPath(issues[0]) ?? 'its top level';
  // A session's sort key goes on with the session's key.
  const [kind] = String(item['sk']).split('#', 1);
  throw new Fault(`stored item ${kind} is malformed at ${place}`);
}
