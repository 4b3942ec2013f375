/**
 * Whose users a client may act for: those of its own domain, unless it is registered for more. A user of
 * another is nobody to it, however real.
 *
 * @module
 */
type Registered = { domain: string; domains?: readonly string[] | undefined };

/** All of them, those that will be made too. */
export const EVERY_DOMAIN = '*';

export const admits = (
  { domain, domains = [domain] }: Registered,
  user: { domain: string },
): boolean => domains.includes(user.domain) || domains.includes(EVERY_DOMAIN);
