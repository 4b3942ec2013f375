/** A subject or a domain that is switched off or on, past all rules: the live rule's change, and no more. */

import { get, type Key, put, type Table } from '../../../lib/aws/table.ts';
import { afterSwitch } from '../../../lib/store/directory/revocation.ts';

type Stored = Key & { disabled: boolean; generation: number; switched?: number; version: number };

/** @returns Whether the item exists. */
export async function setDisabled(directory: Table, key: Key, disabled: boolean): Promise<boolean> {
  const before = (await get(directory, key)) as Stored | undefined;
  if (!before) return false;
  const after = { ...afterSwitch(before, { ...before, disabled }), version: before.version + 1 };
  const unchanged = { expression: 'version = :read', values: { ':read': before.version } };
  return (await put(directory, after, unchanged)) || setDisabled(directory, key, disabled);
}
