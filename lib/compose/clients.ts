/**
 * Wiring of the endpoints to which OAuth clients prove who they are. Apart from the rest, since it
 * fetches the keys that clients publish, and no other function has any business with that.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */

import { connectSecrets } from '../aws/secret.ts';
import type { Tables } from '../aws/tables.ts';
import { type Config, readConfig } from '../config.ts';
import { toAuthError } from '../errors.ts';
import { fetchJwks } from '../http/fetch-jwks.ts';
import { logFault } from '../log.ts';
import { gatherMetrics } from '../metrics.ts';
import type { ClientServices } from '../oauth/clients/authenticate.ts';
import type { InspectionServices } from '../oauth/inspect/inspection.ts';
import type { RevocationServices } from '../oauth/logout/revoke.ts';
import type { TokenEndpointServices } from '../oauth/token/issue.ts';
import { elapsed } from '../time.ts';
import { clientKeyCache } from '../tokens/client-keys.ts';
import { keyring } from '../tokens/keyring.ts';
import {
  checkLifetimes,
  ISSUING,
  now,
  TRAILING,
  tables,
  tokenServices,
  trailServices,
} from './collaborators.ts';

/** What they all read. */
const CLIENTS = [
  'issuer',
  'directoryTable',
  'sessionsTable',
  'allowRequestsToLoopback',
  'impliedAccess',
] as const;

function clientServices(
  { directory, sessions, impliedAccess = false }: Tables,
  { issuer, allowRequestsToLoopback }: Pick<Config, 'issuer' | 'allowRequestsToLoopback'>,
): ClientServices {
  const options = { allowLoopback: allowRequestsToLoopback };
  const onFailure = (error: unknown) =>
    logFault(toAuthError(error), { about: 'the keys that a client publishes' });
  const clientKeys = clientKeyCache((uri) => fetchJwks(uri, options), { now, onFailure });
  return { directory, sessions, impliedAccess, issuer, clientKeys, now };
}

export function composeToken(): TokenEndpointServices {
  const config = readConfig(process.env, [
    ...ISSUING,
    ...CLIENTS,
    ...TRAILING,
    'machineTokenEvents',
    'accessTokenLifetime',
    'idTokenLifetime',
    'refreshTokenLifetime',
    'browserSessionLifetime',
  ]);
  checkLifetimes(config, 'accessTokenLifetime', 'idTokenLifetime');
  const { accessTokenLifetime, idTokenLifetime } = config;
  const { refreshTokenLifetime, browserSessionLifetime } = config;
  const both = tables(config);
  return {
    ...clientServices(both, config),
    trail: trailServices(both.sessions.client, config),
    machineTokenEvents: config.machineTokenEvents,
    seen: new Map(),
    keyring: keyring(connectSecrets(config.signingKeysSecret), now),
    place: config,
    metrics: gatherMetrics(config.metricNamespace, elapsed()),
    accessTokenLifetime,
    idTokenLifetime,
    refreshTokenLifetime,
    browserSessionLifetime,
  };
}

/** Of whoever proves a token, and then reads the session that it names; clients prove who they are. */
export function composeInspection(): InspectionServices {
  return inspection(readConfig(process.env, [...CLIENTS, 'audience']));
}

/** Of whoever ends a session, and leaves an event of it. */
export function composeRevocation(): RevocationServices {
  const config = readConfig(process.env, [...CLIENTS, ...TRAILING, 'audience']);
  const services = inspection(config);
  return { ...services, trail: trailServices(services.tables.sessions.client, config) };
}

function inspection(
  config: Pick<Config, (typeof CLIENTS)[number] | 'audience'>,
): InspectionServices {
  const both = tables(config);
  return {
    tables: both,
    tokens: tokenServices(both.directory, config),
    clients: clientServices(both, config),
  };
}
