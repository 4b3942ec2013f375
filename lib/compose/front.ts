/**
 * Wiring of `front`: it needs no more than its own name, whose brand its pages have, and whom to tell of a
 * hole.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */
import { connect } from '../aws/table.ts';
import { readConfig } from '../config.ts';
import type { FrontServices } from '../faces/pages/front/routes.ts';
import { now } from './collaborators.ts';
import { STRENGTH_FILE } from './strength-file.ts';

export function composeFront(): FrontServices & { consoleUrl: string } {
  const { directoryTable, ...rest } = readConfig(process.env, [
    'issuer',
    'securityContact',
    'consoleUrl',
    'directoryTable',
    'brandDomain',
  ]);
  const directory = { client: connect(), name: directoryTable };
  return { ...rest, tables: { directory }, strengthFile: STRENGTH_FILE, now };
}
