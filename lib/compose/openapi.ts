/**
 * Wiring of `openapi`: it needs no more than its own name.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */
import { readConfig } from '../config.ts';

export const composeOpenApi = () => readConfig(process.env, ['issuer']);
