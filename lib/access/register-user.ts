/**
 * Makes a user: one transaction that also claims every name the user signs in with.
 *
 * Errors: `invalid_request` naming the field. A name that is taken is an answer, not an error.
 *
 * @module
 */
import { randomUserId } from '../crypto.ts';
import { AuthError } from '../errors.ts';
import { firstGeneration } from '../store/revocation.ts';
import { createUser } from '../store/subjects.ts';
import type { Table } from '../store/table.ts';
import { normaliseLoginName } from './login-name.ts';
import { hashPassword, isUsablePassword } from './password.ts';

export type Registration = {
  username: string;
  email?: string;
  password: string;
  roles: string[];
  domain: string;
};
export type Registered = { status: 'ok'; id: string } | { status: 'taken'; names: string[] };

/** @param now - Epoch milliseconds. */
export async function registerUser(
  directory: Table,
  { username, email, password, roles, domain }: Registration,
  now: number,
): Promise<Registered> {
  const names = [
    ...new Set([nameOf('username', username), ...(email ? [nameOf('email', email)] : [])]),
  ];
  if (!isUsablePassword(password))
    throw new AuthError('invalid_request', 'password: must have 1 to 1024 characters');
  const id = randomUserId();
  const taken = await createUser(directory, {
    kind: 'user',
    id,
    username,
    email,
    names,
    passwordHash: await hashPassword(password),
    roles,
    domain,
    disabled: false,
    generation: firstGeneration(now),
    createdAt: Math.floor(now / 1000),
  });
  return taken.length > 0 ? { status: 'taken', names: taken } : { status: 'ok', id };
}

function nameOf(field: string, value: string): string {
  const name = normaliseLoginName(value);
  if (!name) throw new AuthError('invalid_request', `${field}: is not a usable name`);
  return name;
}
