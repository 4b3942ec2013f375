/**
 * What an administrator does to a user: look, change, delete. Each within the administrator's reach
 * (reach.ts), and each in one transaction that fails if somebody else came first; it is then tried
 * again on what they left.
 *
 * Nobody changes a user who holds more than they do: a new password would make them that user. A new
 * password ends all sessions of the user; other changes take effect on the next call anyway.
 *
 * Errors: `invalid_request` naming username, email, password or roles, `insufficient_scope` for roles
 *         that the administrator does not hold, `precondition_failed`. Other refusals are answers.
 *
 * @module
 */

import { holdsRoles, requireRoles } from '../../authority/grant.ts';
import { type Administrator, inReach } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { refuseField } from '../../errors.ts';
import { requireSeen, type Terms, UNTRACKED } from '../../events/trail.ts';
import { hashPassword, isUsablePassword } from '../../sign-in/password.ts';
import { normaliseLoginName } from '../../store/directory/login-name.ts';
import type { Profile } from '../../store/directory/profile.ts';
import { readUser, type SavedUser, saveUser, type User } from '../../store/directory/users.ts';
import { deleteAllStanding } from '../../store/sessions/standing.ts';
import { loginNamesOf } from './register.ts';

type Changeable = 'username' | 'roles' | 'activated' | 'disabled';
type Removable = 'email' | 'plan' | 'vendor';
type ProfileChange = { [K in keyof Profile]?: Profile[K] | null | undefined };
/** What is `undefined` stays as it is; what is `null` is taken away. */
export type UserChange = { [K in Changeable]?: User[K] | undefined } & {
  [K in Removable]?: User[K] | null | undefined;
} & { profile?: ProfileChange | null | undefined; password?: string | undefined };

export type UserRefusal =
  /** Not there, or out of reach, which must not be told apart. */
  | { status: 'unknown' }
  /** The user holds roles that the administrator does not. */
  | { status: 'outranked' }
  | { status: 'taken'; field: 'username' | 'email' }
  | { status: 'last_root' };
export type ChangedUser = { status: 'ok'; user: User } | UserRefusal;

export async function findUser(
  directory: Table,
  administrator: Administrator,
  id: string,
): Promise<User | undefined> {
  const user = await readUser(directory, id);
  return user && inReach(administrator, user) ? user : undefined;
}

/** @param now - Epoch seconds. */
export async function changeUser(
  directory: Table,
  administrator: Administrator,
  id: string,
  { change, now, ...terms }: { change: UserChange; now: number } & Terms<User>,
): Promise<ChangedUser> {
  if (change.password !== undefined && !isUsablePassword(change.password))
    throw refuseField('password', 'password-length', 'must have 1 to 1024 characters');
  let passwordHash: string | undefined;
  return withUser(directory, administrator, id, terms, async (before) => {
    const added = (change.roles ?? []).filter((role) => !before.roles.includes(role));
    await requireRoles(directory, administrator.caller, added);
    if (change.password !== undefined) passwordHash ??= await hashPassword(change.password);
    const after = changed(before, change, { passwordHash, now });
    const also = traceOf(terms, 'change', { before, after });
    const saved = await saveUser(directory, { before, after }, also);
    return answerFor(saved, { ...after, version: before.version + 1 });
  });
}

/** The user's sessions and keys are dead then; the keys, which no time takes away, are tidied up. */
export async function deleteUser(
  { directory, sessions }: Tables,
  administrator: Administrator,
  id: string,
  terms: Terms<User> = {},
): Promise<ChangedUser> {
  const deleted = await withUser(directory, administrator, id, terms, async (before) =>
    answerFor(await saveUser(directory, { before }, traceOf(terms, 'delete', { before })), before),
  );
  if (deleted.status === 'ok') await deleteAllStanding(sessions, id);
  return deleted;
}

/** The writes that record it. */
export const traceOf = (
  { trail = UNTRACKED }: Terms<User>,
  action: 'create' | 'change' | 'delete',
  { before, after }: { before?: User; after?: User },
) => {
  const { id = '', domain = '' } = after ?? before ?? {};
  return trail({ action, collection: 'users', target: id, domain, before, after });
};

type Attempt = ChangedUser | typeof CONTESTED;

async function withUser(
  directory: Table,
  administrator: Administrator,
  id: string,
  terms: Terms<User>,
  attempt: (before: User) => Promise<Attempt>,
): Promise<ChangedUser> {
  return untilUncontested('a user is being changed', async () => {
    const before = await findUser(directory, administrator, id);
    if (!before) return { status: 'unknown' };
    requireSeen(terms, before);
    if (!(await holdsRoles(directory, administrator.caller, before.roles)))
      return { status: 'outranked' };
    return attempt(before);
  });
}

function changed(
  before: User,
  { password: _, profile, ...given }: UserChange,
  { passwordHash, now }: { passwordHash: string | undefined; now: number },
): User {
  const after = merged({ ...before, updatedAt: now }, given) as User;
  if (profile !== undefined) after.profile = profile ? merged(before.profile, profile) : {};
  return {
    ...after,
    names: loginNamesOf(after),
    roles: [...new Set(after.roles)],
    ...(passwordHash && { passwordHash, generation: before.generation + 1 }),
  };
}

const merged = (before: object, change: object): object =>
  Object.fromEntries(
    Object.entries({
      ...before,
      ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
    }).filter(([, value]) => value !== null),
  );

function answerFor(saved: SavedUser, user: User): Attempt {
  if (saved.status === 'taken') return { status: 'taken', field: takenField(saved.names, user) };
  if (saved.status === 'disabled_domain')
    throw refuseField(
      'roles',
      'root-in-disabled-domain',
      'the domain is disabled, so it can have no root',
      'conflict',
    );
  if (saved.status === 'conflict') return CONTESTED;
  return saved.status === 'ok' ? { status: 'ok', user } : saved;
}

export const takenField = (
  names: readonly string[],
  { username }: Pick<User, 'username'>,
): 'username' | 'email' =>
  names.includes(normaliseLoginName(username) ?? '') ? 'username' : 'email';
