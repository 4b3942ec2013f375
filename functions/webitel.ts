/**
 * Webitel's administration: domain tokens and roles, each guarded by an ACL resource as any API is.
 *
 *   POST   /api/v2/domains/{name}/settings/token         resource `domain`; { expire (ms), role } for
 *                                                        { status, info: { data, token } }
 *   GET    …/token                                       at most 40, as { status, info: [data] }
 *   PATCH  …/token/{uuid}                                { state: boolean } for { status, info: data }
 *   DELETE …/token/{uuid}                                { status, info: "Destroyed" }
 *   GET, POST /api/v2/acl/roles                          resource `acl/roles`;
 *   GET, PUT, DELETE /api/v2/acl/roles/{name}            shapes in lib/faces/webitel/roles.ts
 *   GET    /api/v2/whoami                                any live session, a browser's too; { acl, id,
 *                                                        domain, roleName, expires (ms), cdr }
 *
 * Errors: { status: "error", info } with 400, 401, 403 "Permission denied!", 404, 409
 *
 * @module
 */

import { grantTo } from '../lib/authority/grant.ts';
import { orSignIn } from '../lib/browser/caller.ts';
import { composeOrigins } from '../lib/compose/origins.ts';
import { composeWebitel } from '../lib/compose/webitel.ts';
import { AuthError } from '../lib/errors.ts';
import { trailOf } from '../lib/events/trail.ts';
import * as tokenDialect from '../lib/faces/webitel/domain-tokens.ts';
import * as roleDialect from '../lib/faces/webitel/roles.ts';
import { showAclError, showError } from '../lib/faces/webitel/sign-in.ts';
import { requireCaller, requirePermission } from '../lib/guard/caller.ts';
import { endpoints } from '../lib/http/endpoint.ts';
import { type HttpRequest, jsonObject, originOf } from '../lib/http/request.ts';
import type { HttpResponse } from '../lib/http/response.ts';
import { issueDomainToken } from '../lib/manage/domains/issue-token.ts';
import * as domainTokens from '../lib/manage/domains/tokens.ts';
import * as roles from '../lib/manage/roles/lifecycle.ts';
import { readRegistry } from '../lib/store/directory/resources.ts';
import { aclOf } from '../lib/verdict/acl.ts';
import type { Caller } from '../lib/verdict/judge.ts';

const services = composeWebitel();
const { tables, tokens, config } = services;
const { directory } = tables;
const { now } = tokens;

/** Every change leaves an audit event, in the same transaction. */
const trailFor = (request: HttpRequest, caller: Caller) =>
  trailOf(services.trail, caller, originOf(request));

/** As many as the product lists. */
const LISTED = 40;

async function issueToken(request: HttpRequest) {
  const administrator = await requirePermission(services, request);
  const domain = tokenDialect.readDomain(request);
  const trail = trailFor(request, administrator.caller);
  const wanted = { domain, ...tokenDialect.readNewToken(request), now: now(), trail };
  return tokenDialect.issuedReply(await issueDomainToken(services, administrator, wanted));
}

async function listTokens(request: HttpRequest) {
  const administrator = await requirePermission(services, request);
  const of = { domain: tokenDialect.readDomain(request), limit: LISTED, now: now() };
  return tokenDialect.listReply(await domainTokens.listDomainTokens(tables, administrator, of));
}

const tokenOf = (request: HttpRequest) => ({
  domain: tokenDialect.readDomain(request),
  id: request.parameters['uuid'] ?? '',
  now: now(),
});

async function switchToken(request: HttpRequest) {
  const administrator = await requirePermission(services, request);
  const trail = trailFor(request, administrator.caller);
  const wanted = { ...tokenOf(request), enabled: tokenDialect.readState(request), trail };
  const switched = await domainTokens.switchDomainToken(tables, administrator, wanted);
  return tokenDialect.stateReply(switched);
}

async function removeToken(request: HttpRequest) {
  const administrator = await requirePermission(services, request);
  const wanted = { ...tokenOf(request), trail: trailFor(request, administrator.caller) };
  const removed = await domainTokens.removeDomainToken(tables, administrator, wanted);
  return tokenDialect.removedReply(removed);
}

/** Roles belong to nobody, so a letter for own objects only is none here. */
async function requireRoleLetter(request: HttpRequest) {
  const { caller, permission } = await requirePermission(services, request);
  if (permission.own)
    throw new AuthError({
      code: 'insufficient_scope',
      rule: 'roles-unowned',
      text: 'Roles have no owner.',
      reason: 'own objects only',
    });
  return caller;
}

async function listRoles(request: HttpRequest) {
  await requireRoleLetter(request);
  return roleDialect.listReply(await roles.listRoles(directory));
}

async function createRole(request: HttpRequest) {
  const caller = await requireRoleLetter(request);
  const { name, parents, allows } = roleDialect.readNewRole(request);
  const trail = trailFor(request, caller);
  await roles.makeRole(tables, caller, { name, parents, acl: allows }, now(), { trail });
  return roleDialect.createdReply();
}

const nameOf = ({ parameters }: HttpRequest): string => parameters['name'] ?? '';

async function showRole(request: HttpRequest) {
  await requireRoleLetter(request);
  return roleDialect.roleReply(await roles.findRole(directory, nameOf(request)));
}

async function setLetters(request: HttpRequest) {
  const caller = await requireRoleLetter(request);
  const trail = trailFor(request, caller);
  const wanted = { acl: jsonObject(request), trail };
  await roles.changeRole(directory, caller, nameOf(request), wanted);
  return roleDialect.updatedReply();
}

async function removeRole(request: HttpRequest) {
  const caller = await requireRoleLetter(request);
  const trail = trailFor(request, caller);
  await roles.removeRole(tables, nameOf(request), now(), { trail });
  return roleDialect.destroyedReply();
}

async function whoami(request: HttpRequest, browser?: Caller) {
  const caller = browser ?? (await requireCaller(services, request));
  const { subject, session } = caller;
  const { patterns } = await readRegistry(directory);
  return roleDialect.whoamiReply({
    acl: aclOf(Object.keys(patterns), grantTo(caller)),
    id: subject.kind === 'domain' ? `${caller.key}@${subject.domain}` : subject.username,
    domain: subject.domain,
    roleName: caller.roles[0] ?? '',
    expiresAt: session.expiresAt,
    cdr: { host: config.cdrHost, useProxy: config.cdrUseProxy },
  });
}

const endpoint = (run: (request: HttpRequest) => Promise<HttpResponse>) => ({ run, showError });

export const handler = endpoints(
  {
    'POST /api/v2/domains/{name}/settings/token': endpoint(issueToken),
    'GET /api/v2/domains/{name}/settings/token': endpoint(listTokens),
    'PATCH /api/v2/domains/{name}/settings/token/{uuid}': endpoint(switchToken),
    'DELETE /api/v2/domains/{name}/settings/token/{uuid}': endpoint(removeToken),
    'GET /api/v2/acl/roles': endpoint(listRoles),
    'POST /api/v2/acl/roles': endpoint(createRole),
    'GET /api/v2/acl/roles/{name}': endpoint(showRole),
    'PUT /api/v2/acl/roles/{name}': { run: setLetters, showError: showAclError },
    'DELETE /api/v2/acl/roles/{name}': endpoint(removeRole),
    'GET /api/v2/whoami': endpoint(orSignIn(services, whoami)),
  },
  composeOrigins(),
);
