/**
 * What somebody has typed into a form that needs a fresh sign-in, kept while they sign in again: it is in the
 * form when they come back, and nothing of it is in a URL. Never a secret.
 *
 * Cookie: { at, typed }, sealed (sealed.ts), of one browser and one page
 * Units:  epoch seconds
 *
 * @module
 */
import { randomSecret } from '../crypto.ts';
import { cookieName, setCookie } from '../http/cookies.ts';
import type { HttpRequest } from '../http/request.ts';
import { type FormServices, formKeyOf } from './form.ts';
import { FORM_LIFETIME } from './form-token.ts';
import { type Seal, sealed, unsealed } from './sealed.ts';

export type Typed = Readonly<Record<string, string>>;
type Kept = { at: number; typed: Typed };

/** A cookie has 4096 characters; what is longer has to be typed again. */
const MOST = 3000;

/** @returns Cookies: what was typed, and the key by which it is known to be of this browser. */
export function rememberTyped(
  services: FormServices,
  request: HttpRequest,
  page: string,
  typed: Typed,
): string[] {
  const key = formKeyOf(services, request) ?? randomSecret();
  const value = sealed(sealOf(services, key, page), { at: services.now(), typed } satisfies Kept);
  if (value.length > MOST) return [];
  const { issuer } = services;
  return [
    setCookie(issuer, 'latchkey-form', { value: key, maxAge: FORM_LIFETIME }),
    setCookie(issuer, 'latchkey-typed', { value, maxAge: FORM_LIFETIME }),
  ];
}

export function readTyped(services: FormServices, request: HttpRequest, page: string): Typed {
  const key = formKeyOf(services, request);
  const cookie = cookieOf(services, request);
  if (key === undefined || cookie === undefined) return {};
  const kept = unsealed(sealOf(services, key, page), cookie) as Kept | undefined;
  return kept && services.now() - kept.at < FORM_LIFETIME ? kept.typed : {};
}

/** @returns A cookie that takes it away; nothing where there is none. */
export const forgetTyped = (services: FormServices, request: HttpRequest): string[] =>
  cookieOf(services, request) === undefined
    ? []
    : [setCookie(services.issuer, 'latchkey-typed', { value: '', maxAge: 0 })];

const cookieOf = ({ issuer }: FormServices, { cookies }: HttpRequest): string | undefined =>
  cookies.get(cookieName(issuer, 'latchkey-typed'));

const sealOf = ({ issuer }: FormServices, key: string, page: string): Seal => ({
  issuer,
  key,
  use: ['typed', page],
});
