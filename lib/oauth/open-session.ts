/**
 * Opens a session: one write, and a token that names it.
 *
 * Units: lifetime is seconds; expiresAt is epoch seconds.
 *
 * @module
 * @see RFC 9068 §2.2 (the claims)
 */
import { mergeAcls } from '../access/acl.ts';
import type { Authenticated } from '../access/authenticate.ts';
import { randomKey } from '../crypto.ts';
import type { Acl } from '../store/roles.ts';
import { saveSession } from '../store/sessions.ts';
import type { Table } from '../store/table.ts';
import { signAccessToken, type TokenPlace } from '../tokens/access-token.ts';
import type { Keyring } from '../tokens/keyring.ts';

export type SessionServices = {
  sessions: Table;
  keyring: Keyring;
  place: TokenPlace;
  /** Epoch seconds. */
  now: () => number;
};
/** `kind` is the face that opened it, and the `client_id` of its token. */
export type SessionRequest = {
  kind: string;
  lifetime: number;
  ip: string;
  userAgent: string | undefined;
};
export type OpenedSession = { key: string; token: string; expiresAt: number; acl: Acl };

export async function openSession(
  { sessions, keyring, place, now }: SessionServices,
  { user, domain, roles }: Extract<Authenticated, { status: 'ok' }>,
  { kind, lifetime, ip, userAgent }: SessionRequest,
): Promise<OpenedSession> {
  const key = randomKey();
  const issuedAt = now();
  const expiresAt = issuedAt + lifetime;
  const acl = mergeAcls(roles.map(({ effective }) => effective));
  // Signed before it is saved: without a signing key nothing is left behind.
  const token = await signAccessToken(
    {
      sub: user.id,
      sid: key,
      jti: randomKey(),
      client_id: kind,
      domain: user.domain,
      roles: user.roles,
      acl,
      iat: issuedAt,
      exp: expiresAt,
    },
    place,
    await keyring.signingKey('ES256'),
  );
  await saveSession(
    sessions,
    { subject: user.id, key },
    {
      kind,
      client: kind,
      issuedAt,
      expiresAt,
      subjectGeneration: user.generation,
      domainGeneration: domain.generation,
      ip,
      userAgent,
    },
  );
  return { key, token, expiresAt, acl };
}
