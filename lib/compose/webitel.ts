/**
 * Wiring of Webitel's administration: it guards itself, and signs domain tokens.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */

import { connectSecrets } from '../aws/secret.ts';
import { readConfig } from '../config.ts';
import { keyring } from '../tokens/keyring.ts';
import { ISSUING, now, TRAILING, tables, tokenServices, trailServices } from './collaborators.ts';

export function composeWebitel() {
  const config = readConfig(process.env, [
    ...ISSUING,
    'impliedAccess',
    'cdrHost',
    'cdrUseProxy',
    ...TRAILING,
  ]);
  const both = tables(config);
  return {
    tables: both,
    trail: trailServices(both.sessions.client, config),
    tokens: tokenServices(both.directory, config),
    keyring: keyring(connectSecrets(config.signingKeysSecret), now),
    place: config,
    maxTokenLifetime: config.maxTokenLifetime,
    config,
  };
}
