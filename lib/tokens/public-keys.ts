/**
 * The published keys, held in memory by a verifier: no network while they are fresh.
 *
 * They are read again when a token names a key not held (at most once a minute, so that nobody can
 * make us read by inventing names) and when the copy is five minutes old (so that a key withdrawn
 * after a theft is refused soon, and not when the instance happens to end).
 *
 * Errors: those of `fetch`. An unknown key is an answer, not an error.
 *
 * @module
 */

import * as v from 'valibot';
import { type VerifyingKey, verifyingKey } from '../crypto.ts';
import type { Instant } from '../time.ts';
import { isAlive, type PublicKey, PublicKeys } from './key-set.ts';

const REFETCH_SECONDS = 60;
const MAX_AGE_SECONDS = 300;

export type PublicKeyCache = {
  find: (kid: string, alg: string) => Promise<VerifyingKey | undefined>;
  /** The first read, by somebody who reads other things with it; nothing, where there has been one. */
  readFirst: (fetch: () => Promise<unknown>) => Promise<void>;
};

/**
 * @param fetch - Reads the set as published; `undefined` where nothing has been published yet.
 * @param now - Epoch seconds.
 */
export function publicKeyCache(fetch: () => Promise<unknown>, now: () => Instant): PublicKeyCache {
  let held = new Map<string, PublicKey & { ready: VerifyingKey }>();
  let triedAt = Number.NEGATIVE_INFINITY;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  const read = async (from: () => Promise<unknown>) => {
    triedAt = now();
    const keys = v.parse(PublicKeys, (await from()) ?? []);
    held = new Map(keys.map((key) => [key.kid, { ...key, ready: verifyingKey(key.jwk) }]));
    readAt = now();
  };
  const refresh = (from = fetch) => {
    reading ??= read(from).finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const lookUp = (kid: string, alg: string) => {
    const key = held.get(kid);
    return key && key.alg === alg && isAlive(key, now()) ? key.ready : undefined;
  };

  return {
    async readFirst(from) {
      if (triedAt === Number.NEGATIVE_INFINITY) await refresh(from);
    },
    async find(kid, alg) {
      if (now() - readAt >= MAX_AGE_SECONDS) await refresh();
      const key = lookUp(kid, alg);
      // A read under way is waited for, or the first token of a new key would be refused.
      if (key || (!reading && now() - triedAt < REFETCH_SECONDS)) return key;
      await refresh();
      return lookUp(kid, alg);
    },
  };
}
