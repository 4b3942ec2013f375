/**
 * What comes of the login form, for a page of our own and for a client alike.
 *
 * @module
 */

import type { CalledFrom } from '../events/trail.ts';
import type { BrowserCookie } from './cookie.ts';
import type { SignInForm } from './form.ts';
import { recogniseAll, type SignedInBrowser } from './recognise.ts';
import { type BrowserSignIn, type BrowserSignInServices, signInBrowser } from './sign-in.ts';

export type Attempted = BrowserSignIn | { status: 'missing' };

/** @param accounts - Who is signed in there already. */
export async function attempt(
  services: BrowserSignInServices,
  { username, password, device }: SignInForm,
  from: CalledFrom,
  accounts: readonly SignedInBrowser[],
): Promise<Attempted> {
  if (username === '' || password === '') return { status: 'missing' };
  return signInBrowser(services, { username, password, device }, from, accounts);
}

/** For a page of our own, where nothing else has asked yet who that is. */
export async function attemptAnew(
  services: BrowserSignInServices,
  form: SignInForm,
  from: CalledFrom,
  cookies: readonly BrowserCookie[],
): Promise<Attempted> {
  const accounts = await recogniseAll(services.tables, cookies, services.now());
  return attempt(services, form, from, accounts);
}
