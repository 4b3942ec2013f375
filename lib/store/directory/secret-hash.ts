/**
 * A secret as it is stored: never itself. Two may live at once, so that one is replaced without a gap.
 *
 * Units: `until` is epoch seconds; `hash` is hexadecimal SHA-256.
 *
 * @module
 */

import * as v from 'valibot';
import { InstantItem } from '../../aws/item.ts';

export const SecretHashItem = v.object({ hash: v.string(), until: v.optional(InstantItem) });
export type SecretHash = v.InferOutput<typeof SecretHashItem>;
