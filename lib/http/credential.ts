/**
 * Where a caller puts its token: `Authorization: Bearer`, or `X-Access-Token` with `X-Key`.
 *
 * @module
 * @see RFC 6750 §2.1 (the header), §2 (a request with two tokens is not valid)
 */
export type Credential =
  | { status: 'missing' }
  | { status: 'malformed'; reason: string }
  | { status: 'presented'; token: string; key?: string };

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** @param headers - Names in lower case. */
export function credentialOf(headers: Readonly<Record<string, string>>): Credential {
  const { authorization, 'x-access-token': token, 'x-key': key } = headers;
  const bearer = authorization && BEARER.exec(authorization)?.[1];
  if (bearer && token) return { status: 'malformed', reason: 'two tokens in one request' };
  if (bearer) return { status: 'presented', token: bearer, ...(key && { key }) };
  if (token && key) return { status: 'presented', token, key };
  if (token) return { status: 'malformed', reason: 'X-Access-Token without X-Key' };
  return authorization
    ? { status: 'malformed', reason: 'Authorization is not a bearer token' }
    : { status: 'missing' };
}
