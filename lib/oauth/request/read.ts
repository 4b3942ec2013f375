/**
 * An authorization request, held against every rule once it is known where its errors may go.
 *
 * Errors: `invalid_request` and the codes of the single rules; all of them go to the destination.
 *
 * @module
 * @see RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1, §3.1.2.2 (the checks)
 */
import type { Tables } from '../../aws/tables.ts';
import { refuse } from '../../errors.ts';
import type { Client } from '../../store/directory/clients.ts';
import type { RequestedClaims } from '../../store/sessions/grants.ts';
import type { PublicKeyCache } from '../../tokens/public-keys.ts';
import { checkClaims } from './claims.ts';
import { checkIdTokenHint } from './id-token-hint.ts';
import { checkMaxAge } from './max-age.ts';
import type { Parameters, SentParameters } from './parameters.ts';
import { checkPkce } from './pkce.ts';
import { checkPrompt, type Prompt } from './prompt.ts';
import { checkRedirectUri } from './redirect-uri.ts';
import type { Destination } from './response.ts';
import { checkResponseMode, responseMode } from './response-mode.ts';
import { checkResponseType } from './response-type.ts';
import { checkScope } from './scope.ts';
import { checkUnsupported } from './unsupported.ts';

export type AuthorizationRequest = {
  client: Client;
  destination: Destination;
  scope: readonly string[];
  prompt: Prompt;
  /** Seconds. */
  maxAge: number | undefined;
  nonce: string | undefined;
  /** Of PKCE, always S256. */
  challenge: string | undefined;
  claims: RequestedClaims | undefined;
  /** Each names a user, and only that one will do. */
  subjects: readonly string[];
  /** The ways to sign in of which one has to have been taken. */
  contexts: readonly string[] | undefined;
  loginHint: string | undefined;
  showAuthTime: boolean;
};
export type HintServices = { issuer: string; keys: PublicKeyCache };
export type RequestServices = HintServices & { tables: Pick<Tables, 'impliedAccess'> };

/** Encoded. A redirect is a header, of which API Gateway passes on 10 KB with all the others. */
const MAX_STATE_IN_REDIRECT = 8000;
const MAX_NONCE = 1024;
const MAX_LOGIN_HINT = 256;

/** @throws AuthError that must be shown to the user: nothing goes to an address that is not proven. */
export function destinationOf({ redirectUris }: Client, parameters: Parameters): Destination {
  const redirectUri = checkRedirectUri(redirectUris, parameters.get('redirect_uri'));
  const mode = responseMode(parameters.get('response_mode'));
  const state = parameters.get('state');
  const fits =
    mode === 'form_post' ||
    encodeURIComponent(state?.toWellFormed() ?? '').length <= MAX_STATE_IN_REDIRECT;
  return { redirectUri, mode, state: fits ? state : undefined };
}

export async function checkAuthorizationRequest(
  services: RequestServices,
  client: Client,
  destination: Destination,
  { parameters, repeated }: SentParameters,
): Promise<AuthorizationRequest> {
  if (repeated.size > 0)
    throw refuse('invalid_request', 'request-parameter-repeated', 'A parameter was sent twice.');
  if (destination.state !== parameters.get('state'))
    throw refuse('invalid_request', 'state-too-long', 'The state is too long.');
  checkUnsupported(parameters);
  checkResponseMode(parameters.get('response_mode'));
  checkResponseType(client, parameters.get('response_type'));
  const prompt = checkPrompt(parameters.get('prompt'));
  const { claims, subject, contexts, authTime } = checkClaims(client, parameters.get('claims'));
  const maxAge = checkMaxAge(parameters.get('max_age'), client.defaultMaxAge);
  const nonce = parameters.get('nonce');
  if (nonce !== undefined && nonce.length > MAX_NONCE)
    throw refuse('invalid_request', 'nonce-too-long', 'The nonce is too long.');
  const scope = checkScope(client, parameters.get('scope'), prompt, services.tables.impliedAccess);
  const challenge = checkPkce(client, parameters);
  const hinted = await checkIdTokenHint(services, client.id, parameters.get('id_token_hint'));
  return {
    client,
    destination,
    scope,
    prompt,
    maxAge,
    nonce,
    challenge,
    claims,
    subjects: [hinted, subject].filter((id) => id !== undefined),
    loginHint: parameters.get('login_hint')?.slice(0, MAX_LOGIN_HINT),
    contexts,
    showAuthTime: maxAge !== undefined || prompt.has('login') || client.requireAuthTime || authTime,
  };
}
