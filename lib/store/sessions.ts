/**
 * Sessions: what a key stands for, from sign-in to logout.
 *
 * Item:   { pk: subject id, sk: "session#" + key, kind, client, scope?, issuedAt, expiresAt,
 *           subjectGeneration, domainGeneration, ip, userAgent? } in the sessions table
 * Units:  issuedAt and expiresAt are epoch seconds; expiresAt is also the table's TTL attribute,
 *         which DynamoDB honours late, so every reader compares it itself.
 *
 * A session whose generations differ from its subject's or domain's is dead (see access/verdict.ts).
 *
 * @module
 */
import * as v from 'valibot';
import { deleteIf, type Key, put, type Table } from './table.ts';

export const SessionItem = v.object({
  kind: v.string(),
  client: v.string(),
  scope: v.optional(v.string()),
  issuedAt: v.number(),
  expiresAt: v.number(),
  subjectGeneration: v.number(),
  domainGeneration: v.number(),
});
export type Session = v.InferOutput<typeof SessionItem>;
export type NewSession = Session & { ip: string; userAgent?: string | undefined };
/** What names a session: the subject's id and the session's key (the token's `sub` and `sid`). */
export type SessionName = { subject: string; key: string };

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
    expression: 'expiresAt > :now',
    values: { ':now': now },
  });
