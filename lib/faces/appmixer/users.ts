/**
 * Users as the Appmixer face shows them to administrators, and takes what is done to them. What the
 * caller needs is a letter of the ACL resource `users`.
 *
 * @module
 */

import { type TrailServices, trailFor } from '../../events/trail.ts';
import { type GuardServices, requirePermission } from '../../guard/caller.ts';
import type { HttpRequest } from '../../http/request.ts';
import { deleteWithTicket, isDeleted } from '../../manage/users/delete-with-ticket.ts';
import { changeUser, findUser } from '../../manage/users/lifecycle.ts';
import { noSuchUser } from '../../manage/users/refusals.ts';
import { resetPassword } from '../../manage/users/reset-password.ts';
import { countMatching, searchUsers } from '../../manage/users/search.ts';
import type { Instant } from '../../time.ts';
import * as read from './read.ts';
import { tooMany } from './refusals.ts';
import { countReply, deletedReply, doneReply, ticketReply, userReply, usersReply } from './show.ts';

export type UsersServices = GuardServices & {
  trail: TrailServices;
  /** Epoch seconds. */
  now: () => Instant;
};

export async function list(services: UsersServices, request: HttpRequest) {
  const administrator = await requirePermission(services, request);
  const search = read.readUserSearch(request);
  const found = await searchUsers(services.tables.directory, administrator, search);
  if (found.status === 'too_many') throw tooMany();
  return usersReply(found.users);
}

export async function count(services: UsersServices, request: HttpRequest) {
  const administrator = await requirePermission(services, request);
  const filter = read.readUserFilter(request);
  const found = await countMatching(services.tables.directory, administrator, filter);
  if (found.status === 'too_many') throw tooMany();
  return countReply(found.count);
}

export async function show(services: UsersServices, request: HttpRequest) {
  const administrator = await requirePermission(services, request);
  const id = read.readUserId(request);
  return userReply(await findUser(services.tables.directory, administrator, id));
}

export async function change(services: UsersServices, request: HttpRequest) {
  const administrator = await requirePermission(services, request);
  const { tables, now } = services;
  const id = read.readUserId(request);
  const trail = trailFor(services, administrator.caller, request);
  const wanted = { change: read.readUserChange(request), now: now(), trail };
  return userReply(await changeUser(tables.directory, administrator, id, wanted));
}

/** Asked of the ACL as the change of a user that it is. */
export async function setPassword(services: UsersServices, request: HttpRequest) {
  const asChange = { ...request, method: 'PUT', path: '/users' };
  const administrator = await requirePermission(services, asChange);
  const { tables, now } = services;
  const { email: login, password } = read.readPasswordReset(request);
  const trail = trailFor(services, administrator.caller, request);
  const wanted = { login, password, now: now(), trail };
  await resetPassword(tables.directory, administrator, wanted);
  return doneReply();
}

export async function remove(services: UsersServices, request: HttpRequest) {
  const administrator = await requirePermission(services, request);
  const { tables, now } = services;
  const id = read.readUserId(request);
  const trail = trailFor(services, administrator.caller, request);
  return ticketReply(await deleteWithTicket(tables, administrator, id, now(), trail));
}

export async function deleteStatus(services: UsersServices, request: HttpRequest) {
  const administrator = await requirePermission(services, request);
  const { tables, now } = services;
  const deletion = read.readDeletion(request);
  if (!(await isDeleted(tables, administrator, deletion, now()))) throw noSuchUser();
  return deletedReply();
}
