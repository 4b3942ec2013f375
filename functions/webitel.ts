/**
 * Webitel's administration: domain tokens and roles, each guarded by an ACL resource as any API is, and
 * who calls.
 *
 *   POST   /api/v2/domains/{name}/settings/token         resource `domain`; { expire (ms), role } for
 *                                                        { status, info: { data, token } }
 *   GET    …/token                                       at most 40, as { status, info: [data] }
 *   PATCH  …/token/{uuid}                                { state: boolean } for { status, info: data }
 *   DELETE …/token/{uuid}                                { status, info: "Destroyed" }
 *   GET, POST /api/v2/acl/roles                          resource `acl/roles`;
 *   GET, PUT, DELETE /api/v2/acl/roles/{name}            shapes in lib/faces/webitel/answers.ts
 *   GET    /api/v2/whoami                                any live session, a browser's too
 *   POST   /admin/api/domain-tokens                      { domain?, role, expiresAt } for the token, in the
 *                                                        admin API's shapes: its own function signs nothing
 *
 * Errors: { status: "error", info } with 400, 401, 403 "Permission denied!", 404, 409; the admin API's problems
 *
 * @module
 */
import { orPortal } from '../lib/browser/to-portal.ts';
import { composeOrigins } from '../lib/compose/origins.ts';
import { composePortal } from '../lib/compose/portal.ts';
import { composeProxy } from '../lib/compose/proxy.ts';
import { composeWebitel } from '../lib/compose/webitel.ts';
import { routes as issuing } from '../lib/faces/admin/issue-token.ts';
import { routes } from '../lib/faces/webitel/routes.ts';
import { endpoints } from '../lib/http/endpoint.ts';

const services = composeWebitel();
const served = { ...orPortal(routes(services), composePortal()), ...issuing(services) };

export const handler = endpoints(served, composeOrigins(), composeProxy());
