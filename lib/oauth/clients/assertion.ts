/**
 * private_key_jwt: a client proves itself by a JWT that it signed with a key of its own, once.
 *
 * Its audience is this issuer or the token endpoint, wherever it is presented.
 *
 * @module
 * @see OpenID Connect Core §9, RFC 7523 §3, RFC 7009 §2.1 (also where tokens are revoked)
 */

import type { Table } from '../../aws/table.ts';
import type { Client } from '../../store/directory/clients.ts';
import { useOnce } from '../../store/sessions/replays.ts';
import { after, type Instant, instant } from '../../time.ts';
import { type Jwk, keyIdOf, SKEW, verifyAssertion } from '../../tokens/client-assertion.ts';

/** Fetches the keys that a client publishes; anew where the `kid` is not among those held. */
type ClientKeys = (uri: string, kid: string | undefined) => Promise<readonly Jwk[]>;

export type AssertionServices = {
  sessions: Table;
  issuer: string;
  clientKeys: ClientKeys;
  /** Epoch seconds. */
  now: () => Instant;
};

const tokenEndpoint = (issuer: string): string => `${issuer}/oauth/token`;

/** @returns Why it proves nothing. */
export async function checkAssertion(
  { sessions, issuer, clientKeys, now }: AssertionServices,
  client: Client,
  assertion: string,
): Promise<string | undefined> {
  const { id, jwks, jwksUri } = client;
  const keys =
    jwks?.keys ?? (jwksUri === undefined ? [] : await clientKeys(jwksUri, keyIdOf(assertion)));
  const audiences = [issuer, tokenEndpoint(issuer)];
  const verified = verifyAssertion(assertion, { client: id, audiences, now: now() }, keys);
  if (verified.status === 'invalid') return verified.reason;
  // Last, so that nobody but the client can use up an id.
  const until = { expiresAt: after(instant(Math.ceil(verified.exp)), SKEW), now: now() };
  const first = await useOnce(sessions, [id, verified.jti], until);
  return first ? undefined : 'the assertion was used before';
}
