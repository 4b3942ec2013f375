/**
 * One's own account at the Appmixer face: made, shown, given another password.
 *
 * @module
 */
import { changePassword } from '../../account/change-password.ts';
import { findAccount } from '../../account/find.ts';
import { requireCaller } from '../../guard/caller.ts';
import { type HttpRequest, originOf } from '../../http/request.ts';
import type { HttpResponse } from '../../http/response.ts';
import { noSuchUser } from '../../manage/users/refusals.ts';
import { type SignUpServices, signUp } from '../../manage/users/sign-up.ts';
import type { Caller } from '../../verdict/judge.ts';
import { type DoorServices, doorOf } from './door.ts';
import { readNewUser, readPasswordChange } from './read.ts';
import { accountReply, doneReply, signInReply } from './show.ts';

export type AccountServices = SignUpServices & DoorServices;

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
