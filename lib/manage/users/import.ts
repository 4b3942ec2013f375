/**
 * Users from another system, many at once: each is made in a transaction of its own, or refused alone, and
 * one whose name is somebody's already stays out, or is changed where that was asked for. So what broke off
 * is done again as a whole.
 *
 * They keep their passwords: a hash of the other system is stored as it is, and made anew at the first
 * sign-in (sign-in/password.ts). Nothing is known of the password itself, so no rule of ours is asked.
 *
 * That an address is verified is believed where a root says so, and not otherwise: applications take
 * people for who they are by it.
 *
 * Errors: `insufficient_scope` for who may make no users, may change none where that is asked for, or trusts
 *         without being root. What is refused of one user is an answer.
 *
 * @module
 */
import { requireRoles } from '../../authority/grant.ts';
import { type Administrator, requireAll, requireRoot } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import { AuthError } from '../../errors.ts';
import type { RuleName } from '../../rules.ts';
import { findOwners, type Owners } from '../../store/directory/login-owners.ts';
import type { User } from '../../store/directory/users.ts';
import { requireDomainFor } from './by-administrator.ts';
import {
  namedBefore,
  type Origin,
  type Outcome,
  outcomeOf,
  type Run,
  requireLetterForUpdate,
  type Terms,
  type Wanted,
} from './import-one.ts';
import { type Newcomer, userOf } from './newcomer.ts';

export type { Origin, Outcome } from './import-one.ts';
export type { Newcomer } from './newcomer.ts';

/** `said`: in place of one that could not be read, why. */
export type Line = { said: Newcomer | AuthError; origin: Origin | undefined };

/** @returns What became of each. */
export async function importUsers(
  directory: Table,
  administrator: Administrator,
  lines: readonly Line[],
  terms: Terms,
): Promise<Outcome[]> {
  requireAll(administrator);
  if (terms.trustVerified) requireRoot(administrator);
  if (terms.onExists === 'update') requireLetterForUpdate(administrator);
  const admit = admission(directory, administrator);
  const outcomes: Outcome[] = [];
  const wanted: (Wanted & { at: number })[] = [];
  const names = new Set<string>();
  for (const [at, { said, origin }] of lines.entries()) {
    const user = said instanceof AuthError ? said : await judged(said, admit, names, terms);
    if (said instanceof AuthError) outcomes[at] = { status: 'refused', refusal: said };
    else if (user instanceof AuthError) outcomes[at] = { status: 'refused', refusal: user };
    else wanted.push({ said, user, origin, at });
  }
  const run = { directory, administrator, terms };
  const owners = await findOwners(directory, [...names]);
  await inLanes(wanted, async ({ at, ...one }) => {
    outcomes[at] = await settled(run, one, owners);
  });
  return outcomes;
}

type Admit = (one: Newcomer) => Promise<void>;

/** Asks once for each domain, and once for the roles that several have in common. */
function admission(directory: Table, administrator: Administrator): Admit {
  const answers = new Map<string, Promise<unknown>>();
  const once = (about: string, ask: () => Promise<unknown>): Promise<unknown> => {
    const answer = answers.get(about) ?? ask();
    answers.set(about, answer);
    return answer;
  };
  return async ({ domain, roles = [] }) => {
    await once(`domain ${domain}`, () => requireDomainFor(directory, administrator, domain));
    const wanted = [...new Set(roles)].sort();
    await once(`roles ${JSON.stringify(wanted)}`, () =>
      requireRoles(directory, administrator.caller, wanted),
    );
  };
}

/** @returns The user as it would be saved, or why it will not be. */
async function judged(
  one: Newcomer,
  admit: Admit,
  names: Set<string>,
  terms: Terms,
): Promise<User | AuthError> {
  try {
    await admit(one);
    const user = await userOf(one, terms);
    const twice = user.names.filter((name) => names.has(name));
    for (const name of user.names) names.add(name);
    return twice.length > 0 ? namedBefore() : user;
  } catch (error) {
    return refusalOf(error);
  }
}

async function settled(run: Run, one: Wanted, owners: Owners): Promise<Outcome> {
  try {
    return await outcomeOf(run, one, owners);
  } catch (error) {
    return { status: 'refused', refusal: refusalOf(error) };
  }
}

/** What whoever calls can do something about, or nothing at all: it ends the whole call. */
const ENDS_ALL: Readonly<Partial<Record<RuleName, true>>> = {
  'sign-in-too-old': true,
  'person-only': true,
  'service-unavailable': true,
};

/** @throws What is none, and what ends all. */
function refusalOf(error: unknown): AuthError {
  if (error instanceof AuthError && !ENDS_ALL[error.said.rule]) return error;
  throw error;
}

/** Of users with one counter (store/directory/user-count.ts) one after another: they would collide. */
async function inLanes<T extends { user: User }>(
  all: readonly T[],
  act: (one: T) => Promise<void>,
): Promise<void> {
  const lanes = Map.groupBy(all, ({ user }) => user.id.slice(-1));
  const done = await Promise.allSettled(
    [...lanes.values()].map(async (lane) => {
      for (const one of lane) await act(one);
    }),
  );
  const failed = done.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}
