/**
 * What comes of the login page's form, whichever of its buttons was pressed: a password, a code by mail
 * asked for, or that code. Who has a right password that has to be another one first is led to choose it.
 *
 * action=mail-code   orders a code for the name that was typed, and says so whoever has that name
 * action=code        tries it, within the browser that asked
 * else               the password
 *
 * A right code shows that the address is the user's. Where nobody had shown that before, whoever has set the
 * password may be somebody else, who made the account with an address that is not theirs and waits in it: so
 * that password has to be another one first, which ends all sessions, and the page tells what else may enter.
 *
 * @module
 */

import { transact } from '../aws/transaction.ts';
import { admit, type BrowserSignInServices } from '../browser/admit.ts';
import { attempt, type Attempted as ByPassword } from '../browser/attempt.ts';
import { beginCounted, type Counted, endCounted, tooEarly } from '../browser/counted.ts';
import type { SignInForm } from '../browser/form.ts';
import type { SignedInBrowser } from '../browser/recognise.ts';
import { hmacSha256 } from '../crypto.ts';
import { toAuthError } from '../errors.ts';
import { type CalledFrom, trailOf } from '../events/trail.ts';
import { logFault, logRefusal } from '../log.ts';
import { traceOf, verifiedNow } from '../manage/users/lifecycle.ts';
import { NOBODY } from '../sign-in/authenticate.ts';
import { tellRefusal } from '../sign-in/tell-refusal.ts';
import type { Domain } from '../store/directory/domains.ts';
import { readUser, type User } from '../store/directory/users.ts';
import { verifying } from '../store/directory/verified.ts';
import { ask } from './ask.ts';
import { holderOf } from './choose-password.ts';
import { tryCode } from './email-codes.ts';
import { makeLink } from './links.ts';
import type { AskedOrder, MailServices } from './mail-order.ts';

export type EnterServices = BrowserSignInServices & MailServices;
export type Entered =
  | Exclude<ByPassword, { status: 'must_change' }>
  | { status: 'code_sent' | 'code_wrong' }
  /** `link`: to where the password is changed. */
  | { status: 'must_change'; link: string };

export type Entering = {
  from: CalledFrom;
  /** Who is signed in there already. */
  accounts: readonly SignedInBrowser[];
  /** Where to go on: a path of ours. */
  returnTo: string;
  client?: string | undefined;
  locale: AskedOrder['locale'];
};

export async function enter(
  services: EnterServices,
  form: SignInForm,
  entering: Entering,
): Promise<Entered> {
  if (form.action === 'mail-code') return askForCode(services, form, entering);
  if (form.action === 'code') return enterByCode(services, form, entering);
  const tried = await attempt(services, form, entering.from, entering.accounts);
  return tried.status === 'must_change' ? demand(services, tried, entering) : tried;
}

/** What a code is bound to: nobody who sees it in the queue has the browser's cookie by it. */
const browserOf = (key: string): string =>
  hmacSha256(key, 'e-mail code of this browser').toString('base64url');

async function askForCode(
  services: EnterServices,
  { username: login, key }: SignInForm,
  { from, client, locale }: Entering,
): Promise<Entered> {
  if (login.trim() === '' || key === undefined || !services.queue) return { status: 'missing' };
  const about = { login, locale, browser: browserOf(key), ...(client && { client }) };
  const asked = await ask(services, { purpose: 'email-code', ...about }, from.ip);
  if (asked.status === 'locked') return asked;
  return { status: asked.status === 'ordered' ? 'code_sent' : 'missing' };
}

async function enterByCode(
  services: EnterServices,
  form: SignInForm,
  entering: Entering,
): Promise<Entered> {
  const { tables, now } = services;
  const { code, key, device } = form;
  const { from, accounts } = entering;
  if (key === undefined || code === '') return { status: 'code_wrong' };
  const attempt = await beginCounted(services, form, from);
  if ('status' in attempt) return attempt;
  const { userId } = attempt;
  const tried = await tryCode(tables, { browser: browserOf(key), code, userId }, now());
  if (tried.status === 'wrong') return codeRefused(services, attempt, from);
  await endCounted(services, attempt);
  const { user, domain, address, spend } = tried;
  const isShown = verifiedNow(user)?.email !== undefined;
  if (user.mustChangePassword || (!isShown && user.passwordHash !== undefined)) {
    const spent = !(await transact([spend])).includes(true);
    const demanded = { subject: user, domain, means: 'email-code' } as const;
    return spent ? demand(services, demanded, entering) : codeWrong();
  }
  const how = 'email-code';
  const admission = { from, accounts, device, how, also: [spend] } as const;
  const admitted = await admit(services, { subject: user, domain }, admission);
  if (!admitted) return codeWrong();
  await noteVerified(services, user, { address, from });
  return admitted;
}

/** By the same requests for a name of nobody. */
async function codeRefused(
  { tables, trail }: EnterServices,
  { userId, count, seen, wait }: Counted,
  from: CalledFrom,
): Promise<Entered> {
  const subject = await readUser(tables.directory, userId ?? NOBODY);
  const why = subject ? 'wrong_code' : 'unknown_user';
  const detail = { why, how: 'email-code', count } as const;
  await tellRefusal(trail, { subject, detail, seen }, from);
  return wait > 0 ? tooEarly(wait) : codeWrong();
}

function codeWrong(): Entered {
  logRefusal('invalid_credentials', 'the code is not good', { rule: 'sign_in' });
  return { status: 'code_wrong' };
}

/** Somebody else's change that came first is not made undone: the next code will show it, too. */
async function noteVerified(
  { tables, trail, now }: EnterServices,
  before: User,
  { address, from }: { address: string; from: CalledFrom },
): Promise<void> {
  if (verifiedNow(before)?.email) return;
  const email = { at: now(), means: 'email-code', address };
  const verified = { ...before.verified, email };
  const after = { ...before, verified, updatedAt: now() };
  const told = traceOf({ trail: trailOf(trail, holderOf(before), from) }, { before, after });
  try {
    await transact([verifying(tables.directory, before, after), ...told]);
  } catch (error) {
    // They are signed in, and the code is spent.
    logFault(toAuthError(error), { rule: 'verified' });
  }
}

/** `means`: by which they have just shown that the address is theirs, if they have. */
type Demanded = { subject: User; domain: Domain; means?: 'email-code' };

async function demand(
  { tables, now }: EnterServices,
  { subject: user, domain, means }: Demanded,
  { returnTo, locale, client }: Entering,
): Promise<Entered> {
  const about = { purpose: 'must-change', user, domain, address: user.email, means } as const;
  const link = await makeLink(tables, { ...about, returnTo, locale, client }, now());
  return { status: 'must_change', link };
}
