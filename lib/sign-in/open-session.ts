/**
 * Opens a session: one write, and a token that names it.
 *
 * Units: lifetime is seconds; expiresAt is epoch seconds.
 *
 * @module
 */

import type { Table } from '../aws/table.ts';
import { randomKey } from '../crypto.ts';
import type { Domain } from '../store/directory/domains.ts';
import type { Subject } from '../store/directory/subjects.ts';
import { saveSession } from '../store/sessions/sessions.ts';
import { after, type Instant, type Seconds } from '../time.ts';
import { type AccessClaims, type SigningServices, signAccess } from './access-token.ts';

export type SessionServices = SigningServices & {
  sessions: Table;
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
  ip: string;
  userAgent: string | undefined;
  /** What a dialect's clients expect in the token beside ours. Never read for a decision. */
  claims?: Record<string, unknown>;
};
export type OpenedSession = { key: string; token: string; issuedAt: Instant; expiresAt: Instant };

export async function openSession(
  { sessions, keyring, place, now }: SessionServices,
  { subject, domain }: { subject: Subject; domain: Domain },
  { kind, client, type, lifetime, scope, ip, userAgent, claims = {} }: SessionRequest,
): Promise<OpenedSession> {
  const key = randomKey();
  const issuedAt = now();
  const expiresAt = after(issuedAt, lifetime);
  // Signed before it is saved: without a signing key nothing is left behind.
  const token = await signAccess(
    { keyring, place },
    { subject, key, client, type, scope, issuedAt, expiresAt, claims },
  );
  await saveSession(
    sessions,
    { subject: subject.id, key },
    {
      kind,
      client,
      scope,
      issuedAt,
      expiresAt,
      subjectGeneration: subject.generation,
      domainGeneration: domain.generation,
      ip,
      userAgent,
    },
  );
  return { key, token, issuedAt, expiresAt };
}
