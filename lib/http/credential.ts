/**
 * Where a caller puts its credential: `Authorization: Bearer`, `X-Access-Token` (with `X-Key`, or
 * alone for a domain token), or `X-API-Key`.
 *
 * @module
 * @see RFC 6750 §2.1 (the header), §2 (a request with two tokens is not valid)
 */
export type Credential =
  | { status: 'missing' }
  | { status: 'malformed'; reason: string }
  | ({ status: 'presented' } & Presented);
/**
 * `pair`: sent in the form that needs a key beside the token, unless it is a domain token.
 * `apiKey`: sent where only an API key belongs.
 */
export type Presented = {
  token: string;
  key?: string | undefined;
  pair: boolean;
  apiKey?: boolean;
};

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

const NOT_BEARER: Credential = {
  status: 'malformed',
  reason: 'Authorization is not a bearer token',
};

/** @param headers - Names in lower case. */
export function credentialOf(headers: Readonly<Record<string, string>>): Credential {
  const { authorization, 'x-access-token': token, 'x-api-key': apiKey, 'x-key': key } = headers;
  const bearer = authorization ? BEARER.exec(authorization)?.[1] : undefined;
  // Another scheme may be a proxy's; this one, twice or broken, is a second credential.
  if (authorization && !bearer && /\bbearer\b/i.test(authorization)) return NOT_BEARER;
  const [found, ...others] = [bearer, token, apiKey].filter((text) => text);
  if (others.length > 0) return { status: 'malformed', reason: 'two credentials in one request' };
  if (apiKey && (authorization || key))
    return { status: 'malformed', reason: 'an API key beside another credential' };
  if (apiKey) return { status: 'presented', token: apiKey, pair: false, apiKey: true };
  if (found)
    return { status: 'presented', token: found, key: key || undefined, pair: found === token };
  return authorization ? NOT_BEARER : { status: 'missing' };
}

/**
 * Where a REST API keeps answers by `Authorization`: whatever else says who calls would make one
 * caller's answer another's who sends the same `Authorization`, as a proxy's own `Basic`.
 */
export function keyedCredentialOf(headers: Readonly<Record<string, string>>): Credential {
  const others = ['x-access-token', 'x-api-key', 'x-key'].some((name) => headers[name]);
  return others
    ? { status: 'malformed', reason: 'answers are kept by Authorization: no credential elsewhere' }
    : credentialOf(headers);
}
