/**
 * Wiring of `console`: where the service is that its pages call, and which stage they name.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */
import { readConfig } from '../config.ts';

export const composeConsole = () => readConfig(process.env, ['issuer', 'stage', 'stageColour']);
