/**
 * The application's key for `root`: shown as it is, and made for the first who asks, which leaves a trace.
 * It belongs to the whole deployment, so it is no tenant's administrator's to see or to make.
 *
 * A new one replaces it, and the one before works on until its overlap ends.
 *
 * Units:  overlap is seconds, now epoch seconds.
 * Errors: `insufficient_scope`, `invalid_request` for an overlap out of range.
 *
 * @module
 */

import { type Administrator, requireRoot } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { randomSecret } from '../../crypto.ts';
import { refuseField } from '../../errors.ts';
import type { Trail } from '../../events/trail.ts';
import type { ApplicationSettings } from '../../sign-in/from-application.ts';
import { type KeySetting, readSettings, saveSettings } from '../../store/directory/settings.ts';
import { after, type Instant, type Seconds } from '../../time.ts';
import { hashSecret } from '../../verdict/secret.ts';
import { traceOf } from './lifecycle.ts';

/** For whoever only looks. @returns `undefined` as long as nobody has asked for it. */
export async function knownApplicationKey(
  directory: Table,
  administrator: Administrator,
  setting: KeySetting,
): Promise<string | undefined> {
  requireRoot(administrator);
  return (await readSettings(directory))[setting];
}

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
    const changed = { ...before, [setting]: made };
    const also = traceOf(trail, before, changed);
    return (await saveSettings(directory, before, changed, also)) ? made : CONTESTED;
  });
}

/** Long enough to reach every installation of the application. */
export const MAX_OVERLAP = 2_592_000;

export async function renewApplicationKey(
  directory: Table,
  administrator: Administrator,
  { key, former }: ApplicationSettings,
  { overlap, now, trail }: { overlap: Seconds; now: Instant; trail: Trail },
): Promise<string> {
  requireRoot(administrator);
  if (!Number.isInteger(overlap) || overlap < 0 || overlap > MAX_OVERLAP)
    throw refuseField('overlap', 'overlap-out-of-range', `must be 0 to ${MAX_OVERLAP} seconds`);
  return untilUncontested('settings are being edited', async () => {
    const before = await readSettings(directory);
    const made = randomSecret();
    const known = before[key];
    const replaced = overlap > 0 && known !== undefined;
    const changed = {
      ...before,
      [key]: made,
      [former]: replaced ? { hash: hashSecret(known), until: after(now, overlap) } : undefined,
    };
    const also = traceOf(trail, before, changed);
    return (await saveSettings(directory, before, changed, also)) ? made : CONTESTED;
  });
}
