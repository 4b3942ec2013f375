/**
 * Signs a browser in with a name and a password, beside those who are signed in there already (admit.ts).
 *
 * Errors: none; a refusal is an answer.
 *
 * @module
 */

import type { CalledFrom } from '../events/trail.ts';
import { logRefusal } from '../log.ts';
import { authenticateUser } from '../sign-in/authenticate.ts';
import { tellRefusal } from '../sign-in/tell-refusal.ts';
import type { Domain } from '../store/directory/domains.ts';
import type { User } from '../store/directory/users.ts';
import { type Admitted, admit, type BrowserSignInServices } from './admit.ts';
import { beginCounted, endCounted, type TooEarly, tooEarly } from './counted.ts';
import type { SignedInBrowser } from './recognise.ts';

export type Credentials = {
  username: string;
  password: string;
  /** By which the browser is known, if it is. */
  device: string | undefined;
};
export type BrowserSignIn =
  | Admitted
  | { status: 'wrong' }
  /** It was right, and opens nothing before there is another one. */
  | { status: 'must_change'; subject: User; domain: Domain }
  | TooEarly;

export async function signInBrowser(
  services: BrowserSignInServices,
  credentials: Credentials,
  from: CalledFrom,
  accounts: readonly SignedInBrowser[],
): Promise<BrowserSignIn> {
  const { device } = credentials;
  const attempt = await beginCounted(services, credentials, from);
  if ('status' in attempt) return attempt;
  const { userId, count, seen } = attempt;
  const signedIn = await authenticateUser(services.tables.directory, userId, credentials.password);
  if (signedIn.status === 'must_change') {
    await endCounted(services, attempt);
    return signedIn;
  }
  if (signedIn.status !== 'ok') {
    const detail = { why: signedIn.status, how: 'page', count } as const;
    await tellRefusal(services.trail, { ...signedIn, detail, seen }, from);
    if (attempt.wait > 0) return tooEarly(attempt.wait);
    logRefusal('invalid_credentials', signedIn.status, { rule: 'sign_in' });
    return { status: 'wrong' };
  }
  const who = { from, accounts, device, how: 'page' } as const;
  const [admitted] = await Promise.all([
    admit(services, signedIn, who),
    endCounted(services, attempt),
  ]);
  return admitted ?? { status: 'wrong' };
}
