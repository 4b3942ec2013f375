/**
 * What an administrator does to a user: look, change, delete. Each within the administrator's reach
 * (reach.ts), and each in one transaction that fails if somebody else came first; it is then tried
 * again on what they left.
 *
 * Nobody changes a user who holds more than they do: a new password would make them that user. A new
 * password ends all sessions of the user, and so does switching the user off or on; other changes take
 * effect on the next call anyway.
 *
 * Errors: `not_found`, also for what is out of reach; `conflict` for a name that is taken, the last
 *         root, or a root of a domain that is switched off; `insufficient_scope`, also for a user who
 *         holds more than the administrator, and those of authority/fresh-sign-in.ts where one is a
 *         `root` after it, for how a root is entered, and for one's own address; `precondition_failed`; `invalid_request` naming the field.
 *
 * @module
 */

import { requireFreshSignIn } from '../../authority/fresh-sign-in.ts';
import { holdsRoles, ROOT, requireRoles } from '../../authority/grant.ts';
import { type Administrator, inReach } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { untilUncontested } from '../../aws/until-uncontested.ts';
import { changesOfUser } from '../../events/kinds/user.ts';
import { requireSeen, type Terms, UNTRACKED } from '../../events/trail.ts';
import { hashPassword } from '../../sign-in/password.ts';
import type { Profile } from '../../store/directory/profile.ts';
import { afterSwitch } from '../../store/directory/revocation.ts';
import { readUser, saveUser, type User } from '../../store/directory/users.ts';
import { deleteAllStanding } from '../../store/sessions/standing.ts';
import type { Instant } from '../../time.ts';
import { traceEnd } from '../keys/trace-standing.ts';
import { requireOthers } from './oneself.ts';
import { requireGoodPassword } from './password-rule.ts';
import { noSuchUser, refuseUnsaved, userOutranks } from './refusals.ts';
import { loginNamesOf } from './register.ts';

/** Of what is known of a user's addresses, what holds. */
export { verifiedNow } from '../../store/directory/verified.ts';

/** Of each attempt, for the log. */
export const CHANGING = 'a user is being changed';

type Changeable = 'username' | 'roles' | 'activated' | 'disabled';
type Removable = 'email' | 'plan' | 'vendor';
type ProfileChange = { [K in keyof Profile]?: Profile[K] | null | undefined };
/** What is `undefined` stays as it is; what is `null` is taken away. */
export type UserChange = { [K in Changeable]?: User[K] | undefined } & {
  [K in Removable]?: User[K] | null | undefined;
} & {
  profile?: ProfileChange | null | undefined;
  password?: string | undefined;
  mustChangePassword?: boolean | undefined;
};

/** What an import changes beside that: `passwordHash` is of another system. */
export type ImportedChange = UserChange & {
  [K in 'passwordHash' | 'verified' | 'imported']?: User[K] | undefined;
};

/** @returns `undefined` for one that is not there or out of reach, which must not be told apart. */
export async function userInReach(
  directory: Table,
  administrator: Administrator,
  id: string,
): Promise<User | undefined> {
  const user = await readUser(directory, id);
  return user && inReach(administrator, user) ? user : undefined;
}

export async function findUser(
  directory: Table,
  administrator: Administrator,
  id: string,
): Promise<User> {
  const user = await userInReach(directory, administrator, id);
  if (!user) throw noSuchUser();
  return user;
}

/** `now`: epoch seconds. */
type Wanted = { change: ImportedChange; now: Instant };

export async function changeUser(
  directory: Table,
  administrator: Administrator,
  id: string,
  { change, now, ...terms }: Wanted & Terms<User>,
): Promise<User> {
  const { password } = change;
  let { passwordHash } = change;
  return untilUncontested(CHANGING, async () => {
    const before = await requireAdministered(directory, administrator, id, terms);
    requireOthers(administrator, before, change);
    const added = (change.roles ?? []).filter((role) => !before.roles.includes(role));
    await requireRoles(directory, administrator.caller, added);
    if (isGrave(administrator, before, change)) requireFreshSignIn(administrator.caller);
    if (password !== undefined) {
      await requireGoodPassword(directory, password, before);
      passwordHash ??= await hashPassword(password);
    }
    const after = changed(before, change, { passwordHash, now });
    const also = traceOf(terms, { before, after });
    const saved = await saveUser(directory, { before, after }, also);
    const contested = refuseUnsaved(saved, after);
    if (contested) return contested;
    return { ...after, version: before.version + 1 };
  });
}

/**
 * Whether whoever does it could become that root by it, or the account whose session they merely have: a link
 * to another password goes to the address.
 */
function isGrave(
  { caller }: Administrator,
  before: User,
  { password, passwordHash, email }: ImportedChange,
): boolean {
  const isMoved = email !== undefined && (email ?? undefined) !== before.email;
  const isEntered = isMoved || password !== undefined || passwordHash !== undefined;
  return isEntered && (before.roles.includes(ROOT) || caller.subject.id === before.id);
}

/** The user's sessions and keys are dead then; the keys, which no time takes away, are tidied up. */
export async function deleteUser(
  { directory, sessions }: Tables,
  administrator: Administrator,
  id: string,
  terms: Terms<User> = {},
): Promise<void> {
  const { domain } = await untilUncontested(CHANGING, async () => {
    const before = await requireAdministered(directory, administrator, id, terms);
    const also = traceOf(terms, { before });
    return refuseUnsaved(await saveUser(directory, { before }, also), before) ?? before;
  });
  await deleteAllStanding(sessions, id, traceEnd(domain, terms));
}

/** That the administrator may change the user, who is still as they were seen. */
export async function requireAdministered(
  directory: Table,
  administrator: Administrator,
  id: string,
  terms: Terms<User>,
): Promise<User> {
  const user = await findUser(directory, administrator, id);
  requireSeen(terms, user);
  if (!(await holdsRoles(directory, administrator.caller, user.roles))) throw userOutranks();
  return user;
}

/** The writes that record it. */
export const traceOf = (
  { trail = UNTRACKED }: Terms<User>,
  change: { before?: User; after?: User },
) => trail(changesOfUser(change));

function changed(
  before: User,
  { password: _, passwordHash: __, profile, mustChangePassword, ...given }: ImportedChange,
  { passwordHash, now }: { passwordHash: string | undefined; now: Instant },
): User {
  const after = merged({ ...before, updatedAt: now }, given) as User;
  if (profile !== undefined) after.profile = profile ? merged(before.profile, profile) : {};
  // Whoever sets a password says anew whether it has to be changed.
  const kept = passwordHash ? undefined : before.mustChangePassword;
  after.mustChangePassword = (mustChangePassword ?? kept) || undefined;
  return afterSwitch(before, {
    ...after,
    names: loginNamesOf(after),
    roles: [...new Set(after.roles)],
    ...(passwordHash && { passwordHash, generation: before.generation + 1 }),
  });
}

const merged = (before: object, change: object): object =>
  Object.fromEntries(
    Object.entries({
      ...before,
      ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
    }).filter(([, value]) => value !== null),
  );
