/**
 * Fetches a key set from the URL that a client has registered, within the limits of outgoing.ts.
 *
 * Errors: an Error whose text says why, for our log.
 *
 * @module
 * @see RFC 7517 §5 (the set), OpenID Connect Core §10.1.1 (jwks_uri)
 */
import { Fault } from '../errors.ts';
import { call } from './outgoing.ts';

const LIMITS = { milliseconds: 3000, bytes: 65_536 };

/** @returns The JSON that is there, not looked into. */
export async function fetchJwks(
  uri: string,
  { allowLoopback }: { allowLoopback: boolean },
): Promise<unknown> {
  const headers = { accept: 'application/jwk-set+json, application/json' };
  const { status, body } = await call(
    uri,
    { method: 'GET', headers },
    { ...LIMITS, allowLoopback },
  );
  if (status !== 200) throw new Fault('an answer other than 200');
  try {
    return JSON.parse(body);
  } catch {
    throw new Fault('an answer that is not JSON');
  }
}
