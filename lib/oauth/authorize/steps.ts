/**
 * The authorization endpoint and the forms that follow it, a step each: the request that started it all
 * is held against every rule anew, what the user has just done counts, and either the client gets its
 * answer or there is something to ask the user.
 *
 * Errors: those of begin.ts, as long as there is nobody to answer to.
 *
 * @module
 */

import { type EnterServices, enter } from '../../account/enter.ts';
import type { AskedOrder } from '../../account/mail-order.ts';
import type { BrowserCookie } from '../../browser/cookie.ts';
import type { SignInForm } from '../../browser/form.ts';
import type { SignedInBrowser } from '../../browser/recognise.ts';
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
export type Asked = { sent: URLSearchParams; cookies: readonly BrowserCookie[] };
export type Asking = { pending: Pending; question: Question; problem?: Problem | undefined };
/** `demanded`: the path where something has to be done before anything else. */
export type Next = Answered | Asking | { demanded: string };

export const authorize = async (
  services: AuthorizeServices,
  { sent, cookies }: Asked,
): Promise<Next> => advance(services, await begin(services, sent, cookies), 'none');

/** The same, with nothing made: for whoever only looks at the answer's headers (RFC 9110 §9.2.1). */
export const preview = async (
  services: AuthorizeServices,
  { sent, cookies }: Asked,
): Promise<Next | Agreed> => {
  const begun = await begin(services, sent, cookies);
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
  const { asked } = begun;
  const { client, destination } = asked;
  const issued = await answering(services, destination, () =>
    issueCode(services, asked, reached.agreed),
  );
  return { ...issued, client };
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

/** The user goes on with the account whose cookie it is. */
export const choose = async (
  services: AuthorizeServices,
  { sent, cookies }: Asked,
): Promise<Next> => advance(services, await begin(services, sent, cookies), 'account');

/** To one that is not signed in there. */
export async function switchAccount(
  services: AuthorizeServices,
  { sent, cookies }: Asked,
): Promise<Next> {
  const begun = await begin(services, sent, cookies);
  return 'answer' in begun ? begun : { pending: begun, question: login(begun.asked.loginHint) };
}

/** What somebody was asked, once more: in another language. @param purpose - Of the form. */
export async function askAgain(
  services: AuthorizeServices,
  { sent, cookies }: Asked,
  purpose: 'account' | 'consent',
): Promise<Next> {
  // Whoever was asked to agree has signed in or chosen before.
  const step = purpose === 'consent' ? 'login' : 'none';
  return advance(services, await begin(services, sent, cookies), step);
}

/** The login again, after an attempt of which nothing came. */
export async function retry(
  services: AuthorizeServices,
  { sent, cookies }: Asked,
  { username, problem }: Tried,
): Promise<Next> {
  const begun = await begin(services, sent, cookies);
  if ('answer' in begun) return begun;
  return { pending: begun, question: login(username), problem };
}

/** `action`: `allow`; else the user refuses. */
export async function agree(
  services: AuthorizeServices & { trail: TrailServices },
  { sent, cookies }: Asked,
  { action }: Pick<SignInForm, 'action'>,
  origin: CalledFrom,
): Promise<Next> {
  const begun = await begin(services, sent, cookies);
  if ('answer' in begun) return begun;
  const agreed = await answering(services, begun.asked.destination, async () => {
    if (action !== 'allow') throw denied('refused at the consent page');
    await rememberConsent(services, begun, origin);
    return begun;
  });
  return advance(services, agreed, 'consent');
}

/** @returns With all that are signed in there now, where one has just done so. */
export async function signIn(
  services: AuthorizeServices & EnterServices,
  { sent, cookies }: Asked,
  form: SignInForm,
  { from, locale }: { from: CalledFrom; locale: AskedOrder['locale'] },
): Promise<{ next: Next; accounts?: readonly SignedInBrowser[] }> {
  const begun = await begin(services, sent, cookies);
  if ('answer' in begun) return { next: begun };
  const { client, destination } = begun.asked;
  const tried = await answering(services, destination, async () => {
    if (form.action === 'cancel') throw denied('cancelled at the login page');
    const returnTo = `/oauth/authorize?${sent}`;
    const of = { from, locale, accounts: begun.accounts, returnTo, client: client.id };
    const result = await enter(services, form, of);
    if (result.status !== 'ok') return result;
    return { ...result, consent: await consentTo(services, client, result.browser) };
  });
  if ('answer' in tried) return { next: tried };
  if (tried.status === 'must_change') return { next: { demanded: tried.link } };
  if (tried.status !== 'ok')
    return { next: { pending: begun, question: login(form.username), problem: tried } };
  const { browser, accounts, consent } = tried;
  if (!admits(client, browser.user)) {
    const question = login(undefined);
    return { accounts, next: { pending: begun, question, problem: { status: 'not_admitted' } } };
  }
  const now = { ...begun, accounts, browser, among: [browser], consent };
  return { accounts, next: await advance(services, now, 'login') };
}

const login = (username: string | undefined): Question => ({
  ask: 'login',
  username,
  again: false,
});
