/**
 * The key by which an application may name itself when it signs users in. It grants nothing. Once an
 * administrator makes it mandatory, a sign-in without it is refused like one with a wrong one; while
 * there is none, every key is wrong.
 *
 * @module
 */
import { equalInConstantTime, randomSecret, sha256 } from '../crypto.ts';
import { unavailable } from '../errors.ts';
import { readSettings, type Settings, saveSettings } from '../store/settings.ts';
import type { Table } from '../store/table.ts';

const TRIES = 5;

export function acceptsApplication(
  { faveoApiKey, faveoApiKeyMandatory }: Settings,
  presented: string | undefined,
): boolean {
  if (presented === undefined) return !faveoApiKeyMandatory;
  // Digests, so that the time tells neither the key nor its length.
  const equal = equalInConstantTime(sha256(presented), sha256(faveoApiKey ?? ''));
  return faveoApiKey !== undefined && equal;
}

/** The key as it is; the first who asks makes it. */
export async function applicationKey(directory: Table): Promise<string> {
  for (let tries = 0; tries < TRIES; tries++) {
    const before = await readSettings(directory);
    if (before.faveoApiKey !== undefined) return before.faveoApiKey;
    const faveoApiKey = randomSecret();
    if (await saveSettings(directory, before, { ...before, faveoApiKey })) return faveoApiKey;
  }
  throw unavailable('settings are being edited by too many at once');
}
