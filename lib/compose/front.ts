/**
 * Wiring of `front`: it needs no more than its own name, and whom to tell of a hole.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */
import { readConfig } from '../config.ts';
import type { FrontServices } from '../faces/pages/front/routes.ts';
import { now } from './collaborators.ts';
import { STRENGTH_FILE } from './strength-file.ts';

export const composeFront = (): FrontServices & { consoleUrl: string } => ({
  ...readConfig(process.env, ['issuer', 'securityContact', 'consoleUrl']),
  strengthFile: STRENGTH_FILE,
  now,
});
