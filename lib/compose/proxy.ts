/**
 * Which proxy may say where a request comes from.
 *
 * Errors: ConfigError, at the start of the function: one without a secret would believe everybody.
 *
 * @module
 */
import { ConfigError, readConfig } from '../config.ts';
import type { TrustedProxy } from '../http/source-address.ts';

export function composeProxy(): TrustedProxy | undefined {
  const { trustedProxy: source, proxySecret: secret } = readConfig(process.env, [
    'trustedProxy',
    'proxySecret',
  ]);
  if (source && secret === '')
    throw new ConfigError('PROXY_SECRET is missing, which TRUSTED_PROXY needs');
  return source && { secret, source };
}
