/**
 * The cookie by which a browser is known in which somebody has signed in (sign-in/known-device.ts): a secret,
 * the same one for all who do. It outlives every session, and opens none.
 *
 * @module
 */
import { cookieName, setCookie } from '../http/cookies.ts';
import type { HttpRequest } from '../http/request.ts';
import { DEVICE_LIFETIME } from '../store/sessions/devices.ts';

const SECRET = /^[0-9A-Za-z]{43}$/;

/** @returns `undefined` where nobody has signed in yet, or what is sent is no secret of ours. */
export function deviceOf(
  issuer: string,
  { cookies }: Pick<HttpRequest, 'cookies'>,
): string | undefined {
  const value = cookies.get(cookieName(issuer, 'latchkey-device')) ?? '';
  return SECRET.test(value) ? value : undefined;
}

/** Of one in which somebody has just signed in: for as long again. */
export const deviceCookie = (issuer: string, value: string): string =>
  setCookie(issuer, 'latchkey-device', { value, maxAge: DEVICE_LIFETIME });
