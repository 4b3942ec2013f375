/**
 * Sessions: what a key stands for. Most come from a sign-in and end with a logout. API keys and
 * domain tokens are *standing* ones: an administrator makes and switches them, and they outlive
 * "sign out everywhere".
 *
 * Item:   { pk: subject id, sk: "session#" + key, kind, client, scope?, issuedAt } in the sessions
 *         table, and for a sign-in { expiresAt, subjectGeneration, domainGeneration, clientGeneration?, authTime?,
 *         ip?, userAgent? }, for a standing one { expiresAt?, disabled, roles? | acl?, secrets?, name, createdBy,
 *         creator?, ownerSwitched?, domainSwitched?, version }; of a hot caller { spread } and copies beside it
 *         (../spread/copies.ts)
 * Index:  byList (of-domain.ts), for the lists of a whole domain
 * Units:  times are epoch seconds; expiresAt is also the table's TTL attribute, which DynamoDB
 *         honours late, so every reader compares it itself. A secret's hash is hexadecimal SHA-256.
 *
 * `roles` or `acl` stand in place of the subject's roles. `secrets` are there where a secret, not a
 * signed token, proves the session; two may live at once, so that one can be replaced without a gap.
 *
 * @module
 */

import * as v from 'valibot';
import { InstantItem } from '../../aws/item.ts';
import { deleteIf, type Key, put, type Table, updateIf } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import type { Instant } from '../../time.ts';
import { GRANTS } from '../directory/clients.ts';
import { AclItem } from '../directory/roles.ts';
import { SecretHashItem } from '../directory/secret-hash.ts';
import { copyWrites, onlyOf, type Spread, SpreadItem } from '../spread/copies.ts';
import { placeOfSession } from './of-domain.ts';

const common = {
  client: v.string(),
  scope: v.optional(v.string()),
  issuedAt: InstantItem,
};
export const SignInItem = v.object({
  ...common,
  kind: v.string(),
  expiresAt: InstantItem,
  subjectGeneration: v.number(),
  domainGeneration: v.number(),
  /** Of the client that a grant was given to: another one may have the same id later. */
  clientGeneration: v.optional(v.number()),
  /** When the user last proved who they are, where that was before the session was opened. */
  authTime: v.optional(InstantItem),
  /** Of a machine's token, for good: as its client had it. */
  spread: v.optional(SpreadItem),
});
const STANDING = v.picklist(['api-key', 'domain-token']);
/** What a verdict reads of it; no more is in a copy. */
const StandingInForceItem = v.object({
  ...common,
  kind: STANDING,
  expiresAt: v.optional(InstantItem),
  disabled: v.boolean(),
  roles: v.optional(v.array(v.string())),
  acl: v.optional(AclItem),
  secrets: v.optional(v.array(SecretHashItem)),
  /** How often its owner, and their domain, had been switched when it was made or last switched on. */
  ownerSwitched: v.optional(v.number()),
  domainSwitched: v.optional(v.number()),
  spread: v.optional(SpreadItem),
});
export const StandingItem = v.object({
  ...StandingInForceItem.entries,
  name: v.string(),
  createdBy: v.string(),
  /** The id of who made it, where `createdBy` is a name. */
  creator: v.optional(v.string()),
  /** Rises with every change; what an ETag stands for. */
  version: v.number(),
});
/** By the kind, so that what is malformed is named: a union would not say where. */
export const SessionItem = v.lazy<typeof StandingInForceItem | typeof SignInItem>((item) =>
  v.is(v.object({ kind: STANDING }), item) ? StandingInForceItem : SignInItem,
);

export type SignIn = v.InferOutput<typeof SignInItem>;
export type Standing = v.InferOutput<typeof StandingItem>;
export type StandingInForce = v.InferOutput<typeof StandingInForceItem>;
export type Session = SignIn | StandingInForce;
export type NewSession = (SignIn & { ip: string; userAgent?: string | undefined }) | Standing;
/** The subject's domain, whose list it is to be in. */
export type OfDomain = { domain?: string | undefined };
/** What names a session: the subject's id and the session's key (the token's `sub` and `sid`). */
export type SessionName = { subject: string; key: string };

