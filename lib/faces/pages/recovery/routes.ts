/**
 * The routes of people without a session: who forgot their password, sign up, were invited, or are sent a
 * link.
 *
 * @module
 */
import { PAGES } from '../../../account/links.ts';
import type { Endpoint } from '../../../http/endpoint.ts';
import { served } from '../sign-in/served.ts';
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

export function recoveryRoutes(services: RecoveryServices): Readonly<Record<string, Endpoint>> {
  const to = served(services);
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
