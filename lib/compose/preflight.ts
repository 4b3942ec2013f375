/**
 * Wiring of `preflight`: whose pages may call, and where our paths and the console begin. It reads no table.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */
import { readConfig } from '../config.ts';
import { composeOrigins } from './origins.ts';

export const composePreflight = () => ({
  origins: composeOrigins(),
  ...readConfig(process.env, ['consoleUrl', 'issuer']),
});
