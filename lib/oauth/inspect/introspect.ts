/**
 * Introspection: whether a token still works, and what it stands for. By the same verdict as at the
 * authorizer, so the answer is true now.
 *
 * A client may ask about its own tokens. Who holds the letter `r` on the resource `oauth/introspect`, and
 * is registered for it, may ask about all access tokens of its domain: that is for APIs that have no
 * authorizer in front.
 *
 * In:     form: token, token_type_hint? (never changes the result); the client's authentication
 * Out:    { active: true, … }, or { active: false } and nothing else for what is no token, works no
 *         more, or is none of the caller's business
 * Errors: `invalid_request` without a token; `invalid_client`, also for a public client, which cannot
 *         prove who it is
 *
 * @module
 * @see RFC 7662 §2.1, §2.2 (the answer), §2.3, §4 (no token of others is told from none)
 */

import type { Tables } from '../../aws/tables.ts';
import { form, type HttpRequest } from '../../http/request.ts';
import { readClient } from '../../store/directory/clients.ts';
import { readMembership } from '../../store/reads/membership.ts';
import { grantOf, weaker } from '../../verdict/acl.ts';
import { type Caller, identify } from '../../verdict/judge.ts';
import { ceilingOf } from '../../verdict/session-power.ts';
import { stillRegistered } from '../../verdict/still-registered.ts';
import { type KnownClient, requireClient } from '../clients/authenticate.ts';
import { invalidClient } from '../clients/proof.ts';
import { required } from '../token/call.ts';
import { type Inspected, type InspectionServices, inspected } from './inspection.ts';

const RESOURCE = 'oauth/introspect';
const INACTIVE = { active: false };

export async function introspect(
  services: InspectionServices,
  request: HttpRequest,
): Promise<object> {
  const parameters = form(request);
  const asker = await requireClient(services.clients, request, parameters);
  if (asker.client.authentication === 'none') throw invalidClient('a public client');
  const found = await inspected(services, required(parameters, 'token'));
  if (!found || (found.kind === 'refresh' && found.state !== 'current')) return INACTIVE;
  const { tables, tokens } = services;
  const live = await identify(tables, found.claim, tokens.now());
  if (live.status === 'dead' || !(await mayAsk(services, asker, found, live.caller)))
    return INACTIVE;
  const { caller } = live;
  const scope = await scopeLeft(tables, asker, caller);
  return found.kind === 'access'
    ? accessView(found, { caller, scope }, tokens.place)
    : commonView({ caller, scope }, tokens.place);
}

/** Whoever has no authorizer in front goes by it, so it is what the client is registered for now. */
async function scopeLeft(
  { directory, impliedAccess }: Tables,
  { client: asker }: KnownClient,
  { session: { client: id, scope } }: Caller,
): Promise<string | undefined> {
  if (scope === undefined) return undefined;
  const client = id === asker.id ? asker : await readClient(directory, id);
  return client && stillRegistered({ ...client, impliedAccess }, scope.split(' '));
}

async function mayAsk(
  { tables }: InspectionServices,
  { client, domain }: KnownClient,
  { kind }: Inspected,
  { session, subject }: Caller,
): Promise<boolean> {
  if (session.client === client.id) return true;
  if (kind !== 'access' || subject.domain !== client.domain) return false;
  const hints = { domain: domain.name, roles: client.roles };
  const { roles } = await readMembership(tables.directory, hints);
  const letters = roles.map(({ effective }) => effective);
  const ceiling = ceilingOf(tables, client).on(RESOURCE, 'r');
  return weaker(grantOf(letters, RESOURCE, 'r'), ceiling) === 'all';
}

type Shown = { caller: Caller; scope: string | undefined };

const accessView = (
  { claims }: Extract<Inspected, { kind: 'access' }>,
  shown: Shown,
  { issuer, audience }: { issuer: string; audience: string },
) => ({
  ...commonView(shown, { issuer }),
  token_type: 'Bearer',
  aud: audience,
  exp: claims.exp,
  iat: claims.iat,
  jti: claims.jti,
  sid: claims.sid,
});

/** A client's username is a display name that anybody may have. */
const commonView = (
  { caller: { session, subject }, scope }: Shown,
  { issuer }: { issuer: string },
) => ({
  active: true,
  iss: issuer,
  sub: subject.id,
  client_id: session.client,
  domain: subject.domain,
  ...(subject.kind === 'user' && { username: subject.username }),
  scope,
  iat: session.issuedAt,
  exp: session.expiresAt,
});
