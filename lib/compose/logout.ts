/**
 * Wiring of the functions that sign a browser out and tell clients of it.
 *
 * Errors: ConfigError.
 *
 * @module
 */

import { connectQueue } from '../aws/queue.ts';
import { connectSecrets } from '../aws/secret.ts';
import { readConfig } from '../config.ts';
import type { SignoutServices } from '../faces/pages/sign-in/sign-out.ts';
import type { DeliverServices } from '../oauth/logout/backchannel.ts';
import type { SpreadServices } from '../oauth/logout/spread.ts';
import { keyring } from '../tokens/keyring.ts';
import { now, publishedKeys, TRAILING, tables, trailServices } from './collaborators.ts';

export function composeSignout(): SignoutServices {
  const config = readConfig(process.env, [
    'issuer',
    'directoryTable',
    'sessionsTable',
    'browserSessionLifetime',
    'brandDomain',
    ...TRAILING,
  ]);
  const both = tables(config);
  const { directory } = both;
  const { browserSessionLifetime, brandDomain } = config;
  return {
    tables: both,
    browserSessionLifetime,
    brandDomain,
    directory,
    issuer: config.issuer,
    keys: publishedKeys(directory),
    now,
    trail: trailServices(both.sessions.client, config),
  };
}

export function composeNotify(): SpreadServices & DeliverServices {
  const config = readConfig(process.env, [
    'issuer',
    'directoryTable',
    'sessionsTable',
    'signingKeysSecret',
    'logoutQueue',
    'allowRequestsToLoopback',
  ]);
  return {
    tables: tables(config),
    issuer: config.issuer,
    keyring: keyring(connectSecrets(config.signingKeysSecret), now),
    queue: connectQueue(config.logoutQueue),
    allowLoopback: config.allowRequestsToLoopback,
    now,
  };
}
