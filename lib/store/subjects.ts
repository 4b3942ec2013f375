/**
 * Subjects: the users whom sessions are issued to, and the names they sign in with.
 *
 * Item:   { pk: user id, sk: "subject", kind: "user", id, username, names, email?, passwordHash?,
 *           roles, domain, disabled, generation, createdAt } in the directory table
 *         { pk: "login#" + normalised name, sk: "login", userId }: a claim that makes a name unique,
 *           written in the same transaction as the user
 * Units:  createdAt is epoch seconds; passwordHash is a PHC string; generation is an opaque number
 *         that only rises.
 *
 * @module
 */
import * as v from 'valibot';
import { parseItem } from './item.ts';
import { get, type Key, putAll, type Table, updateIf } from './table.ts';

/** What the verdict needs of any subject. */
export const SubjectItem = v.object({
  id: v.string(),
  username: v.string(),
  roles: v.array(v.string()),
  domain: v.string(),
  disabled: v.boolean(),
  generation: v.number(),
});
export type Subject = v.InferOutput<typeof SubjectItem>;

export const UserItem = v.object({
  ...SubjectItem.entries,
  kind: v.literal('user'),
  names: v.array(v.string()),
  email: v.optional(v.string()),
  passwordHash: v.optional(v.string()),
  createdAt: v.number(),
});
export type User = v.InferOutput<typeof UserItem>;

export const subjectKey = (id: string): Key => ({ pk: id, sk: 'subject' });
const loginKey = (name: string): Key => ({ pk: `login#${name}`, sk: 'login' });

/** @param name - Already normalised (access/login-name.ts). */
export async function findUserId(directory: Table, name: string): Promise<string | undefined> {
  const item = await get(directory, loginKey(name));
  return item && parseItem(v.object({ userId: v.string() }), item).userId;
}

export async function readUser(directory: Table, id: string): Promise<User | undefined> {
  const item = await get(directory, subjectKey(id));
  return item && parseItem(UserItem, item);
}

/**
 * Writes the user and claims all its names in one transaction, so two users never share one.
 * @returns The names that were taken; none when the user was created.
 */
export async function createUser(directory: Table, user: User): Promise<string[]> {
  const absent = { expression: 'attribute_not_exists(pk)' };
  const failed = await putAll([
    { table: directory, item: { ...subjectKey(user.id), ...user }, when: absent },
    ...user.names.map((name) => ({
      table: directory,
      item: { ...loginKey(name), userId: user.id },
      when: absent,
    })),
  ]);
  if (failed[0]) throw new Error('a random user id exists already');
  return user.names.filter((_, index) => failed[index + 1]);
}

/** Replaces the hash only if it is still the one that was verified: a changed password wins. */
export const replacePasswordHash = (directory: Table, user: User, passwordHash: string) =>
  updateIf(directory, subjectKey(user.id), {
    set: { expression: 'passwordHash = :next', values: { ':next': passwordHash } },
    when: {
      expression: 'passwordHash = :verified',
      values: { ':verified': user.passwordHash },
    },
  });

/** @returns Whether there is such a subject. Takes effect on the next request. */
export const assignRoles = async (directory: Table, id: string, roles: readonly string[]) =>
  (await updateIf(directory, subjectKey(id), {
    set: {
      expression: '#roles = :roles',
      values: { ':roles': roles },
      names: { '#roles': 'roles' },
    },
    when: { expression: 'attribute_exists(pk)' },
  })) !== undefined;
