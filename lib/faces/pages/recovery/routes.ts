/**
 * The routes of people without a session: who forgot their password, sign up, were invited, or are sent a
 * link.
 *
 * @module
 */
import { PAGES } from '../../../account/links.ts';
import { refuse } from '../../../errors.ts';
import { type Endpoint, plainError } from '../../../http/endpoint.ts';
import { isByPage } from '../../../http/navigation.ts';
import type { HttpRequest } from '../../../http/request.ts';
import type { HttpResponse } from '../../../http/response.ts';
import { dressed } from '../shell/brand-of.ts';
import { switched } from '../shell/language-switch.ts';
import { siteOf } from '../shell/page.ts';
import { showFailure } from '../sign-in/authorization.ts';
import {
  type AskingServices,
  forgot,
  forgotPage,
  locked,
  lockedPage,
  ROUTES,
  signUp,
  signUpPage,
} from './asking.ts';
import {
  acceptInvitation,
  changeDemanded,
  type FollowingServices,
  finish,
  look,
  reset,
} from './following.ts';
import { unlockBrowser, verify } from './pressing.ts';
import { endAll } from './recovered.ts';

export type RecoveryServices = AskingServices & FollowingServices;
type Run = (services: RecoveryServices, request: HttpRequest) => Promise<HttpResponse>;

export function recoveryRoutes(services: RecoveryServices): Readonly<Record<string, Endpoint>> {
  const to = (run: Run): Endpoint => ({
    run: async (request) => {
      requireNavigation(request);
      return switched(services.issuer, request) ?? run(services, request);
    },
    showError: plainError,
    showPage: async (error, seen, requestId) => {
      const site = await dressed(services, siteOf(services.issuer, seen));
      return showFailure(site, error, requestId);
    },
  });
  return {
    [`GET ${ROUTES.forgot}`]: to(forgotPage),
    [`POST ${ROUTES.forgot}`]: to(forgot),
    [`GET ${ROUTES.signUp}`]: to(signUpPage),
    [`POST ${ROUTES.signUp}`]: to(signUp),
    [`GET ${ROUTES.unlock}`]: to(lockedPage),
    [`POST ${ROUTES.unlock}`]: to(locked),
    [`GET ${PAGES.unlock}`]: to(look('unlock')),
    [`POST ${PAGES.unlock}`]: to(unlockBrowser),
    [`GET ${PAGES['reset-password']}`]: to(look('reset-password')),
    [`POST ${PAGES['reset-password']}`]: to(reset),
    [`POST ${PAGES['end-access']}`]: to(endAll),
    [`GET ${PAGES['sign-up']}`]: to(look('sign-up')),
    [`POST ${PAGES['sign-up']}`]: to(finish),
    [`GET ${PAGES.invitation}`]: to(look('invitation')),
    [`POST ${PAGES.invitation}`]: to(acceptInvitation),
    [`GET ${PAGES['must-change']}`]: to(look('must-change')),
    [`POST ${PAGES['must-change']}`]: to(changeDemanded),
    [`GET ${PAGES['verify-email']}`]: to(look('verify-email')),
    [`POST ${PAGES['verify-email']}`]: to(verify),
  };
}

/** The page of another can neither read ours nor press a button of it. */
function requireNavigation(request: HttpRequest): void {
  if (isByPage(request))
    throw refuse('invalid_request', 'not-a-navigation', 'This page is for people who go there.');
}
