/**
 * Who signs in: a name and a password against the directory.
 *
 * An unknown name takes the same reads and the same hash as a wrong password, so the time of an
 * answer does not tell which it was; whether its text does is the caller's decision.
 *
 * @module
 */

import type { Table } from '../aws/table.ts';
import { toAuthError } from '../errors.ts';
import { logFault, sayBesides } from '../log.ts';
import { replacePasswordHash } from '../store/directory/password-hash.ts';
import { readUser, type User } from '../store/directory/users.ts';
import { type Membership, readMembership } from '../store/reads/membership.ts';
import { checkPassword, hashPassword } from './password.ts';

export type SignedIn = Extract<Authenticated, { status: 'ok' }>;
export type Refusal = Exclude<Authenticated['status'], 'ok'>;
export type Authenticated =
  | {
      status: 'ok';
      subject: User;
      domain: NonNullable<Membership['domain']>;
      roles: Membership['roles'];
    }
  | { status: 'unknown_user'; subject?: never }
  | { status: 'wrong_password'; subject: User }
  /** The password was right, but the user or the domain may not sign in. */
  | { status: 'disabled'; subject: User }
  /** The password was right, but opens nothing before there is another one. */
  | { status: 'must_change'; subject: User; domain: NonNullable<Membership['domain']> };

/** In capitals, which neither a normalised name nor a user id has. */
export const NOBODY = 'NOBODY';

/** @param id - Whose the name is; `undefined` for a name of nobody, which takes as long. */
export async function authenticateUser(
  directory: Table,
  id: string | undefined,
  password: string,
): Promise<Authenticated> {
  const user = await readUser(directory, id ?? NOBODY);
  const begun = performance.now();
  const { matches, needsRehash } = await checkPassword(password, user?.passwordHash);
  sayBesides({ hashMilliseconds: Math.ceil(performance.now() - begun) });
  if (!user) return { status: 'unknown_user' };
  if (!matches) return { status: 'wrong_password', subject: user };

  const { domain, roles } = await readMembership(directory, user);
  if (user.disabled || !domain || domain.disabled) return { status: 'disabled', subject: user };
  if (user.mustChangePassword) return { status: 'must_change', subject: user, domain };
  if (needsRehash) await rehash(directory, user, password);
  return { status: 'ok', subject: user, domain, roles };
}

/** A right password is right, even when its better hash cannot be kept this time. */
async function rehash(directory: Table, user: User, password: string): Promise<void> {
  try {
    await replacePasswordHash(directory, user, await hashPassword(password));
  } catch (error) {
    logFault(toAuthError(error), { rule: 'rehash' });
  }
}
