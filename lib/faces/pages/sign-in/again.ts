/**
 * The login page again, after an attempt of which nothing came: asked for by GET, so that a reload sends
 * nothing again.
 *
 * @module
 */
import type { FormServices } from '../../../browser/form.ts';
import { type Problem, rememberTried } from '../../../browser/tried.ts';
import { fitsRequestLine } from '../../../browser/withheld-cookies.ts';
import { type HttpResponse, redirect } from '../../../http/response.ts';
import type { Next } from '../../../oauth/authorize/steps.ts';
import type { Visit } from './visit.ts';

type Refused = { username: string | undefined; problem: Problem };

/** Whether it is the login that is asked for again. */
export function triedIn(next: Next): Refused | undefined {
  if ('answer' in next || !next.problem || next.question.ask !== 'login') return undefined;
  return { username: next.question.username, problem: next.problem };
}

/** @returns `undefined` where the request that started it is too long for a URL, so the page comes at once. */
export function backToLogin(
  services: FormServices,
  { request, sent }: Visit,
  tried: Refused,
): HttpResponse | undefined {
  const place = `${services.issuer}/oauth/login?${sent}`;
  const cookie = rememberTried(services, request, sent, tried);
  return cookie !== undefined && fitsRequestLine(place) ? redirect(place, [cookie]) : undefined;
}
