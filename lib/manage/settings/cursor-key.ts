/**
 * The key that seals the cursors of the admin API: random, made by the first who needs it and the same
 * for all from then on.
 *
 * @module
 */

import type { Table } from '../../aws/table.ts';
import { randomSecret } from '../../crypto.ts';
import { unavailable } from '../../errors.ts';
import { readSettings, saveSettings } from '../../store/directory/settings.ts';

const TRIES = 5;

/** @returns Reads it once an instance; a failure is not remembered. */
export function cursorKeySource(directory: Table): () => Promise<string> {
  let known: string | undefined;
  return async () => {
    known ??= await cursorKey(directory);
    return known;
  };
}

async function cursorKey(directory: Table): Promise<string> {
  for (let tries = 0; tries < TRIES; tries++) {
    const before = await readSettings(directory);
    if (before.cursorKey !== undefined) return before.cursorKey;
    const cursorKey = randomSecret();
    if (await saveSettings(directory, before, { ...before, cursorKey })) return cursorKey;
  }
  throw unavailable('settings are being edited by too many at once');
}
