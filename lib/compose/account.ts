/**
 * Wiring of the pages of one's own account. They sign no token and verify none: a browser's sign-in is all that
 * they know people by.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */
import { readConfig } from '../config.ts';
import type { AccountServices } from '../faces/pages/account/visit.ts';
import { mailQueue, now, TRAILING, tables, trailServices } from './collaborators.ts';

export function composeAccount(): AccountServices {
  const config = readConfig(process.env, [
    'issuer',
    'directoryTable',
    'sessionsTable',
    'mailQueue',
    'brandDomain',
    ...TRAILING,
  ]);
  const both = tables(config);
  return {
    tables: both,
    issuer: config.issuer,
    brandDomain: config.brandDomain,
    now,
    trail: trailServices(both.sessions.client, config),
    mail: { queue: mailQueue(config) },
  };
}
