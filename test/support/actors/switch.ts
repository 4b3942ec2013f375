/** A subject or a domain that is switched off or on, past all rules: the live rule's change, and no more. */

import { get, type Key, put, type Table } from '../../../lib/aws/table.ts';
import { readDomain, saveDomain } from '../../../lib/store/directory/domains.ts';
import { afterSwitch } from '../../../lib/store/directory/revocation.ts';

type Stored = Key & {
  name?: string;
  disabled: boolean;
  generation: number;
  switched?: number;
  version: number;
};

/** @returns Whether the item exists. */
export async function setDisabled(directory: Table, key: Key, disabled: boolean): Promise<boolean> {
  const before = (await get(directory, key)) as Stored | undefined;
  if (!before) return false;
  if (key.sk === 'domain') return switchDomain(directory, before.name ?? '', disabled);
  const after = { ...afterSwitch(before, { ...before, disabled }), version: before.version + 1 };
  const unchanged = { expression: 'version = :read', values: { ':read': before.version } };
  return (await put(directory, after, unchanged)) || setDisabled(directory, key, disabled);
}

async function switchDomain(directory: Table, name: string, disabled: boolean): Promise<boolean> {
  const before = await readDomain(directory, name);
  if (!before) return false;
  const after = afterSwitch(before, { ...before, disabled });
  return (await saveDomain(directory, before, after)) || switchDomain(directory, name, disabled);
}
