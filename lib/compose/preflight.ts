/**
 * Wiring of `preflight`: whose pages may call, and where our paths begin. It reads no table.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */
import { readConfig } from '../config.ts';

export function composePreflight() {
  const { allowedOrigins: configured, issuer } = readConfig(process.env, [
    'allowedOrigins',
    'issuer',
  ]);
  return { origins: { configured }, issuer };
}
