/**
 * The application's key for administrators: shown as it is, and made when `root` asks for it first,
 * which leaves a trace. It is one of the settings of the whole deployment, and guarded as they are.
 *
 * Errors: `insufficient_scope`, also while there is no key and the caller may not make it.
 *
 * @module
 */
import { randomSecret } from '../crypto.ts';
import { unavailable } from '../errors.ts';
import { readSettings, saveSettings } from '../store/settings.ts';
import type { Table } from '../store/table.ts';
import { traceOf } from './administer-settings.ts';
import { type Administrator, requireAll, requireRoot } from './reach.ts';
import type { Trail } from './trail.ts';

const TRIES = 5;

export async function applicationKey(
  directory: Table,
  administrator: Administrator,
  trail: Trail,
): Promise<string> {
  requireAll(administrator);
  for (let tries = 0; tries < TRIES; tries++) {
    const before = await readSettings(directory);
    if (before.faveoApiKey !== undefined) return before.faveoApiKey;
    requireRoot(administrator);
    const faveoApiKey = randomSecret();
    const after = { ...before, faveoApiKey };
    const also = traceOf(trail, before, after);
    if (await saveSettings(directory, before, after, also)) return faveoApiKey;
  }
  throw unavailable('settings are being edited by too many at once');
}
