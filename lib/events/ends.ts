/**
 * What of somebody's sign-ins an event may have ended. Who has to be told of it is found out later and
 * elsewhere (lib/oauth/logout/backchannel.ts), from what is stored: news of which nothing has ended tells
 * nobody, so it is given rather once too often.
 *
 * NOT here: what expires, and a client that is gone, whom nobody could tell anything any more.
 *
 * @module
 */
import type { Event } from '../store/events/event.ts';
import type { EventType } from '../store/events/types.ts';

/** Of this user something has ended. `client`: what was granted to that one has. */
export type LogoutNews = { subject: string };
/** Of everybody in this domain, or of everybody who uses this client. */
export type WideNews = { domain: string } | { client: string };
/** This client has to be told of this session. */
export type LogoutNotice = { client: string; subject: string; sid: string };
export type Ending = LogoutNews | WideNews | LogoutNotice;

type Reading = (event: Event) => Ending[];

const ofUser: Reading = ({ target }) => [{ subject: target }];
const ofClient: Reading = ({ target }) => [{ client: target }];
const ofDomain: Reading = ({ target }) => [{ domain: target }];

const ENDS: { [T in EventType]?: Reading } = {
  'user.changed': ofUser,
  'user.disabled': ofUser,
  'user.deleted': ofUser,
  'user.password-changed': ofUser,
  'user.signed-out': ofUser,
  'client.disabled': ofClient,
  'client.secret-changed': ofClient,
  'client.signed-out': ofClient,
  'domain.disabled': ofDomain,
  'domain.deleted': ofDomain,
  'domain.signed-out': ofDomain,
};

export const endingsOf = (event: Event): Ending[] => ENDS[event.type]?.(event) ?? [];
