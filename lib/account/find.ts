/**
 * A caller's own account.
 *
 * @module
 */

import type { Table } from '../aws/table.ts';
import { readUser, type User } from '../store/directory/users.ts';
import type { Caller } from '../verdict/judge.ts';

/** @returns `undefined` for a caller who is no user. */
export const findAccount = (directory: Table, { subject }: Caller): Promise<User | undefined> =>
  readUser(directory, subject.id);
