/**
 * The Lambda authorizer of other APIs: is this call still allowed, now?
 *
 * In:     `Authorization: Bearer <token or API key>`, `X-Access-Token` with `X-Key`, a domain token
 *         as `X-Access-Token` alone, or `X-API-Key`; event kinds in lib/faces/authorizer/event.ts
 * Out:    Allow, with what the backend should know of the caller, all strings: subject, kind
 *         (user, client or domain), key, username, domain, roles and scope (separated by spaces),
 *         client, resource, action, own. A client's username is a display name that anybody may
 *         have, so kind tells who it is. Where the answer is about more than one call, there are no
 *         resource and action, and `ownResources` says where `own` counts.
 * Errors: 401 not authenticated, 403 not permitted, 500 any fault
 *
 * @module
 * @see lib/faces/authorizer/decide.ts, docs/authorizer.md
 */

import { composeAuthorizer } from '../lib/compose/authorizer.ts';
import { decider } from '../lib/faces/authorizer/decide.ts';
import { logNotice } from '../lib/log.ts';

const services = composeAuthorizer();
const { verdictCache: addsMilliseconds } = services;

if (addsMilliseconds > 0) logNotice('verdict_cache', { function: 'authorizer', addsMilliseconds });

if (services.impliedAccess) logNotice('implied_access', { function: 'authorizer' });

export const handler = decider(services);
