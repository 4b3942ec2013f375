/**
 * What comes of the login form, where a password was typed.
 *
 * @module
 */

import type { CalledFrom } from '../events/trail.ts';
import type { BrowserSignInServices } from './admit.ts';
import type { SignInForm } from './form.ts';
import type { SignedInBrowser } from './recognise.ts';
import { type BrowserSignIn, signInBrowser } from './sign-in.ts';

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
