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
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { randomSecret } from '../../crypto.ts';
import type { Trail } from '../../events/trail.ts';
import { traceOf } from '../../manage/settings/lifecycle.ts';
import { readSettings, saveSettings } from '../../store/directory/settings.ts';

export async function applicationKey(
  directory: Table,
  administrator: Administrator,
  trail: Trail,
): Promise<string> {
  requireAll(administrator);
  return untilUncontested('settings are being edited', async () => {
    const before = await readSettings(directory);
    if (before.faveoApiKey !== undefined) return before.faveoApiKey;
    const faveoApiKey = randomSecret();
    const after = { ...before, faveoApiKey };
    const also = traceOf(trail, before, after);
    return (await saveSettings(directory, before, after, also)) ? faveoApiKey : CONTESTED;
  });
}
