/**
 * The authorization endpoint and the forms that follow it, a step each: the request that started it all
 * is held against every rule anew, what the user has just done counts, and either the client gets its
 * answer or there is something to ask the user.
 *
 * Errors: those of begin.ts, as long as there is nobody to answer to.
 *
 * @module
 */

import { attempt } from '../../browser/attempt.ts';
import type { BrowserCookie } from '../../browser/cookie.ts';
import type { SignInForm } from '../../browser/form.ts';
import type { SignedInBrowser } from '../../browser/recognise.ts';
import type { BrowserSignInServices } from '../../browser/sign-in.ts';
import type { Problem, Tried } from '../../browser/tried.ts';
import type { CalledFrom, TrailServices } from '../../events/trail.ts';
import { admits } from '../../verdict/admitted.ts';
import {
  type Answered,
  type AuthorizeServices,
  answering,
  begin,
  denied,
  type Pending,
} from './begin.ts';
import { type Agreed, decide, type Progress, type Question } from './decide.ts';
import { issueCode } from './issue-code.ts';
import { consentTo, rememberConsent } from './remembered-consent.ts';

/** `sent`: the request that started it, whichever form it comes back with. */
export type Asked = { sent: URLSearchParams; cookie: BrowserCookie | undefined };
export type Asking = { pending: Pending; question: Question; problem?: Problem | undefined };
export type Next = Answered | Asking;

export const authorize = async (
  services: AuthorizeServices,
  { sent, cookie }: Asked,
): Promise<Next> => advance(services, await begin(services, sent, cookie), 'none');

/** The same, with nothing made: for whoever only looks at the answer's headers (RFC 9110 §9.2.1). */
export const preview = async (
  services: AuthorizeServices,
  { sent, cookie }: Asked,
): Promise<Next | Agreed> => {
  const begun = await begin(services, sent, cookie);
  return 'answer' in begun ? begun : reach(services, begun, 'none');
};

async function advance(
  services: AuthorizeServices,
  begun: Pending | Answered,
  step: Progress,
): Promise<Next> {
  if ('answer' in begun) return begun;
  const reached = await reach(services, begun, step);
  if (!('agreed' in reached)) return reached;
  return answering(services, begun.asked.destination, () =>
    issueCode(services, { ...begun, browser: reached.agreed }),
  );
}

async function reach(
  services: AuthorizeServices,
  begun: Pending,
  step: Progress,
): Promise<Next | Agreed> {
  const { destination } = begun.asked;
  const decided = await answering(services, destination, () => decide(services, begun, step));
  return 'ask' in decided ? { pending: begun, question: decided } : decided;
}

/** `action`: `switch` to another account; else the user goes on with this one. */
export async function choose(
  services: AuthorizeServices,
  { sent, cookie }: Asked,
  { action }: Pick<SignInForm, 'action'>,
): Promise<Next> {
  const begun = await begin(services, sent, cookie);
  if ('answer' in begun || action !== 'switch') return advance(services, begun, 'account');
  return { pending: begun, question: login(begun.asked.loginHint) };
}

/** The login again, after an attempt of which nothing came. */
export async function retry(
  services: AuthorizeServices,
  { sent, cookie }: Asked,
  { username, problem }: Tried,
): Promise<Next> {
  const begun = await begin(services, sent, cookie);
  if ('answer' in begun) return begun;
  return { pending: begun, question: login(username), problem };
}

/** `action`: `allow`; else the user refuses. */
export async function agree(
  services: AuthorizeServices & { trail: TrailServices },
  { sent, cookie }: Asked,
  { action }: Pick<SignInForm, 'action'>,
  origin: CalledFrom,
): Promise<Next> {
  const begun = await begin(services, sent, cookie);
  if ('answer' in begun) return begun;
  const agreed = await answering(services, begun.asked.destination, async () => {
    if (action !== 'allow') throw denied('refused at the consent page');
    return { ...begun, consent: await rememberConsent(services, begun, origin) };
  });
  return advance(services, agreed, 'consent');
}

/** @returns With the browser as it is signed in now, where it is. */
export async function signIn(
  services: AuthorizeServices & BrowserSignInServices,
  { sent, cookie }: Asked,
  form: SignInForm,
  from: CalledFrom,
): Promise<{ next: Next; browser?: SignedInBrowser }> {
  const begun = await begin(services, sent, cookie);
  if ('answer' in begun) return { next: begun };
  const { client, destination } = begun.asked;
  const tried = await answering(services, destination, async () => {
    if (form.action === 'cancel') throw denied('cancelled at the login page');
    const result = await attempt(services, form, from, begun.browser);
    if (result.status !== 'ok') return result;
    return { ...result, consent: await consentTo(services, client, result.browser) };
  });
  if ('answer' in tried) return { next: tried };
  if (tried.status !== 'ok')
    return { next: { pending: begun, question: login(form.username), problem: tried } };
  const { browser, consent } = tried;
  if (!admits(client, browser.user)) {
    const question = login(undefined);
    return { browser, next: { pending: begun, question, problem: { status: 'not_admitted' } } };
  }
  return { browser, next: await advance(services, { ...begun, browser, consent }, 'login') };
}

const login = (username: string | undefined): Question => ({
  ask: 'login',
  username,
  again: false,
});
