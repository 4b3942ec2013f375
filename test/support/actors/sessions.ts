/**
 * Sessions as `POST /login` opens them once it has checked the password, which takes ten times as long:
 * for tests that are not about signing in.
 */

import { decodeJwt } from 'jose';
import { get } from '../../../lib/aws/table.ts';
import { tokenClaims } from '../../../lib/faces/webitel/show.ts';
import { openSession } from '../../../lib/sign-in/open-session.ts';
import { readClient } from '../../../lib/store/directory/clients.ts';
import { findUserId } from '../../../lib/store/directory/login-owners.ts';
import { readUser } from '../../../lib/store/directory/users.ts';
import { readMembership } from '../../../lib/store/reads/membership.ts';
import {
  type Session,
  type SignIn,
  saveSession,
  sessionKey,
} from '../../../lib/store/sessions/sessions.ts';
import { instant, seconds } from '../../../lib/time.ts';
import { keyring } from '../../../lib/tokens/keyring.ts';
import { type Credential, ISSUER, type Service } from '../running/service.ts';
import { trailTo } from '../running/trail.ts';
import { addClient } from './clients.ts';
import { forge } from './tokens.ts';

const now = () => instant(Math.floor(Date.now() / 1000));

/** @param name - In its normal form. The user and the domain are not disabled. */
export async function sessionOf(
  { tables, secret }: Pick<Service, 'tables' | 'secret'>,
  name: string,
): Promise<Credential> {
  const id = await findUserId(tables.directory, name);
  const subject = await readUser(tables.directory, id ?? '-');
  if (!subject) throw new Error(`there is no ${name}`);
  const { domain, roles } = await readMembership(tables.directory, subject);
  if (!domain || domain.disabled || subject.disabled) throw new Error(`${name} is disabled`);
  return openSession(
    {
      sessions: tables.sessions,
      trail: trailTo(tables.events),
      keyring: keyring(secret, now),
      place: { issuer: ISSUER, audience: ISSUER },
      now,
    },
    { subject, domain },
    {
      kind: 'webitel',
      client: 'webitel',
      lifetime: seconds(86_400),
      from: { ip: '192.0.2.1', userAgent: undefined },
      claims: tokenClaims({ status: 'ok', subject, domain, roles }),
    },
  );
}

/** Another session of the same subject, as a grant with a scope opens it. */
export async function narrowedTo(
  service: Service,
  { token, key }: Credential,
  scope: string,
): Promise<Credential> {
  const { sessions } = service.tables;
  const { sub: subject = '' } = decodeJwt(token);
  const sid = crypto.randomUUID();
  const stored = await get(sessions, sessionKey({ subject, key }));
  const { pk: _pk, sk: _sk, ...like } = stored as Session & { pk: string; sk: string };
  const { id: client } = await addClient(service, { scopes: scope.split(' ') });
  const clientGeneration = (await readClient(service.tables.directory, client))?.generation ?? 0;
  const granted = { kind: 'authorization_code', client, clientGeneration };
  const session = { authTime: like.issuedAt, ...(like as SignIn), ...granted, ip: '', scope };
  await saveSession(sessions, { subject, key: sid }, session);
  return { token: await forge(service, token, { claims: { sid } }), key: sid };
}
