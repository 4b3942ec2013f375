/**
 * The client credentials grant: a client acts for itself. Never a refresh token: the client can come
 * back with its secret.
 *
 * Of a client that this instance has let in before, the session is written while the client is read, under
 * the generations last seen: one round trip in place of two. What was read decides. Where it is not word for
 * word what was seen, the token is thrown away with its session, and made again; so memory alone lets nobody in.
 * Nothing is written ahead for whoever has not the secret that was seen.
 *
 * Of a client with a spread (store/spread) the session is written in as many copies, in one transaction.
 *
 * @module
 * @see RFC 6749 §4.4 (the grant), §4.4.3 (no refresh token), RFC 9068 §2.2 (`sub` is the client)
 */
import { isDeepStrictEqual } from 'node:util';
import { toAuthError } from '../../errors.ts';
import { originOf } from '../../http/request.ts';
import { logFault, logNotice } from '../../log.ts';
import { openSession, type SessionServices } from '../../sign-in/open-session.ts';
import { sessionSpreadOf } from '../../store/directory/clients.ts';
import { readClientAndDomain } from '../../store/reads/grant.ts';
import { endSession, type SessionName } from '../../store/sessions/sessions.ts';
import type { Spread } from '../../store/spread/copies.ts';
import type { Instant, Seconds } from '../../time.ts';
import { isOneOf } from '../../verdict/secret.ts';
import { admit, type ClientServices, type KnownClient } from '../clients/authenticate.ts';
import type { PresentedClient } from '../clients/proof.ts';
import { grantedScope } from '../scopes/of-client.ts';
import { requireGrantType, type TokenCall } from './call.ts';
import type { TokenResponse } from './grant-tokens.ts';

export type ClientCredentialsServices = ClientServices &
  SessionServices & {
    accessTokenLifetime: Seconds;
    /** Whether each token leaves an event: there may be thousands a minute. */
    machineTokenEvents: boolean;
    /** Clients that this instance has let in, by their ids. */
    seen: Map<string, KnownClient>;
  };

type Issued = { response: TokenResponse; session: SessionName & { spread: Spread | undefined } };

const MAX_SEEN = 1000;

export async function clientCredentials(
  services: ClientCredentialsServices,
  call: TokenCall,
): Promise<TokenResponse> {
  const { presented, request } = call;
  const before = seenBefore(services, presented, services.now());
  const reading = readClientAndDomain(services.directory, presented.id);
  const [known, ahead] = await Promise.allSettled([
    reading.then((read) => admit(services, presented, read)),
    before && issue(services, call, before),
  ]);
  const holds = known.status === 'fulfilled' && isDeepStrictEqual(known.value, before);
  if (!holds && ahead.status === 'fulfilled' && ahead.value) await discard(services, ahead.value);
  if (known.status === 'rejected') {
    // Whoever had the secret that was seen: next time nothing is written for them.
    if (before) services.seen.delete(presented.id);
    throw known.reason;
  }
  if (holds && ahead.status === 'rejected') throw ahead.reason;
  const made = holds && ahead.status === 'fulfilled' ? ahead.value : undefined;
  const issued = made ?? (await issue(services, call, known.value));
  remember(services, presented, known.value);
  logNotice('machine_token', { client: presented.id, requestId: request.id });
  return issued.response;
}

/** Those with keys of their own are asked for a proof that is spent: that takes its turn. */
function seenBefore(
  { seen, machineTokenEvents }: ClientCredentialsServices,
  presented: PresentedClient,
  now: Instant,
): KnownClient | undefined {
  // What has an event is not thrown away.
  if (presented.way !== 'secret' || machineTokenEvents) return undefined;
  const known = seen.get(presented.id);
  return known && isOneOf(known.client.secrets, presented.secret, now) ? known : undefined;
}

function remember(
  { seen }: ClientCredentialsServices,
  { id }: PresentedClient,
  known: KnownClient,
): void {
  if (seen.size >= MAX_SEEN && !seen.has(id)) seen.clear();
  seen.set(id, known);
}

async function issue(
  services: ClientCredentialsServices,
  { request, parameters }: TokenCall,
  { client, domain }: KnownClient,
): Promise<Issued> {
  requireGrantType(client, 'client_credentials');
  const requested = parameters.get('scope');
  const scope = grantedScope({ ...client, impliedAccess: services.impliedAccess }, requested);
  const spread = sessionSpreadOf(client);
  const { token, key, issuedAt, expiresAt } = await openSession(
    services,
    { subject: client, domain },
    {
      kind: 'client_credentials',
      client: client.id,
      type: client.accessTokenType,
      lifetime: services.accessTokenLifetime,
      scope,
      from: originOf(request),
      how: services.machineTokenEvents ? 'grant' : undefined,
      spread,
    },
  );
  return {
    session: { subject: client.id, key, spread },
    response: {
      access_token: token,
      token_type: 'Bearer',
      expires_in: expiresAt - issuedAt,
      ...(scope !== undefined && scope !== requested && { scope }),
    },
  };
}

/** Nobody has its token; where this fails, the session ends by its time. */
async function discard(
  { sessions, now }: ClientCredentialsServices,
  { session }: Issued,
): Promise<void> {
  try {
    await endSession(sessions, session, now());
  } catch (error) {
    logFault(toAuthError(error), { about: 'a session whose token was thrown away' });
  }
}
