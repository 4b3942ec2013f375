/**
 * What came of an attempt to sign in, for the page that comes next. A login form that is refused is
 * answered with 303, so that a reload sends no password again; and nothing of it is in the URL.
 *
 * Cookie: base64url of { at, username, status?, until? } as JSON, a dot, its proof. It is of one browser and
 *         of one request, as its form was; what another host has set is none.
 * Units:  epoch seconds
 *
 * @module
 * @see RFC 9110 §15.4.4 (303), RFC 6265bis §8.6 (a subdomain may set cookies)
 */
import { equalInConstantTime, hmacSha256 } from '../crypto.ts';
import { cookieName, setCookie } from '../http/cookies.ts';
import type { HttpRequest } from '../http/request.ts';
import type { Instant } from '../time.ts';
import { type FormServices, formKeyOf } from './form.ts';
import { FORM_LIFETIME } from './form-token.ts';

/**
 * `not_admitted`: the client is not for users of that domain. `code_sent` is none, but that a code is to be
 * typed now. `wait` in seconds.
 */
export type Problem =
  | { status: 'wrong' | 'missing' | 'not_admitted' | 'code_sent' | 'code_wrong' }
  | { status: 'locked'; wait: number };
/** No problem where it was to wait, and it has been waited; or where only the language is another. */
export type Tried = { username: string | undefined; problem: Problem | undefined };
type Kept = { at: number; username: string; status?: Problem['status']; until?: number };

/** Of a name that is told again: a cookie has 4096 characters, and each of these may take twelve. */
const MAX_NAME = 256;

/** @returns A cookie; `undefined` where the browser keeps none. */
export function rememberTried(
  services: FormServices,
  request: HttpRequest,
  sent: URLSearchParams,
  { username = '', problem }: Tried,
): string | undefined {
  const key = formKeyOf(services, request);
  if (key === undefined) return undefined;
  const at = services.now();
  const kept: Kept = {
    at,
    username: username.length > MAX_NAME ? '' : username,
    ...(problem && { status: problem.status }),
    ...(problem?.status === 'locked' && { until: at + problem.wait }),
  };
  const text = Buffer.from(JSON.stringify(kept)).toString('base64url');
  const value = `${text}.${proofOf(services, key, sent, text)}`;
  return setCookie(services.issuer, 'latchkey-tried', { value, maxAge: FORM_LIFETIME });
}

export function readTried(
  services: FormServices,
  request: HttpRequest,
  sent: URLSearchParams,
): Tried | undefined {
  const [text = '', proof = ''] = (cookieOf(services, request) ?? '').split('.');
  const key = formKeyOf(services, request);
  if (key === undefined || text === '') return undefined;
  const wanted = Buffer.from(proofOf(services, key, sent, text));
  if (!equalInConstantTime(Buffer.from(proof), wanted)) return undefined;
  return triedOf(JSON.parse(Buffer.from(text, 'base64url').toString()) as Kept, services.now());
}

function triedOf(kept: Kept, now: Instant): Tried | undefined {
  if (now - kept.at >= FORM_LIFETIME) return undefined;
  const username = kept.username || undefined;
  const { status } = kept;
  if (status === undefined) return { username, problem: undefined };
  if (status !== 'locked') return { username, problem: { status } };
  const wait = (kept.until ?? 0) - now;
  return { username, problem: wait > 0 ? { status: 'locked', wait } : undefined };
}

/** @returns A cookie that takes it away; nothing where there is none. */
export const forgetTried = (services: FormServices, request: HttpRequest): string[] =>
  cookieOf(services, request) === undefined
    ? []
    : [setCookie(services.issuer, 'latchkey-tried', { value: '', maxAge: 0 })];

const cookieOf = ({ issuer }: FormServices, { cookies }: HttpRequest): string | undefined =>
  cookies.get(cookieName(issuer, 'latchkey-tried'));

const proofOf = (
  { issuer }: FormServices,
  key: string,
  sent: URLSearchParams,
  text: string,
): string => hmacSha256(key, [issuer, 'tried', sent, text].join('\n')).toString('base64url');
