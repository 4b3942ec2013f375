/**
 * What comes of the login form, for a page of our own and for a client alike.
 *
 * @module
 */

import type { CalledFrom } from '../events/trail.ts';
import type { BrowserCookie } from './cookie.ts';
import type { SignInForm } from './form.ts';
import { recogniseBrowser, type SignedInBrowser } from './recognise.ts';
import { type BrowserSignIn, type BrowserSignInServices, signInBrowser } from './sign-in.ts';

export type Attempted = BrowserSignIn | { status: 'missing' };

/** @param before - Who has been signed in there until now. */
export async function attempt(
  services: BrowserSignInServices,
  { username, password, device }: SignInForm,
  from: CalledFrom,
  before: SignedInBrowser | undefined,
): Promise<Attempted> {
  if (username === '' || password === '') return { status: 'missing' };
  return signInBrowser(services, { username, password, device }, from, before);
}

/** For a page of our own, where nothing else has asked yet who that is. */
export async function attemptAnew(
  services: BrowserSignInServices,
  form: SignInForm,
  from: CalledFrom,
  cookie: BrowserCookie | undefined,
): Promise<Attempted> {
  const before = await recogniseBrowser(services.tables, cookie, services.now());
  return attempt(services, form, from, before);
}
