/**
 * What becomes of one user of an import: made, left alone, changed where that was asked for, or refused.
 *
 * A line that was sent before, and of which no answer came, is known again by what it left at the user, and
 * answered as it was then: so nobody counts twice.
 *
 * Errors: those of register.ts and lifecycle.ts; `conflict` for a name or an address of somebody else's.
 *
 * @module
 */
import { grantTo } from '../../authority/grant.ts';
import type { Administrator } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import { type AuthError, refuse, refuseField } from '../../errors.ts';
import { userImported } from '../../events/kinds/user.ts';
import type { Trail } from '../../events/trail.ts';
import { findOwners, type Owners } from '../../store/directory/login-owners.ts';
import { readUser, type User } from '../../store/directory/users.ts';
import { secondOf } from '../../time.ts';
import { changeOf } from './import-update.ts';
import { changeUser, requireAdministered } from './lifecycle.ts';
import type { Newcomer, Trust } from './newcomer.ts';
import { nameTaken } from './refusals.ts';
import { normalNameOf, saveNewUser } from './register.ts';

export type Terms = Trust & {
  dryRun: boolean;
  onExists: 'skip' | 'update';
  /** Of those who are changed: by the hash that is said. */
  replacePasswords: boolean;
  trail: Trail;
};
export type Run = { directory: Table; administrator: Administrator; terms: Terms };
/** `origin`: which line of which import it is; unknown where nobody says. */
export type Wanted = { said: Newcomer; user: User; origin: Origin | undefined };
export type Origin = { by: string; line: number };
export type Outcome =
  | { status: 'created' | 'updated'; id: string }
  /** Of a dry run: would be created, would be updated. */
  | { status: 'ready' | 'differs' }
  | { status: 'exists' }
  | { status: 'refused'; refusal: AuthError };

/** The route asks for `c`, and whoever changes somebody needs what a change takes. */
export function requireLetterForUpdate({ caller }: Administrator): void {
  if (grantTo(caller)('admin/users', 'u') === 'all') return;
  throw refuse('insufficient_scope', 'not-permitted', 'The caller may not do this.');
}

/** @param owners - As they were a moment ago: a transaction that fails costs many times a read. */
export async function outcomeOf(run: Run, wanted: Wanted, owners: Owners): Promise<Outcome> {
  const { directory, terms } = run;
  const user = { ...wanted.user, ...markedAs(wanted, 'created') };
  if (user.names.some((name) => owners.has(name))) return ofSomebody(run, wanted, owners);
  if (terms.dryRun) return { status: 'ready' };
  const made = await saveNewUser(directory, user, (after) => terms.trail(userImported(after)));
  if (made.status === 'ok') return { status: 'created', id: user.id };
  // By somebody else, or by a try of before that was still under way.
  return ofSomebody(run, wanted, await findOwners(directory, user.names));
}

const markedAs = ({ origin }: Pick<Wanted, 'origin'>, as: 'created' | 'updated') =>
  origin && { imported: { ...origin, as } };

/** By the username a user is known again; an address of somebody else's is a mistake. */
async function ofSomebody(run: Run, wanted: Wanted, owners: Owners): Promise<Outcome> {
  const { user, origin } = wanted;
  const id = owners.get(user.names[0] ?? '');
  if (id === undefined) throw nameTaken([...owners.keys()], user);
  const owner =
    origin || run.terms.onExists === 'update' ? await readUser(run.directory, id) : undefined;
  const before = answeredBefore(owner, wanted);
  if (before) return before;
  return owner && run.terms.onExists === 'update'
    ? updated(run, wanted, owner)
    : { status: 'exists' };
}

/** As that line was answered, or would have been. Of another domain's user nothing is told by it. */
function answeredBefore(
  owner: User | undefined,
  { user, origin }: Pick<Wanted, 'user' | 'origin'>,
): Outcome | undefined {
  if (!owner?.imported || owner.domain !== user.domain || owner.imported.by !== origin?.by)
    return undefined;
  if (owner.imported.line !== origin.line) throw namedBefore();
  return { status: owner.imported.as, id: owner.id };
}

async function updated(
  { directory, administrator, terms }: Run,
  { said, user, origin }: Wanted,
  owner: User,
): Promise<Outcome> {
  if (normalNameOf(owner) !== normalNameOf(user) || owner.domain !== user.domain)
    throw nameTaken(user.names, user);
  const change = changeOf(owner, said, { wanted: user, ...terms });
  if (Object.keys(change).length === 0) return { status: 'exists' };
  const { id, version } = owner;
  // Nobody overwrites what somebody else has changed since it was compared.
  const seen = { admits: (current: User) => current.version === version, trail: terms.trail };
  if (terms.dryRun) {
    await requireAdministered(directory, administrator, id, seen);
    return { status: 'differs' };
  }
  const wanted = { ...change, ...markedAs({ origin }, 'updated') };
  try {
    await changeUser(directory, administrator, id, {
      change: wanted,
      now: secondOf(terms.now),
      ...seen,
    });
  } catch (error) {
    // By a try of before that was still under way, it may have been.
    const before = answeredBefore(await readUser(directory, id), { user, origin });
    if (before) return before;
    throw error;
  }
  return { status: 'updated', id };
}

export const namedBefore = (): AuthError =>
  refuseField('username', 'named-before', 'one before it has the name or the address', 'conflict');
