/**
 * The public keys that a verifier may use now.
 *
 * Errors: any fault where what is published cannot be read.
 *
 * @module
 * @see RFC 7517 §5 (a JWK set)
 */

import * as v from 'valibot';
import type { Metrics } from '../../metrics.ts';
import type { Instant } from '../../time.ts';
import { jwks, PublicKeys } from '../../tokens/key-set.ts';

export type KeySetServices = {
  metrics: Metrics;
  readPublicKeys: () => Promise<unknown>;
  /** Epoch seconds. */
  now: () => Instant;
};

const DAY = 86_400;

/** Tells the metrics how old the youngest key is, since a rotation that does not come makes no sound. */
export async function keySet({ readPublicKeys, now, metrics }: KeySetServices) {
  const keys = v.parse(PublicKeys, (await readPublicKeys()) ?? []);
  const youngest = Math.max(...keys.map(({ signsFrom }) => signsFrom));
  if (keys.length > 0)
    metrics.set('SigningKeyDays', { function: 'discovery' }, Math.floor((now() - youngest) / DAY));
  metrics.write();
  return jwks(keys, now());
}
