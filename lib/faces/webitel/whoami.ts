/**
 * Who calls the Webitel face, and what the caller may do: { acl, id, domain, roleName, expires (ms), cdr }.
 *
 * @module
 */
import { permissionsOf } from '../../account/permissions.ts';
import { type GuardServices, requireCaller } from '../../guard/caller.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { HttpResponse } from '../../http/response.ts';
import type { Caller } from '../../verdict/judge.ts';
import { type CallRecords, whoamiReply } from './show.ts';

/** Any live session will do. @param browser - Who is signed in there, if the request is a person's. */
export async function whoami(
  services: GuardServices & CallRecords,
  request: HttpRequest,
  browser?: Caller,
): Promise<HttpResponse> {
  const caller = browser ?? (await requireCaller(services, request));
  const acl = await permissionsOf(services.tables.directory, caller);
  return whoamiReply(caller, acl, services);
}
