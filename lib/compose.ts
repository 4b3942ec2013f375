/**
 * Wiring: the real collaborators of each function, built once a cold start from its environment.
 * One builder a function, so that a bundle carries only what its function uses.
 *
 * Errors: ConfigError, at the start of the function and not at a user's request.
 *
 * @module
 */
import type { TrailServices } from './access/trail.ts';
import {
  checkLifetimes,
  ISSUING,
  now,
  tables,
  tokenServices,
  trailServices,
} from './compose/collaborators.ts';
import { type Config, readConfig } from './config.ts';
import { type Announce, announceLogout } from './oauth/announce-logout.ts';
import type { GuardServices } from './oauth/guard.ts';
import type { DomainTokenServices } from './oauth/issue-domain-token.ts';
import type { SessionServices } from './oauth/open-session.ts';
import type { TokenServices } from './oauth/present.ts';
import { connectQueue } from './queue/queue.ts';
import { publishKeys, readPublicKeys } from './store/public-keys.ts';
import type { Tables } from './store/snapshot.ts';
import { connect, type Table } from './store/table.ts';
import { connectSecrets, keyring } from './tokens/keyring.ts';
import type { Rotation } from './tokens/rotation.ts';

export function composeLogin(): SessionServices & { directory: Table; config: LoginConfig } {
  const config = readConfig(process.env, [
    ...ISSUING,
    'webitelTokenLifetime',
    'appmixerTokenLifetime',
    'faveoTokenLifetime',
    'faveoErrorsAs200',
    'revealUnknownUser',
    'cdrHost',
    'cdrUseProxy',
  ]);
  checkLifetimes(config, 'webitelTokenLifetime', 'appmixerTokenLifetime', 'faveoTokenLifetime');
  return {
    ...tables(config),
    keyring: keyring(connectSecrets(config.signingKeysSecret), now),
    place: config,
    now,
    config,
  };
}
export type LoginConfig = Pick<
  Config,
  | 'webitelTokenLifetime'
  | 'appmixerTokenLifetime'
  | 'faveoTokenLifetime'
  | 'faveoErrorsAs200'
  | 'revealUnknownUser'
  | 'cdrHost'
  | 'cdrUseProxy'
>;

/** Of `users`: it guards itself, and signs in those whom it has just made. */
export function composeUsers(): GuardServices &
  SessionServices & { trail: TrailServices; config: UsersConfig } {
  const config = readConfig(process.env, [
    ...ISSUING,
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

/** Webitel's administration: guards itself, and signs domain tokens. */
export function composeWebitel(): DomainTokenServices & {
  tokens: TokenServices;
  trail: TrailServices;
  config: CdrConfig;
} {
  const config = readConfig(process.env, [...ISSUING, 'cdrHost', 'cdrUseProxy', 'auditRetention']);
  const both = tables(config);
  return {
    tables: both,
    trail: trailServices(both, config),
    tokens: tokenServices(both.directory, config),
    keyring: keyring(connectSecrets(config.signingKeysSecret), now),
    place: config,
    maxTokenLifetime: config.maxTokenLifetime,
    config,
  };
}
type CdrConfig = Pick<Config, 'cdrHost' | 'cdrUseProxy'>;

/** Of `admin`: it reads and writes all that is managed, and signs nothing. */
export function composeAdmin(): AdminServices {
  const config = readConfig(process.env, [
    'directoryTable',
    'sessionsTable',
    'auditRetention',
    'logoutQueue',
  ]);
  const both = tables(config);
  const announce = announceLogout(connectQueue(config.logoutQueue));
  return { tables: both, now, trail: trailServices(both, config), announce };
}
export type AdminServices = {
  tables: Tables;
  now: () => number;
  trail: TrailServices;
  announce: Announce;
};

/** Whose pages may call, beside those of the clients. */
export const composeOrigins = (): { configured: readonly string[] } => ({
  configured: readConfig(process.env, ['allowedOrigins']).allowedOrigins,
});

export function composeDiscovery() {
  const config = readConfig(process.env, ['issuer', 'directoryTable', 'keyPropagation']);
  const directory: Table = { client: connect(), name: config.directoryTable };
  return { ...config, readPublicKeys: () => readPublicKeys(directory), now };
}

export const composeOpenApi = () => readConfig(process.env, ['issuer']);

export function composeRotation(): (version: string) => Rotation {
  const { directoryTable, signingKeysSecret, maxTokenLifetime, keyPropagation } = readConfig(
    process.env,
    ['directoryTable', 'signingKeysSecret', 'maxTokenLifetime', 'keyPropagation'],
  );
  const directory: Table = { client: connect(), name: directoryTable };
  const secret = connectSecrets(signingKeysSecret);
  return (version) => ({
    secret,
    version,
    times: { now: now(), propagation: keyPropagation, maxTokenLifetime },
    publish: (keys, madeAt) => publishKeys(directory, keys, madeAt),
    readPublished: () => readPublicKeys(directory),
  });
}
