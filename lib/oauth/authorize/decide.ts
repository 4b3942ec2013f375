/**
 * What has to happen before a client gets its code (issue-code.ts): nothing, a sign-in, a choice of account,
 * or the user's agreement.
 *
 * Errors: `login_required`, `account_selection_required` and `consent_required` where the client wants nobody
 *         to be asked, and
 *         `login_required` too where somebody else has signed in than it wants.
 *
 * @module
 * @see OpenID Connect Core §3.1.2.3 (authentication), §3.1.2.4 (consent), §3.1.2.6 (the codes)
 */

import type { SignedInBrowser } from '../../browser/recognise.ts';
import { refuse } from '../../errors.ts';
import { readTitles, type Titles } from '../../store/directory/resource-titles.ts';
import type { Instant } from '../../time.ts';
import { admits } from '../../verdict/admitted.ts';
import { namesPower } from '../../verdict/power.ts';
import { contextOf } from '../request/authentication-context.ts';
import type { AuthorizationRequest } from '../request/read.ts';
import type { AuthorizeServices, Pending } from './begin.ts';
import { isRemembered, mayAskNobody, scopesToConsent } from './remembered-consent.ts';

/** What the user has just done. Each step stands for those before it. */
export type Progress = 'none' | 'account' | 'login' | 'consent';
export type Question =
  | { ask: 'login'; username: string | undefined; again: boolean }
  | { ask: 'account'; accounts: readonly SignedInBrowser[] }
  | { ask: 'consent'; browser: SignedInBrowser; scopes: readonly string[]; titles: Titles };

/** Nothing is left to ask them. */
export type Agreed = { agreed: SignedInBrowser };

export async function decide(
  services: AuthorizeServices,
  pending: Pending,
  step: Progress,
): Promise<Question | Agreed> {
  const { asked, browser, among } = pending;
  const now = services.now();
  const silent = asked.prompt.has('none');
  if (step === 'none' && !asked.prompt.has('login') && among.length > 1) {
    if (!silent) return { ask: 'account', accounts: among };
    throw refuse(
      'account_selection_required',
      'account-selection-required',
      'The user has to choose an account.',
    );
  }
  if (!browser || !isRightSignIn(asked, browser) || isTooOld(asked, browser, step, now)) {
    if (silent || step === 'login')
      throw refuse('login_required', 'login-required', 'The user has to sign in.');
    return signInOf(asked, browser);
  }
  if (asked.prompt.has('select_account') && step === 'none')
    return { ask: 'account', accounts: among };
  if (step !== 'consent' && !hasAgreed(services, pending, browser)) {
    if (silent) throw refuse('consent_required', 'consent-required', 'The user has to agree.');
    return consentTo(services, asked, browser);
  }
  return { agreed: browser };
}

async function consentTo(
  { tables }: AuthorizeServices,
  asked: AuthorizationRequest,
  browser: SignedInBrowser,
): Promise<Question> {
  const scopes = scopesToConsent(asked, tables.impliedAccess);
  const titles = scopes.some(namesPower) ? await readTitles(tables.directory) : {};
  return { ask: 'consent', browser, scopes, titles };
}

/** Who has to sign in again is likely the one who did before, unless the client knows better. */
function signInOf(asked: AuthorizationRequest, browser: SignedInBrowser | undefined): Question {
  const again = browser !== undefined && isRightUser(asked, browser);
  return {
    ask: 'login',
    username: asked.loginHint ?? (again ? browser.user.username : undefined),
    again,
  };
}

const hasAgreed = (
  { tables, now }: AuthorizeServices,
  { asked, consent }: Pending,
  { user }: SignedInBrowser,
): boolean =>
  !asked.prompt.has('consent') &&
  (mayAskNobody(asked.client, user) ||
    isRemembered(scopesToConsent(asked, tables.impliedAccess), asked.client, consent, now()));

/** One whom the client admits, and expects, by an ID token of theirs or by name. */
const isRightUser = (
  { client, subjects }: AuthorizationRequest,
  { user }: SignedInBrowser,
): boolean => admits(client, user) && subjects.every((subject) => subject === user.id);

/** With `max_age=0` every sign-in is. One that was just made, or that the user agreed on, never is. */
/** Another way than the client takes is no sign-in for it (OpenID Connect Core §5.5.1.1). */
const isRightSignIn = (asked: AuthorizationRequest, browser: SignedInBrowser): boolean =>
  isRightUser(asked, browser) && (asked.contexts?.includes(contextOf(browser.session)) ?? true);

function isTooOld(
  { prompt, maxAge }: AuthorizationRequest,
  { session }: SignedInBrowser,
  step: Progress,
  now: Instant,
): boolean {
  if (step === 'login' || step === 'consent') return false;
  if (prompt.has('login') || maxAge === 0) return true;
  return maxAge !== undefined && now - session.authTime > maxAge;
}
