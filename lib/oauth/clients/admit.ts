/**
 * Whether a client is who it says: by a secret, by a key of its own, or, for a public one, not at all.
 * Each client has one way, and no other is taken from it.
 *
 * An unknown id takes the same read and a comparison like a wrong secret, so the time of an answer
 * does not tell which it was; the two must not differ in what the caller is told either.
 *
 * Units: now is epoch seconds.
 *
 * @module
 * @see RFC 6749 §2.3 (client authentication), §2.1 (public clients)
 */

import { isClientId } from '../../store/directory/client-id.ts';
import type { Client } from '../../store/directory/clients.ts';
import type { Domain } from '../../store/directory/domains.ts';
import { isOneOf } from '../../verdict/secret.ts';

export type ClientProof =
  | { way: 'secret'; secret: string }
  /** @returns Why it is not proven. */
  | { way: 'private_key_jwt'; check: (client: Client) => Promise<string | undefined> }
  | { way: 'none' };
export type KnownClient = { client: Client; domain: Domain };
export type AuthenticatedClient =
  | ({ status: 'ok' } & KnownClient)
  | { status: 'unknown_client' }
  | { status: 'wrong_secret' }
  /** Not this client's way, or its key did not prove it. */
  | { status: 'unproven'; reason: string }
  /** It is who it says, but it or its domain is switched off. */
  | { status: 'disabled' };

/** Too short to be registered. */
const NOBODY = '-';
/** A hash that no secret is known to match. */
const DECOY = [{ hash: '0'.repeat(64) }];

/** What to look up for an id that may be anything. */
export const lookupId = (id: string): string => (isClientId(id) ? id : NOBODY);

/**
 * @param client - As read for the id that it gave.
 * @param domains - Asked only for a client that is who it says.
 */
export async function admitClient(
  client: Client | undefined,
  proof: ClientProof,
  { domains, now }: { domains: (name: string) => Promise<Domain | undefined>; now: number },
): Promise<AuthenticatedClient> {
  const matches = proof.way !== 'secret' || isOneOf(client?.secrets ?? DECOY, proof.secret, now);
  if (!client) return { status: 'unknown_client' };
  if (client.authentication !== proof.way)
    return { status: 'unproven', reason: `the client authenticates by ${client.authentication}` };
  if (!matches) return { status: 'wrong_secret' };
  const problem = proof.way === 'private_key_jwt' ? await proof.check(client) : undefined;
  if (problem !== undefined) return { status: 'unproven', reason: problem };

  const domain = await domains(client.domain);
  if (client.disabled || !domain || domain.disabled) return { status: 'disabled' };
  return { status: 'ok', client, domain };
}
