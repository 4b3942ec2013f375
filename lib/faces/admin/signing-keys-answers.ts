/**
 * What the admin API answers about the signing keys; as in answers.ts.
 *
 * Units: times are epoch seconds.
 *
 * @module
 */
import * as v from 'valibot';
import { ALGORITHMS } from '../../tokens/key-set.ts';
import { PARTS } from '../../tokens/part.ts';

const Time = v.pipe(v.number(), v.integer());

export const SigningKeys = v.strictObject({
  items: v.array(
    v.strictObject({
      kid: v.string(),
      algorithm: v.picklist(ALGORITHMS),
      part: v.picklist(PARTS),
      signsFrom: Time,
      /** Seconds since then. */
      age: v.optional(Time),
      /** Known once another has its place. */
      verifiesUntil: v.optional(Time),
    }),
  ),
  /** Those that were there then are being taken away. */
  withdrawnAt: v.optional(Time),
});
