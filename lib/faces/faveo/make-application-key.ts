/**
 * The application's key for administrators: shown as it is, and made for the first who asks, which
 * leaves a trace. It belongs to the whole deployment, so letters for own objects give nothing of it.
 *
 * Errors: `insufficient_scope`.
 *
 * @module
 */

import { type Administrator, requireAll } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import { randomSecret } from '../../crypto.ts';
import { unavailable } from '../../errors.ts';
import type { Trail } from '../../events/trail.ts';
import { traceOf } from '../../manage/settings/lifecycle.ts';
import { readSettings, saveSettings } from '../../store/directory/settings.ts';

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
    const faveoApiKey = randomSecret();
    const after = { ...before, faveoApiKey };
    const also = traceOf(trail, before, after);
    if (await saveSettings(directory, before, after, also)) return faveoApiKey;
  }
  throw unavailable('settings are being edited by too many at once');
}
