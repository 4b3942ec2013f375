/**
 * The login page again, after an attempt of which nothing came: asked for by GET, so that a reload sends
 * nothing again.
 *
 * @module
 */
import type { FormServices } from '../../../browser/form.ts';
import { rememberTried, type Tried } from '../../../browser/tried.ts';
import { fitsRequestLine } from '../../../browser/withheld-cookies.ts';
import { type HttpResponse, redirect } from '../../../http/response.ts';
import type { Next } from '../../../oauth/authorize/steps.ts';
import { keeping } from '../shell/language-switch.ts';
import type { Visit } from './visit.ts';

/** Whether it is the login that is asked for again. */
export function triedIn(next: Next): Tried | undefined {
  if ('answer' in next || 'demanded' in next || !next.problem || next.question.ask !== 'login')
    return undefined;
  return { username: next.question.username, problem: next.problem };
}

/** @returns `undefined` where the request that started it is too long for a URL, so the page comes at once. */
export function backToLogin(
  services: FormServices,
  { request, sent, locale }: Visit,
  tried: Tried,
): HttpResponse | undefined {
  const place = `${services.issuer}/oauth/login?${sent}`;
  const cookie = rememberTried(services, request, sent, tried);
  if (cookie === undefined || !fitsRequestLine(place)) return undefined;
  return keeping(services.issuer, locale, redirect(place, [cookie]));
}
