/**
 * The settings that `root` changes while the service runs.
 *
 * Errors: `insufficient_scope`, `precondition_failed`, `invalid_request` for a role that is not there.
 *
 * @module
 */

import { requireRoles } from '../../authority/grant.ts';
import { type Administrator, requireAll, requireRoot } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { settingsChanged } from '../../events/kinds/deployment.ts';
import { requireSeen, type Terms, type Trail, UNTRACKED } from '../../events/trail.ts';
import { readSettings, type Settings, saveSettings } from '../../store/directory/settings.ts';
import type { Seconds } from '../../time.ts';

/** What is `undefined` stays as it is; `null` is as deployed. */
export type SettingsChange = {
  userCreateScope?: string[] | null | undefined;
  faveoApiKeyMandatory?: boolean | undefined;
  keyLifetime?: Seconds | null | undefined;
  maxKeyLifetime?: Seconds | null | undefined;
};

export async function findSettings(
  directory: Table,
  administrator: Administrator,
): Promise<Settings> {
  requireAll(administrator);
  return readSettings(directory);
}

export async function changeSettings(
  directory: Table,
  administrator: Administrator,
  { change, ...terms }: { change: SettingsChange } & Terms<Settings>,
): Promise<Settings> {
  requireRoot(administrator);
  const { trail = UNTRACKED } = terms;
  return untilUncontested('settings are being edited', async () => {
    const before = await findSettings(directory, administrator);
    requireSeen(terms, before);
    const { userCreateScope: roles } = change;
    await requireRoles(directory, administrator.caller, roles ?? [], 'userCreateScope');
    const after = changed(before, change);
    const also = traceOf(trail, before, after);
    return (await saveSettings(directory, before, after, also)) ? after : CONTESTED;
  });
}

/** The writes that record it. */
export const traceOf = (trail: Trail, before: Settings, after: Settings): readonly Write[] =>
  trail(settingsChanged(before, after));

function changed(before: Settings, change: SettingsChange): Settings {
  const { faveoApiKeyMandatory = before.faveoApiKeyMandatory } = change;
  const kept = <T>(old: T | undefined, wanted: T | null | undefined) =>
    wanted === undefined ? old : (wanted ?? undefined);
  return {
    ...before,
    userCreateScope: kept(before.userCreateScope, change.userCreateScope),
    keyLifetime: kept(before.keyLifetime, change.keyLifetime),
    maxKeyLifetime: kept(before.maxKeyLifetime, change.maxKeyLifetime),
    faveoApiKeyMandatory,
    version: before.version + 1,
  };
}
