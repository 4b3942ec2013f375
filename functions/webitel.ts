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
 *
 * Errors: { status: "error", info } with 400, 401, 403 "Permission denied!", 404, 409
 *
 * @module
 */
import { orPortal } from '../lib/browser/to-portal.ts';
import { composeOrigins } from '../lib/compose/origins.ts';
import { composePortal } from '../lib/compose/portal.ts';
import { composeProxy } from '../lib/compose/proxy.ts';
import { composeWebitel } from '../lib/compose/webitel.ts';
import { routes } from '../lib/faces/webitel/routes.ts';
import { endpoints } from '../lib/http/endpoint.ts';

export const handler = endpoints(
  orPortal(routes(composeWebitel()), composePortal()),
  composeOrigins(),
  composeProxy(),
);
