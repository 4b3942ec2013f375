/**
 * An administrator sets the password of the user who signs in with a name or an e-mail address.
 *
 * Errors: those of lifecycle.ts.
 *
 * @module
 */

import type { Administrator } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import type { Trail } from '../../events/trail.ts';
import { normaliseLoginName } from '../../store/directory/login-name.ts';
import { findUserId } from '../../store/directory/login-owners.ts';
import type { User } from '../../store/directory/users.ts';
import type { Instant } from '../../time.ts';
import { changeUser } from './lifecycle.ts';
import { noSuchUser } from './refusals.ts';

type Reset = { login: string; password: string; now: Instant; trail?: Trail | undefined };

/** @param now - Epoch seconds. */
export async function resetPassword(
  directory: Table,
  administrator: Administrator,
  { login, password, ...terms }: Reset,
): Promise<User> {
  const name = normaliseLoginName(login);
  const id = name && (await findUserId(directory, name));
  if (!id) throw noSuchUser();
  return changeUser(directory, administrator, id, { change: { password }, ...terms });
}
