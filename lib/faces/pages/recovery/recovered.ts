/**
 * Somebody has another password now: what may still act for them, and the end of it all.
 *
 *   POST /account/reset-password/access   ends it, by the form of the page that showed it
 *
 * @module
 */
import type { LinkServices } from '../../../account/choose-password.ts';
import { endAccess, remainingAccess } from '../../../account/end-access.ts';
import { PAGES } from '../../../account/links.ts';
import { readVisitorForm, visitorState } from '../../../browser/visitor-form.ts';
import { type HttpRequest, originOf } from '../../../http/request.ts';
import type { HttpResponse } from '../../../http/response.ts';
import type { User } from '../../../store/directory/users.ts';
import { type PageServices, siteFor, type Visit } from '../sign-in/visit.ts';
import * as pages from './link.ts';

type Services = LinkServices & PageServices;
type Answer = Promise<HttpResponse>;

/** Where somebody signs in for themselves. */
export const ACCOUNT = '/account';

type Changed = { purpose: 'reset-password' | 'must-change'; signIn: string };

/** With what whoever knew the old password may have left behind. */
export async function recovered(
  services: Services,
  visit: Visit,
  user: User,
  changed: Changed,
): Answer {
  const site = await siteFor(services, visit, user);
  const done = { ...site, ...changed };
  const access = await remainingAccess(services.tables, user, services.now());
  if (!access) return pages.donePage(done);
  const { keys, applications, link } = access;
  const route = PAGES['end-access'];
  const sent = new URLSearchParams(link.slice(route.length));
  sent.set('ui_locales', site.locale);
  const { cookie, ...state } = visitorState(services, visit.request, { path: route, sent });
  const remaining = { ...state, route, keys, applications };
  return { ...pages.donePage({ ...done, remaining }), cookies: [cookie] };
}

export async function endAll(services: Services, request: HttpRequest): Answer {
  const { status, sent } = readVisitorForm(services, request, PAGES['end-access']);
  const site = await siteFor(services, { request, sent }, undefined);
  if (status === 'expired') return pages.expiredPage({ ...site, restart: undefined });
  const secret = sent.get('secret') ?? '';
  const ended = await endAccess(services, { secret, from: originOf(request) });
  if (ended.status === 'over') return pages.overPage(site);
  return pages.donePage({ ...site, purpose: 'end-access', signIn: ACCOUNT });
}
