/**
 * Signs users in: a name and a password for a session, each route in its product's own dialect.
 *
 *   POST /login    Webitel: { username, password } for { key, token, username, expires (ms), role,
 *                  roleName, acl, cdr }; 400 "User name is required", 401 "Invalid credentials",
 *                  404 "User not found"
 *   POST /user/auth    Appmixer: { username | email, password } for { user, token }; errors are
 *                  { statusCode, error, message }
 *   POST /api/v1/authenticate    Faveo: username, password and api_key? in the body or the query for
 *                  { token, user_id: profile }; errors are { Error, status_code } or { result }
 *
 * All three answer 429 with Retry-After (seconds) after too many failures, at whichever door.
 *
 * @module
 */

import { composeLogin } from '../lib/compose/login.ts';
import { composeOrigins } from '../lib/compose/origins.ts';
import type { AuthError } from '../lib/errors.ts';
import * as appmixer from '../lib/faces/appmixer/appmixer.ts';
import * as refusals from '../lib/faces/appmixer/refusals.ts';
import { acceptsApplication } from '../lib/faces/faveo/application-key.ts';
import * as faveo from '../lib/faces/faveo/faveo.ts';
import * as webitel from '../lib/faces/webitel/sign-in.ts';
import { endpoints } from '../lib/http/endpoint.ts';
import type { HttpRequest } from '../lib/http/request.ts';
import type { Refusal, SignedIn } from '../lib/sign-in/authenticate.ts';
import { authenticateCounted } from '../lib/sign-in/count-failures.ts';
import { type OpenedSession, openSession } from '../lib/sign-in/open-session.ts';
import { readSettings } from '../lib/store/directory/settings.ts';

const services = composeLogin();
const { config, directory } = services;

type Dialect = {
  kind: string;
  lifetime: number;
  /** Where its product lets nobody in who has not been activated. */
  activatedOnly?: boolean;
  refusal: (status: Refusal) => AuthError;
  claims: (signedIn: SignedIn) => Record<string, unknown>;
};
type Session = { signedIn: SignedIn; session: OpenedSession };

/** The same for all: only what is read and what is answered differs. */
async function signIn(
  request: HttpRequest,
  credentials: { username: string; password: string },
  { kind, lifetime, activatedOnly = false, refusal, claims }: Dialect,
): Promise<Session> {
  const { username, password } = credentials;
  const login = { username, password, ip: request.ip, activatedOnly };
  const signedIn = await authenticateCounted(services, login);
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
    claims: webitel.tokenClaims,
  });
  return webitel.loginReply(signedIn, session, {
    host: config.cdrHost,
    useProxy: config.cdrUseProxy,
  });
}

async function appmixerLogin(request: HttpRequest) {
  const { signedIn, session } = await signIn(request, appmixer.readSignIn(request), {
    kind: 'appmixer',
    lifetime: config.appmixerTokenLifetime,
    refusal: refusals.refusal,
    claims: ({ subject }) => appmixer.claims(subject),
  });
  return appmixer.signInReply(signedIn.subject, session);
}

/** The application is checked before the user: without its key nobody tries passwords here. */
async function faveoLogin(request: HttpRequest) {
  const { apiKey, ...credentials } = faveo.readSignIn(request);
  if (!acceptsApplication(await readSettings(directory), apiKey)) throw faveo.wrongApiKey();
  const { signedIn, session } = await signIn(request, credentials, {
    kind: 'faveo',
    lifetime: config.faveoTokenLifetime,
    activatedOnly: true,
    refusal: faveo.refusal,
    claims: () => faveo.claims(services.now()),
  });
  return faveo.signInReply(signedIn.subject, session);
}

export const handler = endpoints(
  {
    'POST /login': { run: webitelLogin, showError: webitel.showError },
    'POST /user/auth': { run: appmixerLogin, showError: refusals.showError },
    'POST /api/v1/authenticate': { run: faveoLogin, ...faveo.errorsAs(config.faveoErrorsAs200) },
  },
  composeOrigins(),
);
