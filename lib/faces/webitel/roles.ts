/**
 * Roles at the Webitel face: what the caller needs is a letter of the ACL resource `acl/roles`. They
 * belong to nobody, so a letter for own objects only is none here.
 *
 * Errors: 400 naming the field; the rest are those of lib/manage/roles/lifecycle.ts
 *
 * @module
 */
import { requireAll } from '../../authority/reach.ts';
import { type TrailServices, trailFor } from '../../events/trail.ts';
import { type GuardServices, requirePermission } from '../../guard/caller.ts';
import { type HttpRequest, jsonObject } from '../../http/request.ts';
import type { HttpResponse } from '../../http/response.ts';
import {
  changeRole,
  findRole,
  listRoles,
  makeRole,
  removeRole,
} from '../../manage/roles/lifecycle.ts';
import { readNewRole, readRoleName } from './read.ts';
import { createdReply, destroyedReply, roleReply, rolesReply, updatedReply } from './show.ts';

export type RoleServices = GuardServices & { trail: TrailServices };
type Answer = Promise<HttpResponse>;

async function requireLetter(services: RoleServices, request: HttpRequest) {
  const administrator = await requirePermission(services, request);
  requireAll(administrator);
  return administrator.caller;
}

export async function list(services: RoleServices, request: HttpRequest): Answer {
  await requireLetter(services, request);
  return rolesReply(await listRoles(services.tables.directory));
}

export async function create(services: RoleServices, request: HttpRequest): Answer {
  const caller = await requireLetter(services, request);
  const { tables, tokens } = services;
  const trail = trailFor(services, caller, request);
  await makeRole(tables, caller, readNewRole(request), tokens.now(), { trail });
  return createdReply();
}

export async function show(services: RoleServices, request: HttpRequest): Answer {
  await requireLetter(services, request);
  return roleReply(await findRole(services.tables.directory, readRoleName(request)));
}

/** Of the resources that the body names; a list that is empty takes their letters away. */
export async function change(services: RoleServices, request: HttpRequest): Answer {
  const caller = await requireLetter(services, request);
  const wanted = { acl: jsonObject(request), trail: trailFor(services, caller, request) };
  await changeRole(services.tables.directory, caller, readRoleName(request), wanted);
  return updatedReply();
}

export async function remove(services: RoleServices, request: HttpRequest): Answer {
  const caller = await requireLetter(services, request);
  const { tables, tokens } = services;
  const trail = trailFor(services, caller, request);
  await removeRole(tables, readRoleName(request), tokens.now(), { trail });
  return destroyedReply();
}
