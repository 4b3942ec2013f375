/**
 * What the Faveo face shows to whoever has signed in: who they are, and to administrators the key of the
 * calling application.
 *
 * @module
 */
import { findAccount } from '../../account/find.ts';
import { type TrailServices, trailFor } from '../../events/trail.ts';
import { type GuardServices, requireCaller, requirePermission } from '../../guard/caller.ts';
import { credentialOf } from '../../http/credential.ts';
import type { HttpRequest } from '../../http/request.ts';
import {
  applicationKey,
  knownApplicationKey,
  renewApplicationKey,
} from '../../manage/settings/application-key.ts';
import type { Caller } from '../../verdict/judge.ts';
import { APPLICATION } from './application.ts';
import { readRenewal } from './read.ts';
import { noKey, noToken, notAUser } from './refusals.ts';
import { apiKeyReply, userReply } from './show.ts';

export type FaveoServices = GuardServices & { trail: TrailServices };

/** GET /api/v1/authenticate/user. @param browser - Who is signed in there, if the request is a person's. */
export async function own(services: FaveoServices, request: HttpRequest, browser?: Caller) {
  if (!browser) requireCredential(request);
  const caller = browser ?? (await requireCaller(services, request));
  const user = await findAccount(services.tables.directory, caller);
  if (!user) throw notAUser();
  return userReply(user);
}

/** GET /api/v1/helpdesk/api_key: needs `r` on that ACL resource. HEAD: 404 while there is none. */
export async function apiKey(services: FaveoServices, request: HttpRequest) {
  requireCredential(request);
  const administrator = await requirePermission(services, request);
  const { directory } = services.tables;
  if (request.isHead) {
    const known = await knownApplicationKey(directory, administrator, APPLICATION.key);
    if (known === undefined) throw noKey();
    return apiKeyReply(known);
  }
  const trail = trailFor(services, administrator.caller, request);
  return apiKeyReply(await applicationKey(directory, administrator, APPLICATION.key, trail));
}

/** POST /api/v1/helpdesk/api_key: another key; needs `c`. */
export async function renewApiKey(services: FaveoServices, request: HttpRequest) {
  requireCredential(request);
  const administrator = await requirePermission(services, request);
  const { directory } = services.tables;
  const terms = {
    overlap: readRenewal(request),
    now: services.tokens.now(),
    trail: trailFor(services, administrator.caller, request),
  };
  return apiKeyReply(await renewApplicationKey(directory, administrator, APPLICATION, terms));
}

function requireCredential({ headers }: HttpRequest): void {
  if (credentialOf(headers).status === 'missing') throw noToken();
}
