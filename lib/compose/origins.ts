/**
 * Whose pages may call from a browser, beside those of the clients: the configured ones, and the console
 * where the function is told of it.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */
import { readConfig } from '../config.ts';

export function composeOrigins(): { configured: readonly string[] } {
  const { allowedOrigins, consoleUrl } = readConfig(process.env, ['allowedOrigins', 'consoleUrl']);
  return { configured: consoleUrl ? [...allowedOrigins, consoleUrl] : allowedOrigins };
}
