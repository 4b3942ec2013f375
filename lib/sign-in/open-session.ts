/**
 * Opens a session: one write, and a token that names it.
 *
 * Units: lifetime is seconds; expiresAt is epoch seconds.
 *
 * @module
 */

import type { Table } from '../aws/table.ts';
import { randomKey } from '../crypto.ts';
import { goOnUntold } from '../events/go-on.ts';
import { type How, sessionOpened } from '../events/kinds/session.ts';
import { type CalledFrom, type TrailServices, trailOf, whoSignsIn } from '../events/trail.ts';
import type { Domain } from '../store/directory/domains.ts';
import type { Subject } from '../store/directory/subjects.ts';
import { saveSession } from '../store/sessions/sessions.ts';
import type { Spread } from '../store/spread/copies.ts';
import { after, type Instant, type Seconds } from '../time.ts';
import { type AccessClaims, type SigningServices, signAccess } from './access-token.ts';

export type SessionServices = SigningServices & {
  sessions: Table;
  trail: TrailServices;
  /** Epoch seconds. */
  now: () => Instant;
};
export type SessionRequest = {
  /** The face or grant that opened it. */
  kind: string;
  /** The `client_id` of the token: the OAuth client, or the dialect's name. */
  client: string;
  type?: AccessClaims['type'];
  lifetime: Seconds;
  scope?: string | undefined;
  from: CalledFrom;
  /** How it came about; left out where it leaves no event, as a machine's token by default. */
  how?: How | undefined;
  /** What a dialect's clients expect in the token beside ours. Never read for a decision. */
  claims?: Record<string, unknown>;
  /** Of a client's own. */
  spread?: Spread | undefined;
};
export type OpenedSession = { key: string; token: string; issuedAt: Instant; expiresAt: Instant };

export async function openSession(
  { sessions, keyring, place, now, trail }: SessionServices,
  { subject, domain }: { subject: Subject; domain: Domain },
  { kind, client, type, lifetime, scope, from, how, spread, claims = {} }: SessionRequest,
): Promise<OpenedSession> {
  const key = randomKey();
  const issuedAt = now();
  const expiresAt = after(issuedAt, lifetime);
  // Signed before it is saved: without a signing key nothing is left behind.
  const token = await signAccess(
    { keyring, place },
    { subject, key, client, type, scope, issuedAt, expiresAt, claims },
  );
  const name = { subject: subject.id, key };
  const session = {
    kind,
    client,
    scope,
    issuedAt,
    expiresAt,
    subjectGeneration: subject.generation,
    domainGeneration: domain.generation,
    ip: from.ip,
    userAgent: from.userAgent,
    domain: subject.domain,
    spread,
  };
  const opened = { name, domain: subject.domain };
  const told = how ? sessionOpened(opened, { how, kind, client, scope }) : [];
  const events = trailOf(trail, whoSignsIn(subject, { key, client }), from)(told);
  const loss = { ...trail, what: 'sign-in' } as const;
  await goOnUntold(events, loss, (also) => saveSession(sessions, name, session, also));
  return { key, token, issuedAt, expiresAt };
}