/**
 * Whether an OAuth grant opened it: then it may do what its scope names. The sessions of people who
 * signed in at a face, and standing ones, may do what their roles permit.
 */
export const isScoped = ({ kind, scope }: Session): boolean =>
  scope !== undefined || GRANTS.some((grant) => grant === kind);

export const isStanding = (session: Session): session is StandingInForce => 'disabled' in session;

/**
 * A session that was opened within another one, as an OAuth grant is within a browser's sign-in,
 * carries its key in its own: `parent~child`. It lives only while its parent does, so that one
 * logout ends them all in one write.
 */
export const childKey = (parent: string, child: string): string => `${parent}~${child}`;

/** @returns The session itself where it was opened within none. */
export const parentOf = ({ subject, key }: SessionName): SessionName => ({
  subject,
  key: key.split('~', 1)[0] ?? key,
});

export const sessionKey = ({ subject, key }: SessionName): Key => ({
  pk: subject,
  sk: `session#${key}`,
});

/**
 * @param also - Written with it, or not at all.
 * @returns `false` if that key exists already, which a random key does not.
 */
export async function saveSession(
  table: Table,
  name: SessionName,
  { domain, ...session }: NewSession & OfDomain,
  also: readonly Write[] = [],
): Promise<boolean> {
  const { expiresAt } = session;
  const place = domain !== undefined && placeOfSession(name, { domain, expiresAt });
  const item = { ...sessionKey(name), ...session, ...place };
  const when = { expression: 'attribute_not_exists(pk)' };
  const copies = sessionCopies(table, name, undefined, session);
  if (also.length + copies.length === 0) return put(table, item, when);
  const failed = await transact([{ table, put: item, when }, ...copies, ...also]);
  return !failed.includes(true);
}

/** What goes with the write of a session. @param after - `undefined` where it is ended. */
export function sessionCopies(
  table: Table,
  name: SessionName,
  before: Spread | undefined,
  after?: Session,
): Write[] {
  const { entries } = after && isStanding(after) ? StandingInForceItem : SignInItem;
  return copyWrites(
    { table, key: sessionKey(name) },
    before,
    after && { spread: after.spread, content: onlyOf(entries, after) },
  );
}

/**
 * Lets one session outlive the sign-out of its subject that was just written.
 *
 * @returns `false` if it has ended, or was not of the generation before.
 */
export const carryOver = async (
  table: Table,
  name: SessionName,
  { from, to }: { from: number; to: number },
): Promise<boolean> =>
  (await updateIf(table, sessionKey(name), {
    set: { expression: 'subjectGeneration = :to', values: { ':to': to } },
    when: { expression: 'subjectGeneration = :from', values: { ':from': from } },
  })) !== undefined;

/**
 * Ends a live sign-in in one conditional write. A standing session is left alone: whoever holds an
 * API key's id, without its secret, must not be able to log it out (standing.ts deletes those).
 *
 * @param name.spread - Of the session, where it may have one: its copies end with it. Without it one that has is
 *        left alone.
 * @returns Whether this call is the one that ended it.
 */
export async function endSession(
  table: Table,
  { spread, ...name }: SessionName & { spread?: Spread | undefined },
  now: Instant,
  also: readonly Write[] = [],
): Promise<boolean> {
  const when = {
    expression: `attribute_exists(pk) AND attribute_not_exists(disabled) AND expiresAt > :now AND attribute_${spread ? '' : 'not_'}exists(spread)`,
    values: { ':now': now },
  };
  const writes = [...sessionCopies(table, name, spread), ...also];
  if (writes.length === 0) return deleteIf(table, sessionKey(name), when);
  const failed = await transact([{ table, remove: sessionKey(name), when }, ...writes]);
  return !failed.includes(true);
}
