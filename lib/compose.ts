/**
 * Wiring: the real collaborators of each function, built once a cold start from its environment.
 * One builder a function, so that a bundle carries only what its function uses.
 *
 * Errors: ConfigError, at the start of the function and not at a user's request.
 *
 * @module
 */
import { type Config, ConfigError, readConfig } from './config.ts';
import type { SessionServices } from './oauth/open-session.ts';
import type { TokenServices } from './oauth/present.ts';
import { publishKeys, readPublicKeys } from './store/public-keys.ts';
import type { Tables } from './store/standing.ts';
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

export function composeLogin(): SessionServices & { directory: Table; config: LoginConfig } {
  const config = readConfig(process.env, [
    'issuer',
    'audience',
    'directoryTable',
    'sessionsTable',
    'signingKeysSecret',
    'maxTokenLifetime',
    'webitelTokenLifetime',
    'revealUnknownUser',
    'cdrHost',
    'cdrUseProxy',
  ]);
  if (config.webitelTokenLifetime > config.maxTokenLifetime)
    throw new ConfigError('WEBITEL_TOKEN_LIFETIME must not exceed MAX_TOKEN_LIFETIME');
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
  'webitelTokenLifetime' | 'revealUnknownUser' | 'cdrHost' | 'cdrUseProxy'
>;

/** Of `verify` and `logout` alike: both prove a token, then read or end the session it names. */
export function composeVerifier(): { tables: Tables; tokens: TokenServices } {
  const config = readConfig(process.env, ['issuer', 'audience', 'directoryTable', 'sessionsTable']);
  const both = tables(config);
  return { tables: both, tokens: tokenServices(both.directory, config) };
}

export function composeDiscovery() {
  const { issuer, directoryTable, keyPropagation } = readConfig(process.env, [
    'issuer',
    'directoryTable',
    'keyPropagation',
  ]);
  const directory: Table = { client: connect(), name: directoryTable };
  return { issuer, keyPropagation, readPublicKeys: () => readPublicKeys(directory), now };
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
