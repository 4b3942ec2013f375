/**
 * The pages of our own that a browser may be sent to the login from, and back to after it: those that
 * answer a GET with who the caller is.
 *
 * @module
 * @see OWASP Unvalidated Redirects Cheat Sheet (a list, never a pattern)
 */
import { refuse } from '../errors.ts';

const OWN_PAGES = ['/user', '/api/v2/whoami', '/api/v1/authenticate/user'] as const;

export const RETURN_TO = 'return_to';

/** @returns Where to sign in, for a page that is on the list. */
export function loginPathFor(path: string): string | undefined {
  const query = new URLSearchParams({ [RETURN_TO]: path });
  return OWN_PAGES.some((page) => page === path) ? `/oauth/login?${query}` : undefined;
}

/** @returns `undefined` where the login is for a client. @throws AuthError for any other page. */
export function returnPath(sent: URLSearchParams): string | undefined {
  const [wanted, ...more] = sent.getAll(RETURN_TO);
  if (wanted === undefined || sent.has('client_id')) return undefined;
  const found = OWN_PAGES.find((page) => page === wanted);
  if (!found || more.length > 0)
    throw refuse('invalid_request', 'return-page-unknown', 'There is no such page to return to.');
  return found;
}
