/**
 * Users, and the names they sign in with.
 *
 * Item:   the subject's (subjects.ts), with { names, email?, passwordHash?, mustChangePassword?, activated,
 *         profile, verified?, imported?, createdAt, updatedAt, version, list, listSort } in the directory
 *         table, and their copies, where they have a spread
 *         the claims on its names (login-owners.ts)
 *         { pk: "roots", sk: "roots", version, ids }: the users who hold `root` and are not disabled,
 *           kept in the same transactions, so that the last one cannot be lost in a race
 *         and in these, too, who holds which role (holders.ts) and how many there are (user-count.ts)
 * Index:  byList (list, listSort): "user#" + domain, by normalised username
 * Units:  times are epoch seconds; passwordHash is a PHC string.
 *
 * @module
 */
import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { get, type Key, type Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import { requireOneTransaction } from '../spread/copies.ts';
import { disabledWrites } from './disabled.ts';
import { readDomain } from './domains.ts';
import { holderWrites } from './holders.ts';
import { claimedBefore, loginKey } from './login-owners.ts';
import { ProfileItem } from './profile.ts';
import { SubjectItem, SubjectSpreadItem, subjectCopies, subjectKey } from './subjects.ts';
import { countWrites } from './user-count.ts';
import { VerifiedItem, verifiedNow } from './verified.ts';

export const UserItem = v.object({
  ...SubjectItem.entries,
  kind: v.literal('user'),
  names: v.array(v.string()),
  email: v.optional(v.string()),
  passwordHash: v.optional(v.string()),
  /** At the next sign-in, before it opens anything. */
  mustChangePassword: v.optional(v.boolean()),
  /** What dialects show as active. Not a permission, which is `disabled`, nor a proof: `verified`. */
  activated: v.boolean(),
  profile: ProfileItem,
  verified: v.optional(VerifiedItem),
  spread: v.optional(SubjectSpreadItem),
  /** What clients of the Appmixer dialect keep here; it means nothing to us. */
  plan: v.optional(v.string()),
  vendor: v.optional(v.union([v.string(), v.array(v.string())])),
  /** The last line of an import that made or changed the user, should it come again. */
  imported: v.optional(
    v.object({ by: v.string(), line: v.number(), as: v.picklist(['created', 'updated']) }),
  ),
  createdAt: InstantItem,
  updatedAt: InstantItem,
  /** Rises with every change; what an ETag stands for. */
  version: v.number(),
});
export type User = v.InferOutput<typeof UserItem>;

/** @returns `undefined` also where a subject of another kind has that id. */
export async function readUser(directory: Table, id: string): Promise<User | undefined> {
  const item = await get(directory, subjectKey(id));
  return item?.['kind'] === 'user' ? parseItem(UserItem, item) : undefined;
}

export type SavedUser =
  | { status: 'ok' }
  | { status: 'taken'; names: string[] }
  /** Somebody else changed the user, or the list of roots, in the meantime. */
  | { status: 'conflict' }
  | { status: 'last_root' }
  /** A root of a domain that is switched off would be one in name only. */
  | { status: 'disabled_domain' };

/**
 * Makes, changes (`before` and `after`) or deletes (`before` only) a user together with the claims
 * on its names, in one transaction: two users never share a name, and nothing is half-written. Of one with a
 * spread, this goes first: there may be as many roles to take from lists as there are copies.
 *
 * @param also - Written with it, or not at all.
 */
export async function saveUser(
  directory: Table,
  { before, after }: { before?: User; after?: User },
  also: readonly Write[] = [],
): Promise<SavedUser> {
  if (before?.spread && !after) {
    const { spread: _, ...alone } = before;
    const lowered = await saveUser(directory, { before, after: alone });
    if (lowered.status !== 'ok') return lowered;
    return saveUser(directory, { before: { ...alone, version: before.version + 1 } }, also);
  }
  const added = (after?.names ?? []).filter((name) => !before?.names.includes(name));
  const dropped = (before?.names ?? []).filter((name) => !after?.names.includes(name));
  const former = await claimedBefore(directory, added, after?.id);
  if (former.length > 0) return { status: 'taken', names: former };
  const roots = await rootsWrite(directory, before, after);
  if (typeof roots === 'string') return { status: roots };
  const writes = [
    ...added.map((name) => claim(directory, name, after?.id ?? '')),
    ...dropped.map((name) => ({ table: directory, remove: loginKey(name) })),
    ...userWrites(directory, before, after),
    ...roots,
    ...holderWrites(directory, listed(before), listed(after)),
    ...disabledWrites(directory, listed(before), listed(after)),
    ...countWrites(directory, before, after),
    ...also,
  ];
  const failed = await transact(requireOneTransaction(writes));
  const taken = added.filter((_, index) => failed[index]);
  if (taken.length > 0) return { status: 'taken', names: taken };
  return { status: failed.includes(true) ? 'conflict' : 'ok' };
}

const ABSENT = { expression: 'attribute_not_exists(pk)' };

const claim = (directory: Table, name: string, userId: string): Write => ({
  table: directory,
  put: { ...loginKey(name), userId },
  when: ABSENT,
});

function userWrites(directory: Table, before: User | undefined, after: User | undefined): Write[] {
  const when = before
    ? { expression: 'version = :read', values: { ':read': before.version } }
    : ABSENT;
  if (!after) return [{ table: directory, remove: subjectKey(before?.id ?? ''), when }];
  const put = userItem({ ...after, version: (before?.version ?? 0) + 1 });
  const copies = subjectCopies(directory, after.id, before?.spread, after);
  return [{ table: directory, put, when }, ...copies];
}

const ROOTS: Key = { pk: 'roots', sk: 'roots' };
const RootsItem = v.object({ version: v.number(), ids: v.array(v.string()) });
const isRoot = (user: User | undefined): boolean =>
  user?.roles.includes('root') === true && !user.disabled;

/** The users who hold `root`, and the write that makes a change fail if these have changed since. */
export async function readRoots(directory: Table): Promise<{ ids: string[]; unchanged: Write }> {
  const item = await get(directory, ROOTS);
  const { version, ids } = item ? parseItem(RootsItem, item) : { version: 0, ids: [] };
  const when = item ? { expression: 'version = :read', values: { ':read': version } } : ABSENT;
  const put = { ...ROOTS, version: version + 1, ids };
  return { ids, unchanged: { table: directory, put, when } };
}

async function rootsWrite(
  directory: Table,
  before: User | undefined,
  after: User | undefined,
): Promise<Write[] | 'last_root' | 'disabled_domain'> {
  if (isRoot(before) === isRoot(after)) return [];
  const item = await get(directory, ROOTS);
  const { version, ids } = item ? parseItem(RootsItem, item) : { version: 0, ids: [] };
  const id = before?.id ?? after?.id ?? '';
  const others = ids.filter((root) => root !== id);
  if (!isRoot(after) && others.length === 0) return 'last_root';
  // Read after the list, whose version a domain raises when it is switched off.
  if (after && isRoot(after) && (await readDomain(directory, after.domain))?.disabled)
    return 'disabled_domain';
  const put = { ...ROOTS, version: version + 1, ids: isRoot(after) ? [...others, id] : others };
  const when = item ? { expression: 'version = :read', values: { ':read': version } } : ABSENT;
  return [{ table: directory, put, when }];
}

export const userList = (domain: string): string => `user#${domain}`;

/** The first name is the username's normal form. */
const userItem = (user: User) => ({
  ...subjectKey(user.id),
  ...user,
  verified: verifiedNow(user),
  list: userList(user.domain),
  listSort: sortOf(user),
});

const sortOf = ({ names: [first], id }: User): string => first ?? id;

/** As others find it: by role, and by being disabled. */
const listed = (user: User | undefined) =>
  user && {
    ...user,
    listed: { kind: user.kind, domain: user.domain, name: sortOf(user) },
  };

/** The writes that put one of before into the lists, which may lack it. */
export function placesOfUser(directory: Table, user: User): Write[] {
  const one = listed(user);
  return [...holderWrites(directory, undefined, one), ...disabledWrites(directory, undefined, one)];
}
