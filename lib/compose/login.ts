/**
 * Wiring of `login`: it checks passwords and opens sessions.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */

import { connectSecrets } from '../aws/secret.ts';
import { readConfig } from '../config.ts';
import { keyring } from '../tokens/keyring.ts';
import { checkLifetimes, ISSUING, now, TRAILING, tables, trailServices } from './collaborators.ts';

export function composeLogin() {
  const config = readConfig(process.env, [
    ...ISSUING,
    ...TRAILING,
    'webitelTokenLifetime',
    'appmixerTokenLifetime',
    'faveoTokenLifetime',
    'faveoErrorsAs200',
    'revealUnknownUser',
    'cdrHost',
    'cdrUseProxy',
  ]);
  checkLifetimes(config, 'webitelTokenLifetime', 'appmixerTokenLifetime', 'faveoTokenLifetime');
  const both = tables(config);
  return {
    ...both,
    trail: trailServices(both.sessions.client, config),
    keyring: keyring(connectSecrets(config.signingKeysSecret), now),
    place: config,
    now,
    config,
  };
}
