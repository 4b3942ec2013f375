/**
 * Which client authenticates: an id and a secret against the directory.
 *
 * An unknown id takes the same read and a comparison like a wrong secret, so the time of an answer
 * does not tell which it was; the two must not differ in what the caller is told either.
 *
 * Units: now is epoch seconds.
 *
 * @module
 * @see RFC 6749 §2.3 (client authentication)
 */
import { type Client, readClient } from '../store/clients.ts';
import { type Domain, readDomain } from '../store/domains.ts';
import type { Table } from '../store/table.ts';
import { isClientId } from './client-id.ts';
import { isOneOf } from './secret.ts';

export type ClientCredentials = { id: string; secret: string };
export type AuthenticatedClient =
  | { status: 'ok'; client: Client; domain: Domain }
  | { status: 'unknown_client' }
  | { status: 'wrong_secret' }
  /** The secret was right, but the client or its domain is switched off. */
  | { status: 'disabled' };

/** Too short to be registered. */
const NOBODY = '-';
/** A hash that no secret is known to match. */
const DECOY = [{ hash: '0'.repeat(64) }];

export async function authenticateClient(
  directory: Table,
  { id, secret }: ClientCredentials,
  now: number,
): Promise<AuthenticatedClient> {
  const client = await readClient(directory, isClientId(id) ? id : NOBODY);
  const matches = isOneOf(client?.secrets ?? DECOY, secret, now);
  if (!client) return { status: 'unknown_client' };
  if (!matches) return { status: 'wrong_secret' };

  const domain = await readDomain(directory, client.domain);
  if (client.disabled || !domain || domain.disabled) return { status: 'disabled' };
  return { status: 'ok', client, domain };
}
