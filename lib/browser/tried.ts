/**
 * What came of an attempt to sign in, for the page that comes next. A login form that is refused is
 * answered with 303, so that a reload sends no password again; and nothing of it is in the URL.
 *
 * Cookie: { at, username, status?, until? }, sealed (sealed.ts). It is of one browser and of one request, as its form was; what another host has set is none.
 * Units:  epoch seconds
 *
 * @module
 * @see RFC 9110 §15.4.4 (303)
 */
import { cookieName, setCookie } from '../http/cookies.ts';
import type { HttpRequest } from '../http/request.ts';
import type { Instant } from '../time.ts';
import { type FormServices, formKeyOf } from './form.ts';
import { FORM_LIFETIME } from './form-token.ts';
import { type Seal, sealed, unsealed } from './sealed.ts';

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
  const value = sealed(sealOf(services, key, sent), kept);
  return setCookie(services.issuer, 'latchkey-tried', { value, maxAge: FORM_LIFETIME });
}

export function readTried(
  services: FormServices,
  request: HttpRequest,
  sent: URLSearchParams,
): Tried | undefined {
  const key = formKeyOf(services, request);
  if (key === undefined) return undefined;
  const kept = unsealed(sealOf(services, key, sent), cookieOf(services, request) ?? '');
  return kept === undefined ? undefined : triedOf(kept as Kept, services.now());
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

const sealOf = ({ issuer }: FormServices, key: string, sent: URLSearchParams): Seal => ({
  issuer,
  key,
  use: ['tried', sent.toString()],
});
