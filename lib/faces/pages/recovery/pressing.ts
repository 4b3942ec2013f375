/**
 * Links that do something by their button alone (following.ts).
 *
 *   POST /account/verify-email            the address is the account's
 *   POST /account/unlock                  the browser is one that is known from now on
 *   POST /account/reset-password/access   ends what may still act for whoever has another password now
 *
 * @module
 */
import { endAccess } from '../../../account/end-access.ts';
import { PAGES } from '../../../account/links.ts';
import { unlock } from '../../../account/unlock.ts';
import { verifyEmail } from '../../../account/verify-email.ts';
import { deviceCookie, deviceOf } from '../../../browser/device.ts';
import { readVisitorForm } from '../../../browser/visitor-form.ts';
import { randomSecret } from '../../../crypto.ts';
import { type HttpRequest, originOf } from '../../../http/request.ts';
import type { HttpResponse } from '../../../http/response.ts';
import { siteFor } from '../sign-in/visit.ts';
import { ACCOUNT, type FollowingServices, follow, over, secretOf } from './following.ts';
import * as pages from './link.ts';

export const verify = follow('verify-email', {
  press: async (services, visit, { secret }) => {
    const done = await verifyEmail(services, { secret, from: originOf(visit.request) });
    if (done.status === 'over') return over(services, visit);
    const site = await siteFor(services, visit, done.user);
    return pages.donePage({ ...site, purpose: 'verify-email' });
  },
});

export const unlockBrowser = follow('unlock', {
  press: async (services, visit, { secret }) => {
    const { issuer } = services;
    const device = deviceOf(issuer, visit.request) ?? randomSecret();
    const done = await unlock(services, { secret, device });
    if (done.status === 'over') return over(services, visit);
    const site = await siteFor(services, visit, done.user);
    const page = pages.donePage({ ...site, purpose: 'unlock', signIn: ACCOUNT });
    return { ...page, cookies: [deviceCookie(issuer, device)] };
  },
});

export async function endAll(
  services: FollowingServices,
  request: HttpRequest,
): Promise<HttpResponse> {
  const { status, sent } = readVisitorForm(services, request, PAGES['end-access']);
  const site = await siteFor(services, { request, sent }, undefined);
  if (status === 'expired') return pages.expiredPage({ ...site, restart: undefined });
  const secret = secretOf({ sent });
  const ended = await endAccess(services, { secret, from: originOf(request) });
  if (ended.status === 'over') return pages.overPage(site);
  return pages.donePage({ ...site, purpose: 'end-access', signIn: ACCOUNT });
}
