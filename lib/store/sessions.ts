/**
 * Sessions: what a key stands for. Most come from a sign-in and end with a logout. API keys and
 * domain tokens are *standing* ones: an administrator makes and switches them, and they outlive
 * "sign out everywhere".
 *
 * Item:   { pk: subject id, sk: "session#" + key, kind, client, scope?, issuedAt } in the sessions
 *         table, and for a sign-in { expiresAt, subjectGeneration, domainGeneration, ip?, userAgent? },
 *         for a standing one { expiresAt?, disabled, roles? | acl?, secrets?, name, createdBy }
 * Units:  times are epoch seconds; expiresAt is also the table's TTL attribute, which DynamoDB
 *         honours late, so every reader compares it itself. A secret's hash is hexadecimal SHA-256.
 *
 * `roles` or `acl` stand in place of the subject's roles. `secrets` are there where a secret, not a
 * signed token, proves the session; two may live at once, so that one can be replaced without a gap.
 *
 * @module
 */
import * as v from 'valibot';
import { AclItem } from './roles.ts';
import { deleteIf, type Key, put, type Table } from './table.ts';

export const SecretHashItem = v.object({ hash: v.string(), until: v.optional(v.number()) });
export type SecretHash = v.InferOutput<typeof SecretHashItem>;

const common = {
  client: v.string(),
  scope: v.optional(v.string()),
  issuedAt: v.number(),
};
const SignInItem = v.object({
  ...common,
  kind: v.string(),
  expiresAt: v.number(),
  subjectGeneration: v.number(),
  domainGeneration: v.number(),
});
export const StandingItem = v.object({
  ...common,
  kind: v.picklist(['api-key', 'domain-token']),
  expiresAt: v.optional(v.number()),
  disabled: v.boolean(),
  roles: v.optional(v.array(v.string())),
  acl: v.optional(AclItem),
  secrets: v.optional(v.array(SecretHashItem)),
  name: v.string(),
  createdBy: v.string(),
});
export const SessionItem = v.union([StandingItem, SignInItem]);

export type SignIn = v.InferOutput<typeof SignInItem>;
export type Standing = v.InferOutput<typeof StandingItem>;
export type Session = SignIn | Standing;
export type NewSession = (SignIn & { ip: string; userAgent: string | undefined }) | Standing;
/** What names a session: the subject's id and the session's key (the token's `sub` and `sid`). */
export type SessionName = { subject: string; key: string };

export const isStanding = (session: Session): session is Standing => 'disabled' in session;

export const sessionKey = ({ subject, key }: SessionName): Key => ({
  pk: subject,
  sk: `session#${key}`,
});

/** @returns `false` if that key exists already, which a random key does not. */
export const saveSession = (table: Table, name: SessionName, session: NewSession) =>
  put(table, { ...sessionKey(name), ...session }, { expression: 'attribute_not_exists(pk)' });

/** Ends a live session in one conditional write. @returns Whether this call is the one that did. */
export const endSession = (table: Table, name: SessionName, now: number) =>
  deleteIf(table, sessionKey(name), {
    expression: 'attribute_exists(pk) AND (attribute_not_exists(expiresAt) OR expiresAt > :now)',
    values: { ':now': now },
  });
