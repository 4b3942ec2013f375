/**
 * Wiring of `users`: it guards itself, and signs in those whom it has just made.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */

import { connectSecrets } from '../aws/secret.ts';
import { readConfig } from '../config.ts';
import { keyring } from '../tokens/keyring.ts';
import {
  checkLifetimes,
  ISSUING,
  mailQueue,
  now,
  TRAILING,
  tables,
  tokenServices,
  trailServices,
} from './collaborators.ts';

export function composeUsers() {
  const config = readConfig(process.env, [
    ...ISSUING,
    'impliedAccess',
    'appmixerTokenLifetime',
    'apiUserCreateScope',
    'defaultDomain',
    'mailQueue',
    ...TRAILING,
  ]);
  checkLifetimes(config, 'appmixerTokenLifetime');
  const both = tables(config);
  return {
    tables: both,
    tokens: tokenServices(both.directory, config),
    sessions: both.sessions,
    trail: trailServices(both.sessions.client, config),
    keyring: keyring(connectSecrets(config.signingKeysSecret), now),
    place: config,
    queue: mailQueue(config),
    now,
    config,
  };
}
