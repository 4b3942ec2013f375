/**
 * Where the portal is that calls an API for people.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */
import { readConfig } from '../config.ts';

/** @returns The console's origin; empty where the stage has none. */
export const composePortal = (): string => readConfig(process.env, ['consoleUrl']).consoleUrl;
