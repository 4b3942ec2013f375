/**
 * The pages of our own that a browser may be sent to the login from, and back to after it: those that
 * answer a GET with who the caller is. Each face says which is its own.
 *
 * @module
 * @see OWASP Unvalidated Redirects Cheat Sheet (a list, never a pattern)
 */
import { refuse } from '../errors.ts';

const RETURN_TO = 'return_to';
/** As an authorization request says it (OpenID Connect Core §3.1.2.1). */
const AGAIN = { prompt: 'login' };

/**
 * @param page - Of those.
 * @param isAgain - Also for whoever is signed in there: what the page does needs a fresh sign-in.
 * @returns Where to sign in for it.
 */
export const loginPathFor = (page: string, isAgain = false): string =>
  `/oauth/login?${new URLSearchParams({ [RETURN_TO]: page, ...(isAgain && AGAIN) })}`;

/** Whether somebody who is signed in is to prove again who they are. */
export const asksAgain = (sent: URLSearchParams): boolean => sent.get('prompt') === AGAIN.prompt;

/**
 * @param pages - Their paths.
 * @returns `undefined` where the login is for a client. @throws AuthError for any other page.
 */
export function returnPath(sent: URLSearchParams, pages: readonly string[]): string | undefined {
  const [wanted, ...more] = sent.getAll(RETURN_TO);
  if (wanted === undefined || sent.has('client_id')) return undefined;
  const found = pages.find((page) => page === wanted);
  if (!found || more.length > 0)
    throw refuse('invalid_request', 'return-page-unknown', 'There is no such page to return to.');
  return found;
}
