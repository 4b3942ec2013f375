/**
 * Wiring of `admin`: it reads and writes all that is managed, and signs nothing.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */

import { connectQueue } from '../aws/queue.ts';
import { readConfig } from '../config.ts';
import { announceLogout } from '../events/announce-logout.ts';
import type { AdminServices } from '../faces/admin/endpoint.ts';
import { cursorKeySource } from '../manage/settings/cursor-key.ts';
import { now, TRAILING, tables, trailServices } from './collaborators.ts';

export function composeAdmin(): AdminServices {
  const config = readConfig(process.env, [
    'directoryTable',
    'sessionsTable',
    ...TRAILING,
    'logoutQueue',
    'impliedAccess',
  ]);
  const both = tables(config);
  const announce = announceLogout(connectQueue(config.logoutQueue));
  return {
    tables: both,
    now,
    trail: trailServices(both.sessions.client, config),
    announce,
    cursorKey: cursorKeySource(both.directory),
  };
}
