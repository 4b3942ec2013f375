/**
 * How a client says who it is, and proves it: `client_secret_basic`, `client_secret_post`,
 * `private_key_jwt`, one of them and once, or, as a public client, its id alone. `Authorization` of
 * another scheme is no way of these and not looked at: interceptors add a left-over `Bearer` to every
 * request.
 *
 * Errors: `invalid_request` for what cannot be read, or two ways in one request; `invalid_client` for
 *         no way at all.
 *
 * @module
 * @see RFC 6749 §2.3 (one method a request), §2.3.1 (form-encoded halves; never in the URI), RFC 7521
 *      §4.2 (client_assertion; client_id may stand beside it)
 */
import { AuthError, refuse } from '../../errors.ts';
import type { HttpRequest } from '../../http/request.ts';
import { exactText, textOf } from '../../http/text.ts';
import { unverifiedSubject } from '../../tokens/client-assertion.ts';

export type PresentedClient = { id: string } & (
  | { way: 'secret'; secret: string }
  | { way: 'private_key_jwt'; assertion: string }
  | { way: 'none' }
);

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export function presentedClient(
  { headers, query }: HttpRequest,
  parameters: ReadonlyMap<string, string>,
): PresentedClient {
  if (query.has('client_secret') || query.has('client_assertion'))
    throw refuse(
      'invalid_request',
      'client-credentials-in-uri',
      'Client credentials must not be in the URI.',
    );
  const authorization = basicIn(headers['authorization']);
  const secret = parameters.get('client_secret');
  const assertion = parameters.get('client_assertion');
  if ([authorization, secret, assertion].filter(Boolean).length > 1)
    throw refuse(
      'invalid_request',
      'client-authentication-repeated',
      'The client authenticates in more than one way.',
    );

  const named = parameters.get('client_id');
  if (authorization) return sameAs(named, { way: 'secret', ...readBasic(authorization) });
  if (assertion !== undefined) return sameAs(named, readAssertion(assertion, parameters));
  if (named === undefined) throw invalidClient('no way that we know');
  return secret === undefined ? { id: named, way: 'none' } : { id: named, way: 'secret', secret };
}

function sameAs(named: string | undefined, presented: PresentedClient): PresentedClient {
  if (named !== undefined && named !== presented.id)
    throw refuse('invalid_request', 'client-ambiguous', 'The request names two different clients.');
  return presented;
}

function readAssertion(
  assertion: string,
  parameters: ReadonlyMap<string, string>,
): PresentedClient {
  if (parameters.get('client_assertion_type') !== ASSERTION_TYPE)
    throw refuse(
      'invalid_request',
      'client-assertion-type-unknown',
      `The client_assertion_type must be ${ASSERTION_TYPE}.`,
    );
  const id = unverifiedSubject(assertion);
  if (id === undefined) throw invalidClient('an assertion that names nobody');
  return { id, way: 'private_key_jwt', assertion };
}

/** As one header or among several, which are joined by commas (RFC 9110 §5.3). */
const basicIn = (authorization = ''): string | undefined =>
  /(?:^|,)\s*Basic(?:[\s,]|$)/i.test(authorization) ? authorization : undefined;

const BASIC = /^Basic +(.*)/is;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function readBasic(authorization: string): { id: string; secret: string } {
  const [, encoded = ''] = BASIC.exec(authorization) ?? [];
  const pair = BASE64.test(encoded) ? textOf(Buffer.from(encoded, 'base64')) : '';
  const colon = pair.indexOf(':');
  if (colon === -1) throw malformedBasic();
  return { id: formDecoded(pair.slice(0, colon)), secret: formDecoded(pair.slice(colon + 1)) };
}

function formDecoded(text: string): string {
  try {
    return exactText(decodeURIComponent(text.replaceAll('+', ' ')));
  } catch {
    throw malformedBasic();
  }
}

const malformedBasic = () =>
  refuse(
    'invalid_request',
    'authorization-header-malformed',
    'The Authorization header is malformed.',
  );

export const invalidClient = (reason: string) =>
  new AuthError({
    code: 'invalid_client',
    rule: 'client-authentication-failed',
    text: 'Client authentication failed.',
    reason,
  });
