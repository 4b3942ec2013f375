/**
 * The public keys that a verifier may use now.
 *
 * Errors: any fault where what is published cannot be read.
 *
 * @module
 * @see RFC 7517 §5 (a JWK set)
 */

import * as v from 'valibot';
import type { Instant } from '../../time.ts';
import { jwks, PublicKeys } from '../../tokens/key-set.ts';

export type KeySetServices = {
  readPublicKeys: () => Promise<unknown>;
  /** Epoch seconds. */
  now: () => Instant;
};

export const keySet = async ({ readPublicKeys, now }: KeySetServices) =>
  jwks(v.parse(PublicKeys, (await readPublicKeys()) ?? []), now());
