/**
 * How a client proves who it is, at every endpoint that wants to know: `client_secret_basic` or
 * `client_secret_post`, one of them and once.
 *
 * Errors: `invalid_request` for what cannot be read, or two ways in one request; `invalid_client` for
 *         no way, one we do not know, an unknown client, a wrong secret, a client that is switched
 *         off: all with the same words, and the reason in our log only.
 *
 * @module
 * @see RFC 6749 §2.3 (one method a request), §2.3.1 (form-encoded halves; never in the URI), §5.2
 */
import {
  type AuthenticatedClient,
  authenticateClient,
  type ClientCredentials,
} from '../access/authenticate-client.ts';
import { AuthError } from '../errors.ts';
import type { HttpRequest } from '../http/request.ts';
import type { Table } from '../store/table.ts';

/** By their registered names (RFC 7591 §2). */
export const AUTHENTICATION_METHODS = ['client_secret_basic', 'client_secret_post'] as const;

export type KnownClient = Extract<AuthenticatedClient, { status: 'ok' }>;
type Parameters = ReadonlyMap<string, string>;

/** @param now - Epoch seconds. */
export async function requireClient(
  { directory, now }: { directory: Table; now: () => number },
  request: HttpRequest,
  parameters: Parameters,
): Promise<KnownClient> {
  const credentials = credentialsOf(request, parameters);
  const authenticated = await authenticateClient(directory, credentials, now());
  if (authenticated.status !== 'ok') throw invalidClient(authenticated.status);
  return authenticated;
}

function credentialsOf({ headers, query }: HttpRequest, parameters: Parameters): ClientCredentials {
  if (query.has('client_secret') || query.has('client_assertion'))
    throw invalidRequest('Client credentials must not be in the URI.');
  const { authorization } = headers;
  const secret = parameters.get('client_secret');
  const methods = [authorization, secret, parameters.get('client_assertion')].filter(Boolean);
  if (methods.length > 1) throw invalidRequest('The client authenticates in more than one way.');

  const id = parameters.get('client_id');
  if (authorization) {
    const basic = readBasic(authorization);
    if (id !== undefined && id !== basic.id)
      throw invalidRequest('The request names two different clients.');
    return basic;
  }
  if (id === undefined || secret === undefined) throw invalidClient('no way that we know');
  return { id, secret };
}

const BASIC = /^Basic(?: +(.*))?$/is;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function readBasic(authorization: string): ClientCredentials {
  const [scheme, encoded = ''] = BASIC.exec(authorization) ?? [];
  if (!scheme) throw invalidClient('an Authorization scheme that is not Basic');
  const pair = BASE64.test(encoded) ? Buffer.from(encoded, 'base64').toString('utf8') : '';
  const colon = pair.indexOf(':');
  if (colon === -1) throw malformedBasic();
  return { id: formDecoded(pair.slice(0, colon)), secret: formDecoded(pair.slice(colon + 1)) };
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw malformedBasic();
  }
}

const malformedBasic = () => invalidRequest('The Authorization header is malformed.');

const invalidRequest = (description: string) => new AuthError('invalid_request', description);

const invalidClient = (reason: string) =>
  new AuthError('invalid_client', 'Client authentication failed.', reason);
