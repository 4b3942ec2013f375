/**
 * What holds a role: that keeps it from being deleted, and its name from being used again.
 *
 * Units: now is epoch seconds.
 *
 * @module
 */
import { isHeld } from '../store/holders.ts';
import { readSettings } from '../store/settings.ts';
import type { Tables } from '../store/snapshot.ts';

/** @returns Whom to name; `undefined` if it is free. NOT checked: roles that inherit from it. */
export async function holderOf(
  tables: Tables,
  role: string,
  now: number,
): Promise<string | undefined> {
  if (await isHeld(tables, role, now)) return 'somebody';
  const { userCreateScope = [] } = await readSettings(tables.directory);
  return userCreateScope.includes(role) ? 'the setting userCreateScope' : undefined;
}
