/**
 * A form of the sign-in pages as it comes back: from the browser that we gave it to, within the hour.
 *
 * In:     application/x-www-form-urlencoded: request (the query string that started it all), token,
 *         issued_at, action?, account?, switch_locale?, and on the login page username, password
 * Errors: `invalid_request` for what is no form, or has a field twice. A form that is too old, of
 *         another browser or tampered with is an answer, with what is needed to start again.
 *
 * @module
 */

import { randomSecret } from '../crypto.ts';
import { cookieName, setCookie } from '../http/cookies.ts';
import { form, type HttpRequest } from '../http/request.ts';
import { parametersIn } from '../http/text.ts';
import type { Instant } from '../time.ts';
import { type BrowserCookie, parseBrowserCookies } from './cookie.ts';
import { deviceOf } from './device.ts';
import { FORM_LIFETIME, type FormPurpose, formToken, isFormToken } from './form-token.ts';

export type FormServices = { issuer: string; now: () => Instant };
export type ReadForm = {
  status: 'valid' | 'expired';
  /** What started it. Of an expired form nobody has proven anything. */
  sent: URLSearchParams;
  /** Who was asked: of whose account the form is. Nobody is on the login page. */
  of: BrowserCookie | undefined;
  /** Without those that are empty. */
  fields: ReadonlyMap<string, string>;
};
export type SignInForm = Omit<ReadForm, 'fields'> & {
  action: string | undefined;
  /** The id of the user whose button was pressed, where there are several. */
  account: string | undefined;
  /** The language whose button was pressed: the same is to be asked in it. */
  switchTo: string | undefined;
  username: string;
  password: string;
  /** Of six digits, by mail. */
  code: string;
  /** What only the browser and we know; of an expired form nothing. */
  key: string | undefined;
  /** By which the browser is known, if it is (device.ts). */
  device: string | undefined;
};
/** What a page's form carries along, so that it comes back as a valid one. */
export type FormState = {
  /** The authorization or logout request as it came: its raw query string. */
  request: string;
  token: string;
  /** Epoch seconds. */
  issuedAt: Instant;
};

const SECRET = /^[0-9A-Za-z]{43}$/;

/** Of each account that is signed in there, the one used last first. */
export const browserCookiesOf = (
  { issuer }: Pick<FormServices, 'issuer'>,
  { cookies }: Pick<HttpRequest, 'cookies'>,
): BrowserCookie[] => parseBrowserCookies(cookies.get(cookieName(issuer, 'latchkey')));

/** Of the account used last. */
export const browserCookieOf = (
  services: Pick<FormServices, 'issuer'>,
  request: Pick<HttpRequest, 'cookies'>,
): BrowserCookie | undefined => browserCookiesOf(services, request)[0];

/** Something that only the browser and we know, before anybody has signed in there. */
export function formKeyOf({ issuer }: FormServices, { cookies }: HttpRequest): string | undefined {
  const value = cookies.get(cookieName(issuer, 'latchkey-form')) ?? '';
  return SECRET.test(value) ? value : undefined;
}

export function readForm(
  services: FormServices,
  request: HttpRequest,
  purpose: FormPurpose,
): ReadForm {
  const fields = form(request);
  const carried = fields.get('request') ?? '';
  const proof = { token: fields.get('token'), issuedAt: fields.get('issued_at') };
  const proves = (key: string | undefined): boolean =>
    key !== undefined &&
    isFormToken({ issuer: services.issuer, key, purpose, request: carried }, proof, services.now());
  const of = browserCookiesOf(services, request).find(({ secret }) => proves(secret));
  const valid = purpose === 'login' ? proves(formKeyOf(services, request)) : of !== undefined;
  return { status: valid ? 'valid' : 'expired', sent: parametersIn(carried), of, fields };
}

export function readSignInForm(
  services: FormServices,
  request: HttpRequest,
  purpose: FormPurpose,
): SignInForm {
  const { fields, ...form } = readForm(services, request, purpose);
  return {
    ...form,
    action: fields.get('action'),
    account: fields.get('account'),
    switchTo: fields.get('switch_locale'),
    username: fields.get('username') ?? '',
    password: fields.get('password') ?? '',
    code: fields.get('code') ?? '',
    key: form.status === 'valid' ? formKeyOf(services, request) : undefined,
    device: deviceOf(services.issuer, request),
  };
}

/** Of a page for whoever is signed in, by their session's secret. */
export function questionState(
  { issuer, now }: FormServices,
  { key, purpose, sent }: { key: string; purpose: FormPurpose; sent: URLSearchParams },
): FormState {
  const request = sent.toString();
  const issuedAt = now();
  return { request, token: formToken({ issuer, key, purpose, request }, issuedAt), issuedAt };
}

/** Of the login page, with the cookie that goes with it: the same one in every tab. */
export function loginFormState(
  services: FormServices,
  request: HttpRequest,
  sent: URLSearchParams,
): FormState & { cookie: string } {
  const key = formKeyOf(services, request) ?? randomSecret();
  const cookie = { value: key, maxAge: FORM_LIFETIME };
  return {
    ...questionState(services, { key, purpose: 'login', sent }),
    cookie: setCookie(services.issuer, 'latchkey-form', cookie),
  };
}
