/**
 * Grants: what a user lets an OAuth client do, as a session. Its refresh token is kept as a
 * fingerprint, and those just exchanged with their successors sealed, so that a client that lost an
 * answer gets the same one again.
 *
 * Item:  a sign-in's (sessions.ts) of kind `authorization_code`, with { authTime, showAuthTime, acr?,
 *        claims?, refresh?, browser? }; its key is a child's (`childKey`) unless the grant is for offline access
 * Units: times are epoch seconds.
 *
 * @module
 */

import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { queryAll } from '../../aws/query.ts';
import { get, type Table, updateIf } from '../../aws/table.ts';
import type { Instant } from '../../time.ts';
import { type Session, SessionItem, type SessionName, SignInItem, sessionKey } from './sessions.ts';

export const GRANT = 'authorization_code';
const PREFIX = 'session#';

/** Claims asked for by name (OpenID Connect Core §5.5). */
export const RequestedClaimsItem = v.object({
  idToken: v.array(v.string()),
  userinfo: v.array(v.string()),
});
export type RequestedClaims = v.InferOutput<typeof RequestedClaimsItem>;

const RotationItem = v.object({
  /** Fingerprint of the secret that was exchanged, and when. */
  from: v.string(),
  at: InstantItem,
  /** Its successor, encrypted under it: only who holds the one can read the other. */
  sealed: v.string(),
});
const RefreshItem = v.object({
  /** Fingerprint of what all refresh tokens of the grant have in common, and nobody else knows. */
  family: v.string(),
  /** Fingerprint of the secret that works. */
  current: v.string(),
  /** The exchanges that may still be repeated, the newest first. */
  rotations: v.array(RotationItem),
});
export type Refresh = v.InferOutput<typeof RefreshItem>;

export const GrantItem = v.object({
  ...SignInItem.entries,
  kind: v.literal(GRANT),
  scope: v.string(),
  clientGeneration: v.number(),
  authTime: InstantItem,
  /** Whether ID tokens say so. */
  showAuthTime: v.boolean(),
  acr: v.optional(v.string()),
  claims: v.optional(RequestedClaimsItem),
  refresh: v.optional(RefreshItem),
  /** For offline access: the browser session in which it was given, until that has ended. */
  browser: v.optional(v.string()),
});
export type Grant = v.InferOutput<typeof GrantItem>;

/** May have expired, or been signed out. @returns `undefined` too for a session of another kind. */
export async function readGrant(sessions: Table, name: SessionName): Promise<Grant | undefined> {
  const item = await get(sessions, sessionKey(name));
  return item?.['kind'] === GRANT ? parseItem(GrantItem, item) : undefined;
}

/** All that a user has given to a client, expired ones included. */
export async function grantsTo(
  sessions: Table,
  { subject, client }: { subject: string; client: string },
): Promise<SessionName[]> {
  const items = await queryAll(sessions, { partition: subject, prefix: PREFIX });
  return items
    .filter((item) => item['kind'] === GRANT && item['client'] === client)
    .map(({ sk }) => ({ subject, key: String(sk).slice(PREFIX.length) }));
}

/** A session of any kind, and what is more to it where it is a grant. May have expired: DynamoDB deletes late. */
export async function readAny(
  sessions: Table,
  name: SessionName,
): Promise<{ session: Session; grant: Grant | undefined } | undefined> {
  const item = await get(sessions, sessionKey(name));
  return (
    item && {
      session: parseItem(SessionItem, item),
      grant: item['kind'] === GRANT ? parseItem(GrantItem, item) : undefined,
    }
  );
}

/**
 * Exchanges the refresh token in one conditional write, so of two racing requests only one does.
 *
 * @returns `false` if the token presented is not the current one any more, or the grant has ended.
 */
export async function rotateRefresh(
  sessions: Table,
  name: SessionName,
  { from, to, now }: { from: string; to: Refresh; now: Instant },
): Promise<boolean> {
  const set = {
    expression: '#refresh = :to',
    values: { ':to': to },
    names: { '#refresh': 'refresh' },
  };
  const when = {
    expression: '#refresh.#current = :from AND expiresAt > :now',
    values: { ':from': from, ':now': now },
    names: { '#current': 'current' },
  };
  return (await updateIf(sessions, sessionKey(name), { set, when })) !== undefined;
}
