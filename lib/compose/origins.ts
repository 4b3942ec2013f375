/**
 * Whose pages may call from a browser, beside those of the clients.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */
import { readConfig } from '../config.ts';

export const composeOrigins = (): { configured: readonly string[] } => ({
  configured: readConfig(process.env, ['allowedOrigins']).allowedOrigins,
});
