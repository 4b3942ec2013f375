/**
 * Wiring of `users`: it guards itself, and signs in those whom it has just made.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */

import { connectSecrets } from '../aws/secret.ts';
import { type Config, readConfig } from '../config.ts';
import type { TrailServices } from '../events/trail.ts';
import type { GuardServices } from '../guard/caller.ts';
import type { SessionServices } from '../sign-in/open-session.ts';
import { keyring } from '../tokens/keyring.ts';
import {
  checkLifetimes,
  ISSUING,
  now,
  tables,
  tokenServices,
  trailServices,
} from './collaborators.ts';

export function composeUsers(): GuardServices &
  SessionServices & { trail: TrailServices; config: UsersConfig } {
  const config = readConfig(process.env, [
    ...ISSUING,
    'impliedAccess',
    'appmixerTokenLifetime',
    'apiUserCreateScope',
    'defaultDomain',
    'auditRetention',
  ]);
  checkLifetimes(config, 'appmixerTokenLifetime');
  const both = tables(config);
  return {
    tables: both,
    tokens: tokenServices(both.directory, config),
    sessions: both.sessions,
    trail: trailServices(both, config),
    keyring: keyring(connectSecrets(config.signingKeysSecret), now),
    place: config,
    now,
    config,
  };
}
export type UsersConfig = Pick<
  Config,
  'appmixerTokenLifetime' | 'apiUserCreateScope' | 'defaultDomain'
>;
