/**
 * The signing keys, as whoever signs gets them: out of the secret that holds them, by way of a copy in
 * memory.
 *
 * Errors: `temporarily_unavailable` when Secrets Manager does not answer and no usable copy is held.
 *
 * @module
 */

import { readVersion, type Secret } from '../aws/secret.ts';
import { unavailable } from '../errors.ts';
import { writeLine } from '../log-line.ts';
import type { Instant } from '../time.ts';
import {
  type Algorithm,
  currentKey,
  parseSigningKeys,
  SIGNER_MAX_STALENESS,
  type SigningKey,
} from './key-set.ts';

/** A cached set is read anew after this long, well inside the propagation time of a new key. */
const CACHE_SECONDS = 300;
/** While Secrets Manager is down, one try in this many seconds is enough. */
const RETRY_SECONDS = 5;

export type Keyring = {
  signingKey: (alg: Algorithm) => Promise<SigningKey>;
  /**
   * A new instance's first read, begun while whoever asks for a token is still looked up. It fails nobody; if
   * Lambda freezes the instance meanwhile, since they were refused, the SDK tries it again afterwards.
   */
  prepare: () => void;
};

/**
 * Hands out the key that signs now, from a copy in memory.
 *
 * @param now - Epoch seconds.
 */
export function keyring(secret: Secret, now: () => Instant): Keyring {
  let held: { keys: SigningKey[]; readAt: number } | undefined;
  let reading: Promise<void> | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;

  const read = async () => {
    const value = await readVersion(secret, { stage: 'AWSCURRENT' });
    if (value === undefined) throw unavailable('the secret has no current version yet');
    held = { keys: parseSigningKeys(value), readAt: now() };
  };
  /** One read at a time, however many requests wait for it. */
  const refresh = async () => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    try {
      await reading;
    } catch (error) {
      failedAt = now();
      if (!held || now() - held.readAt > SIGNER_MAX_STALENESS) throw error;
      const reason = (error as Error).name;
      writeLine({ level: 'error', code: 'signing_keys_stale', reason });
    }
  };

  return {
    prepare() {
      if (held || reading || now() - failedAt < RETRY_SECONDS) return;
      refresh().catch(() => undefined);
    },
    async signingKey(alg) {
      const fresh = held && now() - held.readAt <= CACHE_SECONDS;
      const waiting =
        held && now() - failedAt < RETRY_SECONDS && now() - held.readAt <= SIGNER_MAX_STALENESS;
      if (!fresh && !waiting) await refresh();
      const key = currentKey(held?.keys ?? [], alg, now());
      if (!key) {
        held = undefined;
        throw unavailable(`the key set holds no ${alg} key: has the secret been rotated once?`);
      }
      return key;
    },
  };
}
