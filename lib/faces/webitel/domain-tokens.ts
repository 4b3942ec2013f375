/**
 * Domain tokens at the Webitel face: what the caller needs is a letter of the ACL resource `domain`.
 *
 * Errors: 400 "Domain is required.", "Bad expire date.", "Bad role name.", "Bad state token.", and
 *         404 "Not found token"
 *
 * @module
 */
import { type TrailServices, trailFor } from '../../events/trail.ts';
import { type GuardServices, requirePermission } from '../../guard/caller.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { HttpResponse } from '../../http/response.ts';
import {
  type DomainTokenDoor,
  type DomainTokenServices,
  issueDomainToken,
} from '../../manage/domains/issue-token.ts';
import {
  listDomainTokens,
  removeDomainToken,
  switchDomainToken,
} from '../../manage/domains/tokens.ts';
import { readDomain, readNewToken, readState, readTokenId } from './read.ts';
import { issueRefusal, noToken } from './refusals.ts';
import { destroyedReply, domainTokenClaims, issuedReply, tokenReply, tokensReply } from './show.ts';

export type DomainServices = GuardServices & DomainTokenServices & { trail: TrailServices };
type Answer = Promise<HttpResponse>;

/** As many as the product lists. */
const LISTED = 40;
const DOOR: DomainTokenDoor = { client: 'webitel', claims: domainTokenClaims };

export async function issue(services: DomainServices, request: HttpRequest): Answer {
  const administrator = await requirePermission(services, request);
  const domain = readDomain(request);
  const trail = trailFor(services, administrator.caller, request);
  const wanted = { domain, ...readNewToken(request), now: services.tokens.now(), trail };
  const issued = await issueDomainToken(services, administrator, wanted, DOOR);
  if (issued.status !== 'ok') throw issueRefusal(issued.status);
  return issuedReply(issued);
}

export async function list(services: DomainServices, request: HttpRequest): Answer {
  const administrator = await requirePermission(services, request);
  const of = { domain: readDomain(request), limit: LISTED, now: services.tokens.now() };
  return tokensReply(await listDomainTokens(services.tables, administrator, of));
}

const wantedOf = ({ tokens }: DomainServices, request: HttpRequest) => ({
  domain: readDomain(request),
  id: readTokenId(request),
  now: tokens.now(),
});

export async function turn(services: DomainServices, request: HttpRequest): Answer {
  const administrator = await requirePermission(services, request);
  const trail = trailFor(services, administrator.caller, request);
  const wanted = { ...wantedOf(services, request), enabled: readState(request), trail };
  const token = await switchDomainToken(services.tables, administrator, wanted);
  if (!token) throw noToken();
  return tokenReply(token);
}

export async function remove(services: DomainServices, request: HttpRequest): Answer {
  const administrator = await requirePermission(services, request);
  const trail = trailFor(services, administrator.caller, request);
  const wanted = { ...wantedOf(services, request), trail };
  if (!(await removeDomainToken(services.tables, administrator, wanted))) throw noToken();
  return destroyedReply();
}
