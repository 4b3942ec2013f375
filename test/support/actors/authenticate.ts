/** Who signs in by a name and a password, without counters. */

import type { Table } from '../../../lib/aws/table.ts';
import { type Authenticated, authenticateUser, NOBODY } from '../../../lib/sign-in/authenticate.ts';
import { normaliseLoginName } from '../../../lib/store/directory/login-name.ts';
import { findUserId } from '../../../lib/store/directory/login-owners.ts';

export async function authenticate(
  directory: Table,
  { username, password }: { username: string; password: string },
): Promise<Authenticated> {
  const name = normaliseLoginName(username) ?? NOBODY;
  return authenticateUser(directory, await findUserId(directory, name), password);
}
