/**
 * The application's key for `root`: shown as it is, and made for the first who asks, which leaves a trace.
 * It belongs to the whole deployment, so it is no tenant's administrator's to see or to make.
 *
 * Errors: `insufficient_scope`.
 *
 * @module
 */

import { type Administrator, requireRoot } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { randomSecret } from '../../crypto.ts';
import type { Trail } from '../../events/trail.ts';
import { type KeySetting, readSettings, saveSettings } from '../../store/directory/settings.ts';
import { traceOf } from './lifecycle.ts';

/** @param setting - In which it is kept. */
export async function applicationKey(
  directory: Table,
  administrator: Administrator,
  setting: KeySetting,
  trail: Trail,
): Promise<string> {
  requireRoot(administrator);
  return untilUncontested('settings are being edited', async () => {
    const before = await readSettings(directory);
    const known = before[setting];
    if (known !== undefined) return known;
    const made = randomSecret();
    const after = { ...before, [setting]: made };
    const also = traceOf(trail, before, after);
    return (await saveSettings(directory, before, after, also)) ? made : CONTESTED;
  });
}
