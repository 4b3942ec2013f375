/**
 * The keys that clients publish, held in memory: fetched again when they are old, or when an assertion
 * names one that is not among them, but then at most once in a while, so that nobody can make us fetch
 * by inventing names.
 *
 * Errors: none: keys that cannot be fetched are none, and the client's assertion proves nothing; the
 *         reason goes to `onFailure`.
 *
 * @module
 * @see OpenID Connect Core §10.1.1 (rotation of keys by jwks_uri)
 */
import * as v from 'valibot';
import type { Jwk } from './client-assertion.ts';

const MAX_KEYS = 20;
const JwkSet = v.object({
  keys: v.pipe(v.array(v.record(v.string(), v.unknown())), v.maxLength(MAX_KEYS)),
});

const MAX_AGE_SECONDS = 300;
const REFETCH_SECONDS = 30;
/** Of different URIs; the oldest makes room. */
const MAX_HELD = 100;

type Held = { keys: readonly Jwk[]; at: number };

/** @param now - Epoch seconds. */
export function clientKeyCache(
  fetch: (uri: string) => Promise<unknown>,
  { now, onFailure }: { now: () => number; onFailure: (error: unknown) => void },
): (uri: string, kid: string | undefined) => Promise<readonly Jwk[]> {
  const held = new Map<string, Promise<Held>>();

  const read = async (uri: string): Promise<Held> => {
    try {
      return { keys: v.parse(JwkSet, await fetch(uri)).keys, at: now() };
    } catch (error) {
      onFailure(error);
      return { keys: [], at: now() };
    }
  };
  const refresh = (uri: string): Promise<Held> => {
    const reading = read(uri);
    held.delete(uri);
    held.set(uri, reading);
    const [oldest] = held.keys();
    if (held.size > MAX_HELD && oldest !== undefined) held.delete(oldest);
    return reading;
  };

  return async (uri, kid) => {
    const known = await (held.get(uri) ?? refresh(uri));
    const age = now() - known.at;
    const has = kid === undefined || known.keys.some((key) => key['kid'] === kid);
    const stale = age >= (has && known.keys.length > 0 ? MAX_AGE_SECONDS : REFETCH_SECONDS);
    return (stale ? await refresh(uri) : known).keys;
  };
}
