/**
 * A client's request to sign its user out: who asks, and where the browser goes after it.
 *
 * In:     id_token_hint?, logout_hint?, client_id?, post_logout_redirect_uri?, state?, ui_locales?; others are
 *         ignored
 * Errors: `invalid_request`, to be shown to the user: a parameter sent twice, a hint that is not an ID
 *         token of ours (an old one is), a client that it was not issued to, a client that is not known,
 *         a URI that this client has not registered, so that no request leads a browser anywhere else,
 *         or more than fits a link
 *
 * NOT checked: that the hint's user is the one in front of the browser, who is asked in any case.
 *
 * @module
 * @see OpenID Connect RP-Initiated Logout 1.0 §2 (the parameters), §3 (exact match, or no redirect),
 *      RFC 8252 §7.3 (any port on loopback)
 */

import type { Table } from '../../aws/table.ts';
import { AuthError, refuse } from '../../errors.ts';
import { parametersOf } from '../../http/request.ts';
import { type Client, readClient } from '../../store/directory/clients.ts';
import { verifyIdToken } from '../../tokens/id-token.ts';
import type { PublicKeyCache } from '../../tokens/public-keys.ts';
import { isRegistered } from '../request/redirect-uri.ts';

export type LogoutServices = { directory: Table; issuer: string; keys: PublicKeyCache };
export type LogoutRequest = {
  client: Client | undefined;
  /** Registered, with the state added. */
  returnTo: string | undefined;
  /** Whom the client wants signed out: an id, or a name. */
  hint: string | undefined;
  /** The same request by its client's id: the ID token does not travel on. */
  request: URLSearchParams;
};

export async function checkLogout(
  services: LogoutServices,
  sent: URLSearchParams,
): Promise<LogoutRequest> {
  const parameters = parametersOf(sent);
  const { id, subject } = await hintedBy(services, parameters);
  const client = id === undefined ? undefined : await readClient(services.directory, id);
  if (parameters.has('client_id') && !client)
    throw refuse('invalid_request', 'client-not-known', 'The client is not known here.');
  const uri = parameters.get('post_logout_redirect_uri');
  if (uri !== undefined && !(client && mayLeadTo(client, uri)))
    throw refuse(
      'invalid_request',
      'post-logout-redirect-uri-unregistered',
      'The post_logout_redirect_uri is not registered for this client.',
    );

  const state = parameters.get('state');
  const hint = subject ?? parameters.get('logout_hint');
  const request = carried({
    ...Object.fromEntries(parameters),
    client_id: client?.id,
    logout_hint: hint,
  });
  if (request.toString().length > MAX_REQUEST)
    throw refuse('invalid_request', 'logout-request-too-long', 'The logout request is too long.');
  const returnTo = uri === undefined ? undefined : withState(uri, state);
  return { client, returnTo, hint, request };
}

/** Encoded. It travels on as a link of ours, and most of it as a redirect. */
const MAX_REQUEST = 5000;
const CARRIED = ['client_id', 'post_logout_redirect_uri', 'state', 'ui_locales', 'logout_hint'];

const carried = (said: Readonly<Record<string, string | undefined>>): URLSearchParams =>
  new URLSearchParams(CARRIED.map((name) => [name, said[name] ?? '']).filter(([, value]) => value));

const mayLeadTo = ({ disabled, postLogoutRedirectUris }: Client, uri: string): boolean =>
  !disabled && isRegistered(postLogoutRedirectUris, uri);

/** A hint alone says it too: its audience is the client, and its subject who is to be signed out. */
async function hintedBy(
  { issuer, keys }: LogoutServices,
  parameters: ReadonlyMap<string, string>,
): Promise<{ id: string | undefined; subject?: string }> {
  const [id, hint] = [parameters.get('client_id'), parameters.get('id_token_hint')];
  if (hint === undefined) return { id };
  const verified = await verifyIdToken(hint, { issuer }, keys);
  if (verified.status === 'invalid')
    throw new AuthError({
      code: 'invalid_request',
      rule: 'id-token-hint-invalid',
      text: 'The id_token_hint is not valid.',
      reason: verified.reason,
    });
  const { aud, sub } = verified.claims;
  if (id !== undefined && id !== aud)
    throw refuse(
      'invalid_request',
      'id-token-hint-of-another-client',
      'The id_token_hint was issued to another client.',
    );
  return { id: aud, subject: sub };
}

/** The query that the client registered stays as it is. */
function withState(uri: string, state: string | undefined): string {
  if (state === undefined) return uri;
  const joint = uri.includes('?') ? '&' : '?';
  return `${uri}${joint}${new URLSearchParams({ state })}`;
}
