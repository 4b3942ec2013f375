/**
 * A domain token is made by a function that signs, which that of the admin API does not: it reads no private
 * key. So this one route of it is served beside Webitel's administration.
 *
 * @module
 */
import { refuseField } from '../../errors.ts';
import { type TrailServices, trailFor } from '../../events/trail.ts';
import { type GuardServices, requirePermission } from '../../guard/caller.ts';
import type { Endpoint } from '../../http/endpoint.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { HttpResponse } from '../../http/response.ts';
import {
  type DomainTokenDoor,
  type DomainTokenServices,
  type IssuedDomainToken,
  issueDomainToken,
} from '../../manage/domains/issue-token.ts';
import { BASE, created, readBody } from './call.ts';
import { tagOf, view } from './domain-tokens.ts';
import { idOf } from './opaque-id.ts';
import { AS_PROBLEM } from './problem.ts';
import { NewDomainToken } from './schemas.ts';

export type IssuingServices = GuardServices & DomainTokenServices & { trail: TrailServices };

/** Nothing is in it that only some clients look for. */
const DOOR: DomainTokenDoor = { client: 'domain-token', claims: () => ({}) };

export const routes = (services: IssuingServices): Readonly<Record<string, Endpoint>> => ({
  [`POST ${BASE}/domain-tokens`]: { run: (request) => issue(services, request), ...AS_PROBLEM },
});

async function issue(services: IssuingServices, request: HttpRequest): Promise<HttpResponse> {
  const administrator = await requirePermission(services, request);
  const { caller } = administrator;
  const { domain = caller.subject.domain, ...wanted } = readBody(NewDomainToken, { request });
  const trail = trailFor(services, caller, request);
  const asked = { ...wanted, domain, now: services.tokens.now(), trail };
  const issued = await issueDomainToken(services, administrator, asked, DOOR);
  if (issued.status !== 'ok') throw refused(issued.status);
  const place = `domain-tokens/${idOf(issued.name)}`;
  return created({ request }, place, { ...view(issued), token: issued.token }, tagOf(issued));
}

const REFUSED = {
  unknown_domain: () => refuseField('domain', 'domain-unknown', 'there is no such domain'),
  unknown_role: () => refuseField('role', 'role-unknown', 'there is no such role'),
  bad_expiry: () =>
    refuseField(
      'expiresAt',
      'token-lifetime-unusable',
      'must be in the future, and within what domain tokens may live',
    ),
};
const refused = (status: Exclude<IssuedDomainToken['status'], 'ok'>) => REFUSED[status]();
