/**
 * Gives the names of a user of before the spelling of today (store/directory/login-name.ts), so that lists have
 * the user where others look. Nobody hears of it: whom the names lead to stays the same.
 *
 * Errors: the store's; where somebody else has such a name, or changes the user at this moment, all stays.
 *
 * @module
 */
import { isDeepStrictEqual } from 'node:util';
import type { Table } from '../../aws/table.ts';
import { normaliseLoginName } from '../../store/directory/login-name.ts';
import { saveUser, type User } from '../../store/directory/users.ts';

/** @returns The user as stored now. */
export async function respell(directory: Table, before: User): Promise<User> {
  const names = [...new Set(before.names.map((name) => normaliseLoginName(name) ?? name))];
  if (isDeepStrictEqual(names, before.names)) return before;
  const saved = await saveUser(directory, { before, after: { ...before, names } });
  return saved.status === 'ok' ? { ...before, names, version: before.version + 1 } : before;
}
