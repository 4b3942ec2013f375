/**
 * The key that seals the cursors of the admin API: random, made by the first who needs it and the same
 * for all from then on. That it is made is no event: no administrator does it, and it proves nobody.
 *
 * @module
 */

import type { Table } from '../../aws/table.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { randomSecret } from '../../crypto.ts';
import { readSettings, saveSettings } from '../../store/directory/settings.ts';

/** @returns Reads it once an instance; a failure is not remembered. */
export function cursorKeySource(directory: Table): () => Promise<string> {
  let known: string | undefined;
  return async () => {
    known ??= await cursorKey(directory);
    return known;
  };
}

const cursorKey = (directory: Table): Promise<string> =>
  untilUncontested('settings are being edited', async () => {
    const before = await readSettings(directory);
    if (before.cursorKey !== undefined) return before.cursorKey;
    const made = randomSecret();
    const isSaved = await saveSettings(directory, before, { ...before, cursorKey: made });
    return isSaved ? made : CONTESTED;
  });
