/**
 * Signs users in: a name and a password for a session, each route in its product's own dialect.
 *
 *   POST /login    Webitel: { username, password } for { key, token, username, expires (ms), role,
 *                  roleName, acl, cdr }; 400 "User name is required", 401 "Invalid credentials",
 *                  404 "User not found"
 *
 * @module
 */
import { authenticate, type Refusal, type SignedIn } from '../lib/access/authenticate.ts';
import { composeLogin } from '../lib/compose.ts';
import * as webitel from '../lib/dialects/webitel.ts';
import type { AuthError } from '../lib/errors.ts';
import { endpoints } from '../lib/http/endpoint.ts';
import type { HttpRequest } from '../lib/http/request.ts';
import { type OpenedSession, openSession } from '../lib/oauth/open-session.ts';

const services = composeLogin();
const { config, directory } = services;

type Dialect = {
  kind: string;
  lifetime: number;
  refusal: (status: Refusal) => AuthError;
  claims: (signedIn: SignedIn) => Record<string, unknown>;
};
type Session = { signedIn: SignedIn; session: OpenedSession };

/** The same for all: only what is read and what is answered differs. */
async function signIn(
  request: HttpRequest,
  credentials: { username: string; password: string },
  { kind, lifetime, refusal, claims }: Dialect,
): Promise<Session> {
  const signedIn = await authenticate(directory, credentials);
  if (signedIn.status !== 'ok') throw refusal(signedIn.status);
  const session = await openSession(services, signedIn, {
    kind,
    client: kind,
    lifetime,
    ip: request.ip,
    userAgent: request.headers['user-agent'],
    claims: claims(signedIn),
  });
  return { signedIn, session };
}

async function webitelLogin(request: HttpRequest) {
  const { signedIn, session } = await signIn(request, webitel.readLogin(request), {
    kind: 'webitel',
    lifetime: config.webitelTokenLifetime,
    refusal: (status) => webitel.refusal(status, config.revealUnknownUser),
    claims: (of) => ({ acl: webitel.effectiveAcl(of) }),
  });
  return webitel.loginReply(signedIn, session, {
    host: config.cdrHost,
    useProxy: config.cdrUseProxy,
  });
}

export const handler = endpoints({
  'POST /login': { run: webitelLogin, showError: webitel.showError },
});
