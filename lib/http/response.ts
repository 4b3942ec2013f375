/**
 * Responses of API Gateway HTTP APIs, payload format 2.0.
 *
 * @module
 */
export type HttpResponse = {
  statusCode: number;
  headers: Record<string, string>;
  /** Each as the value of a Set-Cookie header; API Gateway takes them nowhere else. */
  cookies?: string[];
  body: string;
  /** Where the body is what base64 says. */
  isBase64Encoded?: boolean;
};

/** RFC 6749 §5.1 wants both of them. */
const NEVER_CACHED = { 'cache-control': 'no-store', pragma: 'no-cache' };

/** Never cached unless the headers say so: most answers hold a credential or speak of one. */
export function json(
  statusCode: number,
  value: object,
  headers: Record<string, string> = {},
): HttpResponse {
  return {
    statusCode,
    headers: {
      'content-type': 'application/json',
      ...(!('cache-control' in headers) && NEVER_CACHED),
      'x-content-type-options': 'nosniff',
      ...headers,
    },
    body: JSON.stringify(value),
  };
}

/** What whoever asks may keep for a while. @param maxAge - Seconds. */
export const publicText = (type: string, body: string, maxAge: number): HttpResponse => ({
  statusCode: 200,
  headers: {
    'content-type': type,
    'cache-control': `public, max-age=${maxAge}`,
    'x-content-type-options': 'nosniff',
  },
  body,
});

/**
 * To another page, by GET whatever the method was: a password is never sent on.
 *
 * @see RFC 9700 §4.12 (303, never 307)
 */
export const redirect = (location: string, cookies: string[] = []): HttpResponse => ({
  statusCode: 303,
  headers: { ...NEVER_CACHED, location, 'referrer-policy': 'no-referrer' },
  ...(cookies.length > 0 && { cookies }),
  body: '',
});

/** The same call again, there (RFC 9110 §15.4.9: with its method and content). */
export function movedTo(path: string, query: URLSearchParams): HttpResponse {
  const location = query.size > 0 ? `${path}?${query}` : path;
  return { statusCode: 308, headers: { 'cache-control': 'no-store', location }, body: '' };
}
