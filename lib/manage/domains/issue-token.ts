/**
 * Issues a domain token: a long-lived token of a whole domain, with one role. A JWT like any other, so
 * it is verified like any other; its session is a standing one (lib/manage/domains/tokens.ts).
 *
 * A token outlives neither the key that signed it nor the time for which retired keys are kept: it
 * lives for MAX_TOKEN_LIFETIME at most, and no longer than the setting `maxKeyLifetime` has it. What must
 * live longer is an API key.
 *
 * Units:  expiresAt, issuedAt and now are epoch seconds.
 * Errors: `insufficient_scope` for another domain than the caller's own, a letter that counts for own
 *         objects only, or a role that the caller does not hold.
 *
 * @module
 */

import { requireRoles } from '../../authority/grant.ts';
import { type Administrator, requireTokensOf } from '../../authority/reach.ts';
import type { Tables } from '../../aws/tables.ts';
import { randomKey } from '../../crypto.ts';
import type { Trail } from '../../events/trail.ts';
import type { Door } from '../../sign-in/by-password.ts';
import { domainSubject, readDomain } from '../../store/directory/domains.ts';
import { readRoles } from '../../store/directory/roles.ts';
import { readSettings } from '../../store/directory/settings.ts';
import type { SessionName, Standing } from '../../store/sessions/sessions.ts';
import { asSwitched, type Named, saveStanding } from '../../store/sessions/standing.ts';
import type { Instant, Seconds } from '../../time.ts';
import { signAccessToken, type TokenPlace } from '../../tokens/access-token.ts';
import type { Keyring } from '../../tokens/keyring.ts';
import { traceStanding } from '../keys/trace-standing.ts';
import { DOMAIN_TOKEN } from './tokens.ts';

export type DomainTokenServices = {
  tables: Tables;
  keyring: Keyring;
  place: TokenPlace;
  maxTokenLifetime: Seconds;
};
export type DomainTokenRequest = {
  domain: string;
  role: string;
  expiresAt: Instant;
  now: Instant;
  trail?: Trail | undefined;
};
export type IssuedDomainToken =
  | ({ status: 'ok'; token: string } & Named)
  | { status: 'unknown_domain' | 'unknown_role' | 'bad_expiry' };

/** The face that it is issued at: what its clients look for in such a token. */
export type DomainTokenDoor = Pick<Door<{ key: string; domain: string }>, 'claims'> & {
  /** The `client_id` of the token. */
  client: string;
};

export async function issueDomainToken(
  { tables, keyring, place, maxTokenLifetime }: DomainTokenServices,
  administrator: Administrator,
  { domain, role, expiresAt, now, trail }: DomainTokenRequest,
  { client, claims: claimsOf }: DomainTokenDoor,
): Promise<IssuedDomainToken> {
  const { caller } = administrator;
  requireTokensOf(administrator, domain);
  const { maxKeyLifetime = maxTokenLifetime } = await readSettings(tables.directory);
  const most = Math.min(maxKeyLifetime, maxTokenLifetime);
  if (!(expiresAt > now && expiresAt <= now + most)) return { status: 'bad_expiry' };
  const current = await readDomain(tables.directory, domain);
  if (!current) return { status: 'unknown_domain' };
  if ((await readRoles(tables.directory, [role])).length === 0) return { status: 'unknown_role' };
  await requireRoles(tables.directory, caller, [role]);

  const name: SessionName = { subject: domainSubject(domain), key: randomKey() };
  const claims = { sub: name.subject, sid: name.key, domain, roles: [role], exp: expiresAt };
  // Signed before it is saved: without a signing key nothing is left behind.
  const token = await signAccessToken(
    {
      ...claimsOf({ key: name.key, domain }),
      ...claims,
      jti: randomKey(),
      client_id: client,
      iat: now,
    },
    place,
    await keyring.signingKey('ES256'),
  );
  const standing: Standing = {
    kind: DOMAIN_TOKEN,
    client,
    issuedAt: now,
    expiresAt,
    disabled: false,
    ...asSwitched(undefined, current),
    roles: [role],
    name: role,
    createdBy: caller.subject.username,
    creator: caller.subject.id,
    version: 1,
  };
  const also = traceStanding({ name, domain, trail }, { after: standing });
  await saveStanding(tables.sessions, { name, standing }, also);
  return { status: 'ok', token, name, standing };
}
