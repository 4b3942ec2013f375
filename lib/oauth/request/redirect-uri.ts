/**
 * Where an answer may go: only to a redirect URI that the client has registered, compared as a string.
 * A program on the user's own machine may listen on any port, so there the port is left out of it.
 *
 * Errors: `invalid_request`, to be shown to the user: nothing may be sent to an address that failed.
 *
 * @module
 * @see RFC 9700 §2.1 (exact match), RFC 8252 §7.3 (any port on loopback), RFC 6749 §4.1.2.1 (no
 *      redirect), OpenID Connect Core §3.1.2.1 (the parameter is required)
 */
import { refuse } from '../../errors.ts';

export function checkRedirectUri(
  registered: readonly string[],
  requested: string | undefined,
): string {
  if (requested === undefined)
    throw refuse(
      'invalid_request',
      'redirect-uri-missing',
      'The redirect_uri is missing or was sent twice.',
    );
  if (!isRegistered(registered, requested))
    throw refuse(
      'invalid_request',
      'redirect-uri-unregistered',
      'The redirect_uri is not registered for this client.',
    );
  return requested;
}

/** Where a browser may be sent, with an answer or after a logout. */
export const isRegistered = (registered: readonly string[], requested: string): boolean =>
  registered.some((uri) => uri === requested || sameButForPort(uri, requested));

/** Plain http only: with a certificate a port is a server's, not a program's. */
const LOOPBACK = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost))(?::(\d{1,5}))?((?:[/?].*)?)$/s;

function sameButForPort(registered: string, requested: string): boolean {
  const [, origin, , rest] = LOOPBACK.exec(registered) ?? [];
  const [, askedOrigin, port, askedRest] = LOOPBACK.exec(requested) ?? [];
  const isPort = port === undefined || (Number(port) > 0 && Number(port) <= 65_535);
  return origin !== undefined && origin === askedOrigin && rest === askedRest && isPort;
}
