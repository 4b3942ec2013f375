/**
 * Who is signed in: by the code flow with PKCE, at the service's own pages, in this very tab.
 *
 * Tokens are in memory and nowhere else, so a reload asks for new ones: by a redirect that shows nothing
 * while the browser is signed in (`prompt=none`), and back to the same address. What has to outlive the
 * redirect is in the tab's own storage: the verifier, which alone opens nothing, and where to go back to.
 *
 * @module
 * @see RFC 7636 (PKCE), RFC 9207 (iss)
 */
import * as oauth from 'oauth4webapi';
import { settings } from './settings.ts';

export type Session =
  | { status: 'starting' }
  /** `reason`: of what went wrong, for people. */
  | { status: 'out'; reason?: string }
  | { status: 'in'; token: string; idToken: string }
  /** What was there has ended; what is typed is kept until somebody signs in again. */
  | { status: 'ended' };

const CALLBACK = '/signed-in';
const SIGNED_OUT = '/signed-out';
const KEPT = 'latchkey-sign-in';
type Kept = { verifier: string; state: string; nonce: string; back: string };

const { issuer } = settings;
const SERVER: oauth.AuthorizationServer = {
  issuer,
  authorization_endpoint: `${issuer}/oauth/authorize`,
  token_endpoint: `${issuer}/oauth/token`,
  authorization_response_iss_parameter_supported: true,
};
const CLIENT: oauth.Client = { client_id: settings.client.id };
const redirectUri = `${location.origin}${CALLBACK}`;

let session: Session = { status: 'starting' };
const listeners = new Set<() => void>();

export const currentSession = (): Session => session;
export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
function become(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

/** To be called once, before anything is shown. */
export async function start(): Promise<void> {
  if (location.pathname === CALLBACK) return finish();
  if (location.pathname === SIGNED_OUT) return become({ status: 'out' });
  await signIn({ silent: !isSentFor() });
}

/** Whether the service has sent a browser here that asked for a method of the API: it asked to be signed in. */
const isSentFor = (): boolean =>
  location.pathname === '/portal' && new URLSearchParams(location.search).has('call');

/** Leaves the page. @param silent - Shows nothing: whoever is not signed in comes back as that. */
export async function signIn({ silent = false } = {}): Promise<void> {
  const kept: Kept = {
    verifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    back: backFrom(location.pathname, location.search),
  };
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
  const url = new URL(SERVER.authorization_endpoint ?? '');
  const asked = {
    client_id: CLIENT.client_id,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: settings.client.scope,
    state: kept.state,
    nonce: kept.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(kept.verifier),
    code_challenge_method: 'S256',
    ...(silent && { prompt: 'none' }),
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  location.assign(url);
}

const backFrom = (path: string, search: string): string =>
  path === CALLBACK || path === SIGNED_OUT ? '/' : path + search;

async function finish(): Promise<void> {
  const answer = new URLSearchParams(location.search);
  const kept = takeKept();
  // At once: nobody who looks at the history later finds the code in it.
  history.replaceState(null, '', kept?.back ?? '/');
  if (!kept) return become({ status: 'out' });
  try {
    become(await redeem(answer, kept));
  } catch (error) {
    become(outBecause(error));
  }
}

function takeKept(): Kept | undefined {
  const text = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  return text === null ? undefined : (JSON.parse(text) as Kept);
}

async function redeem(answer: URLSearchParams, kept: Kept): Promise<Session> {
  const parameters = oauth.validateAuthResponse(SERVER, CLIENT, answer, kept.state);
  const insecure = { [oauth.allowInsecureRequests]: issuer.startsWith('http:') };
  const response = await oauth.authorizationCodeGrantRequest(
    SERVER,
    CLIENT,
    oauth.None(),
    parameters,
    redirectUri,
    kept.verifier,
    insecure,
  );
  const tokens = await oauth.processAuthorizationCodeResponse(SERVER, CLIENT, response, {
    expectedNonce: kept.nonce,
    requireIdToken: true,
  });
  return { status: 'in', token: tokens.access_token, idToken: tokens.id_token ?? '' };
}

/** What a silent request is answered where nobody is signed in, or somebody has to be asked. */
const NOBODY = ['login_required', 'interaction_required', 'consent_required'];

function outBecause(error: unknown): Session {
  if (error instanceof oauth.AuthorizationResponseError && NOBODY.includes(error.error))
    return { status: 'out' };
  const reason = error instanceof Error ? error.message : String(error);
  return { status: 'out', reason };
}

/** A call was refused since the session behind it is no more. */
export function hasEnded(): void {
  if (session.status === 'in') become({ status: 'ended' });
}

/** Leaves the page; by a form, so that the ID token is in no URL. */
export function signOut(): void {
  if (session.status !== 'in') return void signIn();
  const form = document.createElement('form');
  form.method = 'post';
  form.action = `${issuer}/session/end`;
  const fields = {
    client_id: CLIENT.client_id,
    id_token_hint: session.idToken,
    post_logout_redirect_uri: `${location.origin}${SIGNED_OUT}`,
  };
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}
