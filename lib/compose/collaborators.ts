/**
 * What the wiring of several functions has in common: tables, clock and keys.
 *
 * @module
 */
import type { Config } from '../config.ts';
import type { TokenServices } from '../oauth/present.ts';
import { readPublicKeys } from '../store/public-keys.ts';
import type { Tables } from '../store/snapshot.ts';
import { connect, type Table } from '../store/table.ts';
import type { TokenPlace } from '../tokens/access-token.ts';
import { type PublicKeyCache, publicKeyCache } from '../tokens/public-keys.ts';

export const now = (): number => Math.floor(Date.now() / 1000);

export function tables({
  directoryTable,
  sessionsTable,
}: Pick<Config, 'directoryTable' | 'sessionsTable'>): Tables {
  const client = connect();
  return {
    directory: { client, name: directoryTable },
    sessions: { client, name: sessionsTable },
  };
}

export const publishedKeys = (directory: Table): PublicKeyCache =>
  publicKeyCache(() => readPublicKeys(directory), now);

export const tokenServices = (
  directory: Table,
  { issuer, audience }: TokenPlace,
): TokenServices => ({
  keys: publishedKeys(directory),
  place: { issuer, audience },
  now,
});
