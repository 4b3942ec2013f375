/**
 * What of somebody's sign-ins an event may have ended. Who has to be told of it is found out later and
 * elsewhere (lib/oauth/logout/backchannel.ts), from what is stored: news of which nothing has ended tells
 * nobody, so it is given rather once too often.
 *
 * NOT here: what expires; a client that is deleted, whom nobody could tell anything any more; and a domain that
 * is, which was disabled before.
 *
 * @module
 */
import type { Item } from '../aws/table.ts';
import { isClientId } from '../store/directory/client-id.ts';
import type { Event } from '../store/events/event.ts';
import type { EventType } from '../store/events/types.ts';
import { EVERY_DOMAIN } from '../verdict/admitted.ts';

/** Of this user something has ended. */
type LogoutNews = { subject: string };
/**
 * Of everybody who uses this client, those of the domains that it admitted before included; or of everybody in
 * this domain; `after`: from there on.
 */
export type WideNews =
  | { client: string; domains?: readonly string[] | undefined }
  | { domain: string; after?: Item | undefined };
/** This client has to be told of this session. */
export type LogoutNotice = { client: string; subject: string; sid: string };
export type Ending = LogoutNews | WideNews | LogoutNotice;

type Reading = (event: Event) => Ending[];

const ofUser: Reading = ({ target }) => [{ subject: target }];
const ofClient: Reading = ({ target }) => [{ client: target }];
const ofDomain: Reading = ({ target }) => [{ domain: target }];

/** A client's grant that is gone already is found by nobody any more, so it is named. */
const ofGrant: Reading = ({ target, detail = {} }) => {
  const { client, sid } = detail;
  const named = typeof client === 'string' && isClientId(client) && typeof sid === 'string';
  return named ? [{ client, subject: target, sid }, { subject: target }] : [{ subject: target }];
};

/** What a client gives up by itself it need not be told of, until its user's browser is signed out. */
const ofSession: Reading = (event) => {
  const why = event.detail?.['why'];
  if (why === 'revoked') return [];
  return why === 'administrator' ? ofGrant(event) : ofUser(event);
};

/** By what a client proves who it is: whoever gives one up is signed out. */
const PROOFS = ['authentication', 'jwks', 'jwksUri'] as const;

/** Likewise who gives up a grant, or a domain whose users it admitted, which are its users no more. */
const ofChange: Reading = (event) => {
  const { before = {}, after = {}, domain: own, target } = event;
  const domains = taken(before['domains'] ?? [own], after['domains'] ?? [own]);
  if (domains.length > 0) return [{ client: target, domains }];
  const isAnother = PROOFS.some(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  return isAnother || taken(before['grants'], after['grants']).length > 0 ? ofClient(event) : [];
};

function taken(before: unknown, after: unknown): string[] {
  const left = namesIn(after);
  return left.includes(EVERY_DOMAIN) ? [] : namesIn(before).filter((name) => !left.includes(name));
}

const namesIn = (list: unknown): string[] => (Array.isArray(list) ? list.map(String) : []);

const ENDS: { readonly [T in EventType]?: Reading } = {
  'session.signed-out': ofUser,
  'session.ended': ofSession,
  'session.reused': ofGrant,
  'consent.withdrawn': ofUser,
  'user.changed': ofUser,
  'user.disabled': ofUser,
  'user.deleted': ofUser,
  'user.password-changed': ofUser,
  'user.signed-out': ofUser,
  'client.changed': ofChange,
  'client.disabled': ofClient,
  'client.secret-changed': ofClient,
  'client.signed-out': ofClient,
  'domain.disabled': ofDomain,
  'domain.signed-out': ofDomain,
};

/** Of a type of another release, nothing that is known here. */
export const endingsOf = (event: Event): Ending[] =>
  Object.hasOwn(ENDS, event.type) ? (ENDS[event.type as EventType]?.(event) ?? []) : [];
