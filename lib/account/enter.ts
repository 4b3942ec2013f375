/**
 * What comes of the login page's form, whichever of its buttons was pressed: a password, a code by mail
 * asked for, or that code. Who has a right password that has to be another one first is led to choose it.
 *
 * action=mail-code   orders a code for the name that was typed, and says so whoever has that name
 * action=code        tries it, within the browser that asked
 * else               the password
 *
 * A right code shows that the address is the user's.
 *
 * @module
 */

import { transact } from '../aws/transaction.ts';
import { admit, type BrowserSignInServices } from '../browser/admit.ts';
import { attempt, type Attempted as ByPassword } from '../browser/attempt.ts';
import type { SignInForm } from '../browser/form.ts';
import type { SignedInBrowser } from '../browser/recognise.ts';
import { hmacSha256 } from '../crypto.ts';
import { toAuthError } from '../errors.ts';
import { type CalledFrom, trailOf } from '../events/trail.ts';
import { logFault, logRefusal } from '../log.ts';
import { traceOf, verifiedNow } from '../manage/users/lifecycle.ts';
import type { Domain } from '../store/directory/domains.ts';
import { type User, verifying } from '../store/directory/users.ts';
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
  { code, key, device }: SignInForm,
  entering: Entering,
): Promise<Entered> {
  const { tables, now } = services;
  const { from, accounts } = entering;
  if (key === undefined || code === '') return { status: 'code_wrong' };
  const tried = await tryCode(tables, { browser: browserOf(key), code }, now());
  if (tried.status === 'wrong') return codeWrong();
  const { user, domain, address, spend } = tried;
  if (user.mustChangePassword) {
    const spent = !(await transact([spend])).includes(true);
    return spent ? demand(services, { subject: user, domain }, entering) : codeWrong();
  }
  const how = 'email-code';
  const admission = { from, accounts, device, how, also: [spend] } as const;
  const admitted = await admit(services, { subject: user, domain }, admission);
  if (!admitted) return codeWrong();
  await noteVerified(services, user, { address, from });
  return admitted;
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

async function demand(
  { tables, now }: EnterServices,
  { subject: user, domain }: { subject: User; domain: Domain },
  { returnTo, locale }: Entering,
): Promise<Entered> {
  const about = { purpose: 'must-change', user, domain, address: user.email } as const;
  const link = await makeLink(tables, { ...about, returnTo, locale }, now());
  return { status: 'must_change', link };
}
