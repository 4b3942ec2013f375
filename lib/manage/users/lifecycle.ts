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
 *         `root` after it; `precondition_failed`; `invalid_request` naming the field.
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
type Wanted = { change: UserChange; now: Instant };

export async function changeUser(
  directory: Table,
  administrator: Administrator,
  id: string,
  { change, now, ...terms }: Wanted & Terms<User>,
): Promise<User> {
  const { password } = change;
  let passwordHash: string | undefined;
  return untilUncontested(CHANGING, async () => {
    const before = await administered(directory, administrator, id, terms);
    requireOthers(administrator, before, change);
    const added = (change.roles ?? []).filter((role) => !before.roles.includes(role));
    await requireRoles(directory, administrator.caller, added);
    if (password !== undefined) {
      // With it one could become that root.
      if (before.roles.includes(ROOT)) requireFreshSignIn(administrator.caller);
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

/** The user's sessions and keys are dead then; the keys, which no time takes away, are tidied up. */
export async function deleteUser(
  { directory, sessions }: Tables,
  administrator: Administrator,
  id: string,
  terms: Terms<User> = {},
): Promise<void> {
  const { domain } = await untilUncontested(CHANGING, async () => {
    const before = await administered(directory, administrator, id, terms);
    const also = traceOf(terms, { before });
    return refuseUnsaved(await saveUser(directory, { before }, also), before) ?? before;
  });
  await deleteAllStanding(sessions, id, traceEnd(domain, terms));
}

async function administered(
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
  { password: _, profile, mustChangePassword, ...given }: UserChange,
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
