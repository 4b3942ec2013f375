/**
 * The client that is measured, as Latchkey registers it, and codes as the authorization endpoint leaves them
 * behind.
 *
 * @module
 */
import type { SeededClient } from '../../dev/demo-clients.ts';
import { DOMAIN } from '../../dev/demo-directory.ts';
import type { Tables } from '../../lib/aws/tables.ts';
import { randomKey, randomSecret } from '../../lib/crypto.ts';
import { readClient } from '../../lib/store/directory/clients.ts';
import { readDomain } from '../../lib/store/directory/domains.ts';
import { normaliseLoginName } from '../../lib/store/directory/login-name.ts';
import { findUserId } from '../../lib/store/directory/login-owners.ts';
import { readUser } from '../../lib/store/directory/users.ts';
import { BROWSER, saveBrowserSession } from '../../lib/store/sessions/browser-sessions.ts';
import { saveCode } from '../../lib/store/sessions/codes.ts';
import { instant } from '../../lib/time.ts';
import { CLIENT, GRANTS, REDIRECT_URI, SCOPE } from './client.ts';

const USER = 'abc@example.com';
const HOUR = 3600;

/** With all the grants that are measured. */
export const REGISTRATION: SeededClient = {
  ...CLIENT,
  name: 'Bench',
  domain: DOMAIN,
  roles: ['api'],
  scopes: [],
  grants: [...GRANTS],
  redirectUris: [REDIRECT_URI],
  pkce: 'optional',
};

export async function makeCodes({ directory, sessions }: Tables, count: number): Promise<string[]> {
  const id = (await findUserId(directory, normaliseLoginName(USER) ?? '')) ?? '';
  const user = await readUser(directory, id);
  const domain = user && (await readDomain(directory, user.domain));
  const client = await readClient(directory, CLIENT.id);
  if (!user || !domain || !client) throw new Error('not seeded');
  const now = Math.floor(Date.now() / 1000);
  const generations = {
    subjectGeneration: user.generation,
    domainGeneration: domain.generation,
  };
  const browser = randomKey();
  await saveBrowserSession(
    sessions,
    { subject: id, key: browser },
    {
      kind: BROWSER,
      client: 'latchkey',
      issuedAt: instant(now),
      expiresAt: instant(now + 24 * HOUR),
      ...generations,
      secretHash: '0'.repeat(64),
      authTime: instant(now),
      ip: '127.0.0.1',
    },
  );
  const issue = async () => {
    const code = randomSecret();
    await saveCode(sessions, code, {
      client: client.id,
      clientGeneration: client.generation,
      redirectUri: REDIRECT_URI,
      subject: id,
      browser,
      ...generations,
      scope: SCOPE,
      authTime: instant(now),
      showAuthTime: false,
      // Made ahead of the measurement, which takes longer than a code's minute.
      validUntil: instant(now + HOUR),
    });
    return code;
  };
  return Promise.all(Array.from({ length: count }, issue));
}
