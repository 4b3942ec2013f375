/**
 * Wiring: the real collaborators of each function, built once a cold start from its environment.
 * One builder a function, so that a bundle carries only what its function uses.
 *
 * Errors: ConfigError, at the start of the function and not at a user's request.
 *
 * @module
 */
import type { TrailServices } from './access/trail.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import type { GuardServices } from './oauth/guard.ts';
import type { DomainTokenServices } from './oauth/issue-domain-token.ts';
import type { SessionServices } from './oauth/open-session.ts';
import type { TokenServices } from './oauth/present.ts';
import type { TokenEndpointServices } from './oauth/token.ts';
import { publishKeys, readPublicKeys } from './store/public-keys.ts';
import type { Tables } from './store/snapshot.ts';
import { connect, type Table } from './store/table.ts';
import type { TokenPlace } from './tokens/access-token.ts';
import { connectSecrets, keyring } from './tokens/keyring.ts';
import { publicKeyCache } from './tokens/public-keys.ts';
import type { Rotation } from './tokens/rotation.ts';

const now = (): number => Math.floor(Date.now() / 1000);

function tables({
  directoryTable,
  sessionsTable,
}: Pick<Config, 'directoryTable' | 'sessionsTable'>): Tables {
  const client = connect();
  return {
    directory: { client, name: directoryTable },
    sessions: { client, name: sessionsTable },
  };
}

const tokenServices = (directory: Table, { issuer, audience }: TokenPlace): TokenServices => ({
  keys: publicKeyCache(() => readPublicKeys(directory), now),
  place: { issuer, audience },
  now,
});

/** What whoever opens sessions reads. */
const ISSUING = [
  'issuer',
  'audience',
  'directoryTable',
  'sessionsTable',
  'signingKeysSecret',
  'maxTokenLifetime',
] as const;

type Lifetime = `${'webitel' | 'appmixer' | 'faveo' | 'access'}TokenLifetime`;

/** A key that is retired could not be dropped while such a token lives. */
function checkLifetimes<K extends Lifetime>(
  config: Pick<Config, K | 'maxTokenLifetime'>,
  ...names: K[]
): void {
  for (const name of names) {
    const variable = name.replace(/[A-Z]/g, '_$&').toUpperCase();
    if (config[name] > config.maxTokenLifetime)
      throw new ConfigError(`${variable} must not exceed MAX_TOKEN_LIFETIME`);
  }
}

const trailServices = (
  { sessions }: Tables,
  { auditRetention }: Pick<Config, 'auditRetention'>,
): TrailServices => ({ sessions, retention: auditRetention, milliseconds: () => Date.now() });

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

export function composeToken(): TokenEndpointServices {
  const config = readConfig(process.env, [...ISSUING, 'accessTokenLifetime']);
  checkLifetimes(config, 'accessTokenLifetime');
  return {
    ...tables(config),
    keyring: keyring(connectSecrets(config.signingKeysSecret), now),
    place: config,
    now,
    accessTokenLifetime: config.accessTokenLifetime,
  };
}

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
  const config = readConfig(process.env, ['directoryTable', 'sessionsTable', 'auditRetention']);
  const both = tables(config);
  return { tables: both, now, trail: trailServices(both, config) };
}
export type AdminServices = { tables: Tables; now: () => number; trail: TrailServices };

/** Of `verify` and `logout` alike: both prove a token, then read or end the session it names. */
export function composeVerifier(): { tables: Tables; tokens: TokenServices } {
  const config = readConfig(process.env, ['issuer', 'audience', 'directoryTable', 'sessionsTable']);
  const both = tables(config);
  return { tables: both, tokens: tokenServices(both.directory, config) };
}

export function composeDiscovery() {
  const config = readConfig(process.env, ['issuer', 'directoryTable', 'keyPropagation']);
  const directory: Table = { client: connect(), name: config.directoryTable };
  return { ...config, readPublicKeys: () => readPublicKeys(directory), now };
}

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
