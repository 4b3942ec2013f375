/**
 * What is told of the keys that sign tokens: which there were and are, by their ids. Never a key.
 *
 * @module
 */

import * as v from 'valibot';
import { DEPLOYMENT } from '../../store/events/event.ts';
import { isSame } from './change.ts';
import type { Happened } from './happened.ts';

export const ShownSigningKeys = v.strictObject({ published: v.optional(v.array(v.string())) });
type Ids = readonly string[];

/**
 * @param change - The ids of the keys whose public half was, and is, published; what is asked for by hand has
 *        no `after` yet.
 */
export const signingKeysChanged = (
  type: 'signing-keys.rotated' | 'signing-keys.rotation-requested' | 'signing-keys.withdrawn',
  { before, after }: { before: Ids; after?: Ids },
): Happened[] => {
  // A step of a rotation may be taken twice.
  if (after && isSame(before, after)) return [];
  return [
    {
      type,
      domain: DEPLOYMENT,
      subject: 'deployment',
      target: 'signing-keys',
      before: { published: before },
      ...(after && { after: { published: after } }),
    },
  ];
};
