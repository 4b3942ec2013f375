/**
 * Wiring of the pages of people without a session. They sign nothing and open no session.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */
import { readConfig } from '../config.ts';
import type { RecoveryServices } from '../faces/pages/recovery/routes.ts';
import { mailQueue, now, TRAILING, tables, trailServices } from './collaborators.ts';

export function composeRecovery(): RecoveryServices {
  const { issuer, defaultDomain, brandDomain, ...names } = readConfig(process.env, [
    'issuer',
    'directoryTable',
    'sessionsTable',
    'mailQueue',
    'defaultDomain',
    'brandDomain',
    ...TRAILING,
  ]);
  const both = tables(names);
  return {
    tables: both,
    issuer,
    defaultDomain,
    brandDomain,
    queue: mailQueue(names),
    now,
    trail: trailServices(both.sessions.client, names),
  };
}
