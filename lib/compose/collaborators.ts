/**
 * What the wiring of several functions has in common: tables, clock, keys, and checks on settings.
 *
 * Errors: ConfigError.
 *
 * @module
 */

import { connectQueue, type Queue } from '../aws/queue.ts';
import { connect, type Table } from '../aws/table.ts';
import type { Tables } from '../aws/tables.ts';
import { type Config, ConfigError } from '../config.ts';
import type { TrailServices } from '../events/trail.ts';
import type { TokenServices } from '../guard/prove.ts';
import type { Product } from '../products.ts';
import { readPublicKeys } from '../store/directory/public-keys.ts';
import { epochMilliseconds, type Instant, secondOf } from '../time.ts';
import type { TokenPlace } from '../tokens/access-token.ts';
import { type PublicKeyCache, publicKeyCache } from '../tokens/public-keys.ts';

export const now = (): Instant => secondOf(epochMilliseconds(Date.now()));

export function tables({
  directoryTable,
  sessionsTable,
  impliedAccess = false,
}: Pick<Config, 'directoryTable' | 'sessionsTable'> &
  Partial<Pick<Config, 'impliedAccess'>>): Tables {
  const client = connect();
  return {
    directory: { client, name: directoryTable },
    sessions: { client, name: sessionsTable },
    impliedAccess,
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

/** What whoever opens sessions reads. */
export const ISSUING = [
  'issuer',
  'audience',
  'directoryTable',
  'sessionsTable',
  'signingKeysSecret',
  'maxTokenLifetime',
] as const;

export type Lifetime = `${Product | 'access' | 'id'}TokenLifetime`;

/** A key that is retired could not be dropped while such a token lives. */
export function checkLifetimes<K extends Lifetime>(
  config: Pick<Config, K | 'maxTokenLifetime'>,
  ...names: K[]
): void {
  for (const name of names) {
    const variable = name.replace(/[A-Z]/g, '_$&').toUpperCase();
    if (config[name] > config.maxTokenLifetime)
      throw new ConfigError(`${variable} must not exceed MAX_TOKEN_LIFETIME`);
  }
}

/** What whoever leaves a trace reads. */
export const TRAILING = ['eventsTable', 'auditRetention', 'metricNamespace'] as const;

export const trailServices = (
  client: Table['client'],
  { eventsTable, auditRetention, metricNamespace }: Pick<Config, (typeof TRAILING)[number]>,
): TrailServices => ({
  events: { client, name: eventsTable },
  retention: auditRetention,
  metricNamespace,
  milliseconds: () => epochMilliseconds(Date.now()),
});

/** @returns `undefined` where the stage sends no mail. */
export const mailQueue = ({ mailQueue }: Pick<Config, 'mailQueue'>): Queue | undefined =>
  mailQueue === '' ? undefined : connectQueue(mailQueue);
