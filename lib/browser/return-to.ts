/**
 * The pages of our own that a browser may be sent to the login from, and back to after it: those that
 * answer a GET with who the caller is. Each face says which is its own.
 *
 * @module
 * @see OWASP Unvalidated Redirects Cheat Sheet (a list, never a pattern)
 */
import { refuse } from '../errors.ts';

const RETURN_TO = 'return_to';

/** @param page - Of those. @returns Where to sign in for it. */
export const loginPathFor = (page: string): string =>
  `/oauth/login?${new URLSearchParams({ [RETURN_TO]: page })}`;

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
