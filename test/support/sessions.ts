/**
 * Sessions as `POST /login` opens them once it has checked the password, which takes ten times as long:
 * for tests that are not about signing in.
 */
import { tokenClaims } from '../../lib/faces/webitel/show.ts';
import { openSession } from '../../lib/sign-in/open-session.ts';
import { findUserId, readUser } from '../../lib/store/directory/users.ts';
import { readMembership } from '../../lib/store/reads/verdict.ts';
import { keyring } from '../../lib/tokens/keyring.ts';
import { type Credential, ISSUER, type Service } from './service.ts';

const now = () => Math.floor(Date.now() / 1000);

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
      keyring: keyring(secret, now),
      place: { issuer: ISSUER, audience: ISSUER },
      now,
    },
    { subject, domain },
    {
      kind: 'webitel',
      client: 'webitel',
      lifetime: 86_400,
      ip: '192.0.2.1',
      userAgent: undefined,
      claims: tokenClaims({ status: 'ok', subject, domain, roles }),
    },
  );
}
