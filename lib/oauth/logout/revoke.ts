/**
 * Revocation: a client gives up a token that was issued to it, and with it the session: a grant's
 * access and refresh tokens end together. It has its user signed in all the same, so it is still told of
 * the logout (participants.ts).
 *
 * What a sign-in at a face of ours opened belongs to no client: there whoever has the token may end
 * the session, as at the face's own logout.
 *
 * In:     application/x-www-form-urlencoded: token, token_type_hint? (never changes the result), and
 *         the client's authentication as at the token endpoint
 * Errors: `invalid_request` without a token, or for one of another client, which stays as it is (a
 *         public client, which has proven nothing, is not told); `unsupported_token_type` for an API
 *         key or a domain token, which only an administrator switches off.
 *         A token that is unknown, expired or revoked already is as the client wants it: no error
 *
 * @module
 * @see RFC 7009 §2.1 (authentication, the token's own client), §2.2 (invalid tokens are no error)
 */

import { refuse } from '../../errors.ts';
import { goOnUntold } from '../../events/go-on.ts';
import { sessionEnded } from '../../events/kinds/session.ts';
import { clientAlone, type TrailServices, trailOf } from '../../events/trail.ts';
import { looksLikeApiKey } from '../../guard/api-key.ts';
import { form, type HttpRequest, originOf } from '../../http/request.ts';
import { isFace } from '../../store/directory/client-id.ts';
import type { Client } from '../../store/directory/clients.ts';
import { type Grant, readAny } from '../../store/sessions/grants.ts';
import { endAsRead } from '../../store/sessions/participants.ts';
import { isStanding, type Session, type SessionName } from '../../store/sessions/sessions.ts';
import { requireClient } from '../clients/authenticate.ts';
import { type InspectionServices, inspected } from '../inspect/inspection.ts';
import { required } from '../token/call.ts';

export type RevocationServices = InspectionServices & { trail: TrailServices };

export async function revokeToken(
  services: RevocationServices,
  request: HttpRequest,
): Promise<void> {
  const parameters = form(request);
  const { client } = await requireClient(services.clients, request, parameters);
  const token = required(parameters, 'token');
  if (looksLikeApiKey(token))
    throw refuse('unsupported_token_type', 'api-key-revoked', 'An API key cannot be revoked here.');

  const found = await inspected(services, token);
  if (!found) return;
  const { sessions } = services.tables;
  const { name } = found.claim;
  const read =
    found.kind === 'refresh'
      ? { session: found.grant, grant: found.grant }
      : await readAny(sessions, name);
  if (!read) return;
  const { session } = read;
  if (isStanding(session))
    throw refuse(
      'unsupported_token_type',
      'domain-token-revoked',
      'A domain token cannot be revoked here.',
    );
  // A session never changes hands, so what was read still holds when it is deleted.
  const mayEnd = session.client === client.id || isFace(session.client);
  if (mayEnd)
    await end(services, request, { client, name, ...read, domain: found.claim.hints.domain });
  else if (client.authentication !== 'none')
    throw refuse(
      'invalid_request',
      'token-of-another-client',
      'The token was not issued to this client.',
    );
}

type Ending = {
  client: Client;
  name: SessionName;
  domain: string;
  session: Session;
  grant: Grant | undefined;
};

async function end(
  { tables, tokens, trail }: RevocationServices,
  request: HttpRequest,
  { client, name, domain, session, grant }: Ending,
): Promise<void> {
  const told = sessionEnded({ name, domain }, { why: 'revoked', client: client.id });
  const events = trailOf(trail, clientAlone(client), originOf(request))(told);
  const loss = { ...trail, what: 'sign-out' } as const;
  await goOnUntold(events, loss, (also) =>
    endAsRead(tables.sessions, { name, session, grant }, tokens.now(), also),
  );
}
