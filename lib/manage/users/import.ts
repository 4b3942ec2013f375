/**
 * Users from another system, many at once: each is made in a transaction of its own, or refused alone, and
 * one whose name is somebody's already stays out. So what broke off is done again as a whole.
 *
 * They keep their passwords: a hash of the other system is stored as it is, and made anew at the first
 * sign-in (sign-in/password.ts). Nothing is known of the password itself, so no rule of ours is asked.
 *
 * That an address is verified is believed where a root says so, and not otherwise: applications take
 * people for who they are by it.
 *
 * Units:  now is epoch milliseconds.
 * Errors: `insufficient_scope` for who may make no users, or trusts without being root. What is refused of
 *         one user is an answer.
 *
 * @module
 */
import { requireRoles } from '../../authority/grant.ts';
import { type Administrator, requireAll, requireRoot } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import { AuthError, refuseField } from '../../errors.ts';
import { userImported } from '../../events/kinds/user.ts';
import type { Trail } from '../../events/trail.ts';
import type { RuleName } from '../../rules.ts';
import { findUserId, type User } from '../../store/directory/users.ts';
import { type EpochMilliseconds, secondOf } from '../../time.ts';
import { type GivenHash, readHash } from '../notations/read.ts';
import { requireDomainFor } from './by-administrator.ts';
import { nameTaken } from './refusals.ts';
import { newUser, type Registration, saveNewUser } from './register.ts';

export type Newcomer = Omit<Registration, 'password'> & {
  disabled: boolean;
  plan?: string | undefined;
  vendor?: string | string[] | undefined;
  verified?: { email?: boolean | undefined; phone_number?: boolean | undefined } | undefined;
  passwordHash?: GivenHash | undefined;
};
export type Outcome =
  | { status: 'created'; id: string }
  | { status: 'ready' | 'exists' }
  | { status: 'refused'; refusal: AuthError };
type Terms = { dryRun: boolean; trustVerified: boolean; now: EpochMilliseconds; trail: Trail };

/** @param read - In place of one that could not be read, why. @returns What became of each. */
export async function importUsers(
  directory: Table,
  administrator: Administrator,
  read: readonly (Newcomer | AuthError)[],
  terms: Terms,
): Promise<Outcome[]> {
  requireAll(administrator);
  if (terms.trustVerified) requireRoot(administrator);
  const admit = admission(directory, administrator);
  const outcomes: Outcome[] = [];
  const made: { user: User; at: number }[] = [];
  const names = new Set<string>();
  for (const [at, one] of read.entries()) {
    const user = one instanceof AuthError ? one : await judged(one, admit, names, terms);
    if (user instanceof AuthError) outcomes[at] = { status: 'refused', refusal: user };
    else made.push({ user, at });
  }
  await inLanes(made, async ({ user, at }) => {
    const found = await looked(directory, user);
    const isFree = found.status === 'ready' && !terms.dryRun;
    outcomes[at] = isFree ? await saved(directory, user, terms) : found;
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
  return async ({ domain, roles }) => {
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
    if (error instanceof AuthError && !ENDS_ALL[error.said.rule]) return error;
    throw error;
  }
}

/** What whoever calls can do something about, or nothing at all: nobody is made before it is known. */
const ENDS_ALL: Readonly<Partial<Record<RuleName, true>>> = {
  'sign-in-too-old': true,
  'person-only': true,
  'service-unavailable': true,
};

async function userOf({ passwordHash, verified, ...one }: Newcomer, terms: Terms): Promise<User> {
  const user: User = {
    ...newUser({ ...one, roles: [...new Set(one.roles)] }, terms.now),
    disabled: one.disabled,
    plan: one.plan,
    vendor: one.vendor,
    passwordHash: passwordHash && (await storedHash(passwordHash, one.username)),
  };
  return terms.trustVerified ? { ...user, verified: proofsOf(user, verified, terms) } : user;
}

async function storedHash(given: GivenHash, login: string): Promise<string | undefined> {
  const hash = await readHash(given, login);
  if (hash.status === 'unknown')
    throw refuseField('passwordHash', 'password-hash-unknown', 'is of no form that is known');
  if (hash.status === 'too_dear')
    throw refuseField('passwordHash', 'password-hash-too-dear', 'would take too long to check');
  return hash.status === 'ok' ? hash.stored : undefined;
}

function proofsOf(
  { email, profile }: User,
  verified: Newcomer['verified'],
  { now }: Terms,
): User['verified'] {
  const proof = (address: string | undefined) =>
    address === undefined ? undefined : { at: secondOf(now), means: 'import', address };
  return {
    email: verified?.email ? proof(email) : undefined,
    phone_number: verified?.phone_number ? proof(profile.phone_number) : undefined,
  };
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

async function saved(directory: Table, user: User, { trail }: Terms): Promise<Outcome> {
  try {
    const made = await saveNewUser(directory, user, (after) => trail(userImported(after)));
    return made.status === 'ok' ? { status: 'created', id: user.id } : taken(made.names, user);
  } catch (error) {
    if (error instanceof AuthError && !ENDS_ALL[error.said.rule])
      return { status: 'refused', refusal: error };
    throw error;
  }
}

/** Before a transaction that would fail, which costs many times as much. */
async function looked(directory: Table, user: User): Promise<Outcome> {
  const owners = await Promise.all(user.names.map((name) => findUserId(directory, name)));
  const names = user.names.filter((_name, at) => owners[at] !== undefined);
  return names.length > 0 ? taken(names, user) : { status: 'ready' };
}

/** By the username a user is known again; an address of somebody else's is a mistake. */
const taken = (names: readonly string[], user: User): Outcome =>
  names.includes(user.names[0] ?? '')
    ? { status: 'exists' }
    : { status: 'refused', refusal: nameTaken(names, user) };

const namedBefore = (): AuthError =>
  refuseField('username', 'named-before', 'one before it has the name or the address', 'conflict');
