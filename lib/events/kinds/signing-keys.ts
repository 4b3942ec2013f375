/**
 * What is told of the keys that sign tokens: which there were and are, by their ids. Never a key.
 *
 * @module
 */
import * as v from 'valibot';
import { DEPLOYMENT } from '../../store/events/event.ts';
import type { Happened } from './happened.ts';

export const ShownSigningKeys = v.strictObject({ published: v.optional(v.array(v.string())) });
type Ids = readonly string[];

/** @param change - The ids of the keys whose public half was, and is, published. */
export const signingKeysChanged = (
  type: 'signing-keys.rotated' | 'signing-keys.withdrawn',
  { before, after }: { before: Ids; after: Ids },
): Happened[] => [
  {
    type,
    domain: DEPLOYMENT,
    subject: 'deployment',
    target: 'signing-keys',
    before: { published: before },
    after: { published: after },
  },
];
