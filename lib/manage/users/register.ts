/**
 * Makes a user: one transaction that also claims every name the user signs in with.
 *
 * Errors: `invalid_request` naming the field, `conflict` for a root of a domain that is switched off. A
 *         name that is taken is an answer: whoever seeds goes on.
 *
 * @module
 */

import type { Table } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';
import { untilUncontested } from '../../aws/until-uncontested.ts';
import { randomUserId } from '../../crypto.ts';
import { refuseField } from '../../errors.ts';
import { hashPassword } from '../../sign-in/password.ts';
import { normaliseLoginName } from '../../store/directory/login-name.ts';
import type { Profile } from '../../store/directory/profile.ts';
import { firstGeneration } from '../../store/directory/revocation.ts';
import { saveUser, type User } from '../../store/directory/users.ts';
import { type EpochMilliseconds, secondOf } from '../../time.ts';
import { requireGoodPassword } from './password-rule.ts';
import { nameTaken, refuseUnsaved } from './refusals.ts';

/** What a profile is made of. */
export { ADDRESS, BIRTHDATE, isBirthdate, PROFILE } from '../../store/directory/profile.ts';

export type Registration = {
  username: string;
  email?: string | undefined;
  /** `undefined`: nobody signs in as that user until there is one. */
  password: string | undefined;
  mustChangePassword?: boolean | undefined;
  roles: string[];
  domain: string;
  activated?: boolean | undefined;
  profile?: Profile | undefined;
};
export type Registered = { status: 'ok'; user: User } | { status: 'taken'; names: string[] };

/** As registerUser, where nobody goes on with a name that is taken: it is a `conflict`. */
export async function registerAnother(...wanted: Parameters<typeof registerUser>): Promise<User> {
  const made = await registerUser(...wanted);
  if (made.status === 'taken') throw nameTaken(made.names, wanted[1]);
  return made.user;
}

/**
 * @param now - Epoch milliseconds.
 * @param also - Written with the user, or not at all.
 */
export async function registerUser(
  directory: Table,
  { password, ...registration }: Registration,
  now: EpochMilliseconds,
  also: (user: User) => readonly Write[] = () => [],
): Promise<Registered> {
  const unsaved = newUser(registration, now);
  if (password !== undefined) await requireGoodPassword(directory, password, unsaved);
  const passwordHash = password === undefined ? undefined : await hashPassword(password);
  return saveNewUser(directory, { ...unsaved, passwordHash }, also);
}

export const saveNewUser = (
  directory: Table,
  user: User,
  also: (user: User) => readonly Write[],
): Promise<Registered> =>
  untilUncontested('users are being made', async () => {
    const saved = await saveUser(directory, { after: user }, also(user));
    if (saved.status === 'taken') return saved;
    return refuseUnsaved(saved, user) ?? { status: 'ok', user };
  });

/** With no password yet, and saved nowhere. @param now - Epoch milliseconds. */
export function newUser(
  {
    username,
    email,
    roles,
    domain,
    activated = false,
    mustChangePassword,
    profile = {},
  }: Omit<Registration, 'password'>,
  now: EpochMilliseconds,
): User {
  return {
    kind: 'user',
    id: randomUserId(),
    username,
    email,
    names: loginNamesOf({ username, email }),
    roles,
    domain,
    disabled: false,
    generation: firstGeneration(now),
    activated,
    ...(mustChangePassword && { mustChangePassword }),
    profile,
    createdAt: secondOf(now),
    updatedAt: secondOf(now),
    version: 1,
  };
}

/** The normal forms of all that a user signs in with, the username's first. */
export const loginNamesOf = ({ username, email }: Pick<User, 'username' | 'email'>): string[] => [
  ...new Set([nameOf('username', username), ...(email ? [nameOf('email', email)] : [])]),
];

/** The username's normal form: what is stored of before may be another spelling of it. */
export const normalNameOf = ({ username, names: [first = ''] }: Pick<User, 'username' | 'names'>) =>
  normaliseLoginName(username) ?? first;

function nameOf(field: 'username' | 'email', value: string): string {
  const name = normaliseLoginName(value);
  if (!name) throw refuseField(field, 'login-name-unusable', 'is not a usable name');
  return name;
}
