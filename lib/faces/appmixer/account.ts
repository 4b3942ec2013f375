/**
 * One's own account at the Appmixer face: made, shown, given another password.
 *
 * @module
 */
import { ask } from '../../account/ask.ts';
import { changePassword } from '../../account/change-password.ts';
import { choosePassword } from '../../account/choose-password.ts';
import { findAccount } from '../../account/find.ts';
import { type MailServices, noMailSent } from '../../account/mail-order.ts';
import { tooManyAttempts } from '../../errors.ts';
import { requireCaller } from '../../guard/caller.ts';
import { type HttpRequest, originOf } from '../../http/request.ts';
import type { HttpResponse } from '../../http/response.ts';
import { noSuchUser } from '../../manage/users/refusals.ts';
import { type SignUpServices, signUp } from '../../manage/users/sign-up.ts';
import type { Caller } from '../../verdict/judge.ts';
import { type DoorServices, doorOf } from './door.ts';
import { readForgotten, readForgottenReset, readNewUser, readPasswordChange } from './read.ts';
import { codeOver } from './refusals.ts';
import { accountReply, doneReply, signInReply } from './show.ts';

export type AccountServices = SignUpServices & DoorServices & MailServices;

/** POST /user: open, or closed by a setting; whoever is made is signed in. */
export async function create(services: AccountServices, request: HttpRequest) {
  const made = await signUp(services, request, readNewUser(request), doorOf(services));
  return signInReply(made.subject, made.session);
}

/** GET /user. @param browser - Who is signed in there, if the request is a person's. */
export async function own(
  services: AccountServices,
  request: HttpRequest,
  browser?: Caller,
): Promise<HttpResponse> {
  const caller = browser ?? (await requireCaller(services, request));
  const user = await findAccount(services.tables.directory, caller);
  if (!user) throw noSuchUser();
  return accountReply(user);
}

/** POST /user/change-password: the caller's own, for the old one. */
export async function changeOwnPassword(services: AccountServices, request: HttpRequest) {
  const caller = await requireCaller(services, request);
  const { tables, now, trail } = services;
  const wanted = { ...readPasswordChange(request), from: originOf(request), now: now(), trail };
  await changePassword(tables, caller, wanted);
  return doneReply();
}

/** POST /user/forgot-password: a mail with a link, and the same answer whoever has that address. */
export async function forgotPassword(services: AccountServices, request: HttpRequest) {
  const { email: login } = readForgotten(request);
  if (!services.queue) throw noMailSent();
  const asked = await ask(services, { purpose: 'reset-password', login, locale: 'en' }, request.ip);
  if (asked.status === 'locked') throw tooManyAttempts(asked.wait);
  return doneReply();
}

/** POST /user/forgot-password/reset: another password for the secret of that link. */
export async function resetForgotten(services: AccountServices, request: HttpRequest) {
  const { code: secret, password } = readForgottenReset(request);
  const about = { purpose: 'reset-password', field: 'password' } as const;
  const choice = { ...about, secret, password, from: originOf(request) };
  if ((await choosePassword(services, choice)).status === 'over') throw codeOver();
  return doneReply();
}
