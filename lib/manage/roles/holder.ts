/**
 * What holds a role: that keeps it from being deleted, and its name from being used again.
 *
 * Units: now is epoch seconds.
 *
 * @module
 */

import type { Tables } from '../../aws/tables.ts';
import { isHeld } from '../../store/directory/holders.ts';
import { readSettings } from '../../store/directory/settings.ts';
import type { Instant } from '../../time.ts';

/** @returns Whom to name; `undefined` if it is free. NOT checked: roles that inherit from it. */
export async function holderOf(
  tables: Tables,
  role: string,
  now: Instant,
): Promise<string | undefined> {
  if (await isHeld(tables, role, now)) return 'somebody';
  const { userCreateScope = [] } = await readSettings(tables.directory);
  return userCreateScope.includes(role) ? 'the setting userCreateScope' : undefined;
}
