/**
 * Who is signed in in a browser, as its cookie says from now on.
 *
 * @module
 */
import { type BrowserCookie, formatBrowserCookies } from '../../../browser/cookie.ts';
import { deviceCookie } from '../../../browser/device.ts';
import type { FormServices } from '../../../browser/form.ts';
import { forgetTried } from '../../../browser/tried.ts';
import { setCookie } from '../../../http/cookies.ts';
import type { HttpRequest } from '../../../http/request.ts';
import type { HttpResponse } from '../../../http/response.ts';
import type { Seconds } from '../../../time.ts';

/** @param accounts - The one that was used last first. */
export function withAccounts(
  services: FormServices & { browserSessionLifetime: Seconds },
  request: HttpRequest,
  response: HttpResponse,
  accounts: readonly (BrowserCookie & { device?: string | undefined })[],
): HttpResponse {
  const { issuer, browserSessionLifetime: maxAge } = services;
  const value = formatBrowserCookies(accounts);
  const cookie = setCookie(issuer, 'latchkey', { value, maxAge });
  // Whoever is not admitted has just been told so by another of its value.
  const before = response.cookies ?? forgetTried(services, request);
  const device = accounts[0]?.device;
  const known = device === undefined ? [] : [deviceCookie(issuer, device)];
  return { ...response, cookies: [...before, cookie, ...known] };
}
