/**
 * Which web pages of other origins may read our answers: CORS, one policy a path.
 *
 *   open        any origin: what everybody may know
 *   client      the origins that the calling client has registered, once the request names one
 *   configured  the deployment's own list: the dialects and the admin API
 *   none        all the rest. A page that users see must be readable by no other origin, so a path is
 *               closed until it is listed here
 *
 * Cookies are never allowed across origins, whatever the policy. A preflight does not say which client
 * calls, so it is answered for any origin; the answer to the call itself then says whether it may be
 * read.
 *
 * @module
 * @see Fetch Standard §3.3 (the protocol), RFC 9700 §2.6 (never at the authorization endpoint)
 */
import type { HttpRequest } from './request.ts';
import { NO_ROUTE } from './route-path.ts';

type Policy = 'open' | 'client' | 'configured' | 'none';

/** A path that ends in a slash stands for all below it. */
const POLICIES: readonly (readonly [string, Policy])[] = [
  ['/.well-known/', 'open'],
  ['/openapi.json', 'open'],
  ['/oauth/token', 'client'],
  ['/login/connect/token', 'client'],
  ['/oauth/userinfo', 'client'],
  ['/oauth/introspect', 'client'],
  ['/oauth/revoke', 'client'],
  ['/login', 'configured'],
  ['/logout', 'configured'],
  ['/user', 'configured'],
  ['/user/', 'configured'],
  ['/users', 'configured'],
  ['/users/', 'configured'],
  ['/api/', 'configured'],
  ['/admin/api/', 'configured'],
];

export const corsPolicyOf = (path: string): Policy =>
  POLICIES.find(([at]) => (at.endsWith('/') ? path.startsWith(at) : path === at))?.[1] ?? 'none';

export type Origins = {
  /** `*` stands for any. */
  configured?: readonly string[];
  /** Of the client that the request names; asked only where a browser sent an Origin. */
  ofClient?: (request: HttpRequest) => Promise<readonly string[]>;
};

/** What a script may see beside the few headers that it always may. */
const EXPOSED = 'WWW-Authenticate, ETag, Location, Retry-After, Apigw-Requestid';
const METHODS = 'GET, POST, PUT, PATCH, DELETE';
const HEADERS = 'Content-Type, Accept, Authorization, X-Access-Token, X-Key, X-API-Key, If-Match';
/** Seconds. */
const PREFLIGHT_MAX_AGE = '3600';

export async function corsHeaders(
  request: HttpRequest,
  { configured = [], ofClient }: Origins,
): Promise<Record<string, string>> {
  const isNowhere = request.route === NO_ROUTE;
  const policy = corsPolicyOf(isNowhere ? spelt(request.path) : request.path);
  const { origin } = request.headers;
  if (policy === 'open') return allowed('*');
  if (policy === 'none' || !origin) return {};
  if (policy === 'configured') return answerTo(origin, configured);
  // It names no client, and what it is answered tells of none.
  if (isNowhere || !isReadable(request)) return answerTo(origin, ['*']);
  return answerTo(origin, (await ofClient?.(request)) ?? []);
}

/** As elsewhere.ts leads to it. */
const spelt = (path: string): string => path.toLowerCase().replace(/\/$/, '');

function isReadable(request: HttpRequest): boolean {
  try {
    return typeof request.body === 'string';
  } catch {
    return false;
  }
}

/** @returns `undefined` where no other origin has any business. */
export function preflightHeaders(
  { path, headers }: Pick<HttpRequest, 'path' | 'headers'>,
  configured: readonly string[],
): Record<string, string> | undefined {
  const policy = corsPolicyOf(path);
  if (policy === 'none') return undefined;
  const answer = answerTo(headers['origin'] ?? '', policy === 'configured' ? configured : ['*']);
  if (!('access-control-allow-origin' in answer)) return answer;
  return {
    ...answer,
    'access-control-allow-methods': METHODS,
    'access-control-allow-headers': HEADERS,
    'access-control-max-age': PREFLIGHT_MAX_AGE,
  };
}

function answerTo(origin: string, listed: readonly string[]): Record<string, string> {
  if (listed.includes('*')) return allowed('*');
  return { vary: 'Origin', ...(listed.includes(origin) && allowed(origin)) };
}

const allowed = (origin: string): Record<string, string> => ({
  'access-control-allow-origin': origin,
  'access-control-expose-headers': EXPOSED,
});
