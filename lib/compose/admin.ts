/**
 * Wiring of `admin`: it guards itself, reads and writes all that is managed, and signs
 * nothing: of the secret it may ask for the rotation, and for nothing else.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */

import { connectMetrics } from '../aws/metric-store.ts';
import { askForRotation, connectSecrets } from '../aws/secret.ts';
import { readConfig } from '../config.ts';
import type { AdminServices } from '../faces/admin/endpoint.ts';
import { useRecorder } from '../guard/note-use.ts';
import { cursorKeySource } from '../manage/settings/cursor-key.ts';
import { mailQueue, now, TRAILING, tables, tokenServices, trailServices } from './collaborators.ts';

export function composeAdmin(): AdminServices {
  const config = readConfig(process.env, [
    'issuer',
    'audience',
    'directoryTable',
    'sessionsTable',
    ...TRAILING,
    'impliedAccess',
    'signingKeysSecret',
    'mailQueue',
  ]);
  const both = tables(config);
  const secret = connectSecrets(config.signingKeysSecret);
  return {
    tables: both,
    tokens: tokenServices(both.directory, config),
    recordUse: useRecorder(both.sessions, now),
    now,
    trail: trailServices(both.sessions.client, config),
    metrics: connectMetrics(config.metricNamespace),
    cursorKey: cursorKeySource(both.directory),
    queue: mailQueue(config),
    askForRotation: () => askForRotation(secret),
  };
}
