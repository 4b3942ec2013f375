/**
 * The keys that clients publish, held in memory: fetched again when they are old, or when an assertion
 * names one that is not among them, but then at most once in a while, so that nobody can make us fetch
 * by inventing names.
 *
 * Errors: none: what cannot be fetched leaves the keys that are held until they are old; then there are
 *         none, and the client's assertion proves nothing. The reason goes to `onFailure`.
 *
 * @module
 * @see OpenID Connect Core §10.1.1 (rotation of keys by jwks_uri)
 */

import * as v from 'valibot';
import type { Instant } from '../time.ts';
import type { Jwk } from './client-assertion.ts';

const MAX_KEYS = 20;
const JwkSet = v.object({
  keys: v.pipe(v.array(v.record(v.string(), v.unknown())), v.maxLength(MAX_KEYS)),
});

const MAX_AGE_SECONDS = 300;
const REFETCH_SECONDS = 30;
/** Of different URIs; the oldest makes room. */
const MAX_HELD = 100;

/** `at`: when they were fetched; `triedAt`: when somebody last tried. */
type Held = { keys: readonly Jwk[]; at: number; triedAt: number };
const NONE: Held = { keys: [], at: Number.NEGATIVE_INFINITY, triedAt: Number.NEGATIVE_INFINITY };

/** @param now - Epoch seconds. */
export function clientKeyCache(
  fetch: (uri: string) => Promise<unknown>,
  { now, onFailure }: { now: () => Instant; onFailure: (error: unknown) => void },
): (uri: string, kid: string | undefined) => Promise<readonly Jwk[]> {
  const held = new Map<string, Promise<Held>>();

  const read = async (uri: string, before: Held): Promise<Held> => {
    try {
      const { keys } = v.parse(JwkSet, await fetch(uri));
      return { keys, at: now(), triedAt: now() };
    } catch (error) {
      onFailure(error);
      return { ...(isOld(before) ? NONE : before), triedAt: now() };
    }
  };
  const isOld = ({ at }: Held): boolean => now() - at >= MAX_AGE_SECONDS;
  const refresh = (uri: string, before = NONE): Promise<Held> => {
    const reading = read(uri, before);
    held.delete(uri);
    held.set(uri, reading);
    const [oldest] = held.keys();
    if (held.size > MAX_HELD && oldest !== undefined) held.delete(oldest);
    return reading;
  };

  return async (uri, kid) => {
    const known = await (held.get(uri) ?? refresh(uri));
    const has = kid === undefined || known.keys.some((key) => key['kid'] === kid);
    const wanted = isOld(known) || !has;
    const mayTry = now() - known.triedAt >= REFETCH_SECONDS;
    const current = wanted && mayTry ? await refresh(uri, known) : known;
    return isOld(current) ? [] : current.keys;
  };
}
