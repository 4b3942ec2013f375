/**
 * The authorization code grant: a code, and proof that it came to the client that it was issued for,
 * for tokens.
 *
 * In:     code, redirect_uri, code_verifier?
 * Errors: `invalid_request` for what is missing or malformed; `invalid_grant`, always with the same
 *         words, for a code that is unknown, spent, too old, another client's, or whose user or client has
 *         been signed out since, or whose user has taken back what they agreed to. A request that does not fit leaves the code as it is. A second use that
 *         fits in all else ends what the first one opened.
 *
 * It costs two reads and one transaction.
 *
 * @module
 * @see RFC 6749 §4.1.3, §4.1.2 (used once; a second use revokes), OpenID Connect Core §3.1.3.2
 */

import { randomKey } from '../../crypto.ts';
import { goOnUntold } from '../../events/go-on.ts';
import { sessionOpened, sessionReused } from '../../events/kinds/session.ts';
import { clientAlone, trailOf, whoSignsIn } from '../../events/trail.ts';
import { originOf } from '../../http/request.ts';
import type { Client } from '../../store/directory/clients.ts';
import type { User } from '../../store/directory/users.ts';
import { domainIn, readExchange, readParties } from '../../store/reads/grant.ts';
import { type Code, readCode, redeemCode } from '../../store/sessions/codes.ts';
import { GRANT, type Grant } from '../../store/sessions/grants.ts';
import { endGrant } from '../../store/sessions/participants.ts';
import { childKey, type SessionName } from '../../store/sessions/sessions.ts';
import { after, type Instant, type Seconds } from '../../time.ts';
import { admits } from '../../verdict/admitted.ts';
import { causeOfDeath } from '../../verdict/dead.ts';
import { NOT_ADMITTED } from '../../verdict/granted-client.ts';
import { admit, type ClientServices } from '../clients/authenticate.ts';
import { required, requireGrantType, type TokenCall } from './call.ts';
import {
  type GrantServices,
  grantTokens,
  type TokenGrant,
  type TokenResponse,
} from './grant-tokens.ts';
import { invalidGrant } from './invalid-grant.ts';
import { firstRefresh } from './refresh-rotation.ts';
import { formatRefreshToken } from './refresh-text.ts';
import { checkVerifier } from './verifier.ts';

export type CodeServices = ClientServices &
  GrantServices & { browserSessionLifetime: Seconds; refreshTokenLifetime: Seconds };

export async function authorizationCode(
  services: CodeServices,
  call: TokenCall,
): Promise<TokenResponse> {
  const { presented, parameters } = call;
  const text = parameters.get('code') ?? '';
  const read = await readExchange(services, { client: presented.id, code: text });
  const { domains, user } = await readParties(services.directory, {
    domain: read.client?.domain ?? '',
    user: read.code?.subject,
  });
  const { client } = await admit(services, presented, { client: read.client, domains });
  requireGrantType(client, 'authorization_code');
  required(parameters, 'code');

  const code = requireFitting(read.code, client, parameters);
  if (code.grant !== undefined)
    throw await replayed(services, call, { client, code, user, grant: code.grant });
  if (code.validUntil <= services.now()) throw invalidGrant('an expired code');
  if (code.clientGeneration !== client.generation) throw invalidGrant('the client was signed out');
  const domain = user && (await domainIn(services.directory, domains, user.domain));
  const owner = requireLive(code, user, domain, services.now());
  if (!admits(client, owner)) throw invalidGrant(NOT_ADMITTED);
  return open(services, call, text, { code, client, user: owner });
}

/** Nothing is spent here, so a request that does not fit costs the right one nothing. */
function requireFitting(
  code: Code | undefined,
  client: Client,
  parameters: ReadonlyMap<string, string>,
): Code {
  const verifier = parameters.get('code_verifier');
  if (!code) throw invalidGrant('an unknown code');
  if (code.client !== client.id) throw invalidGrant("another client's code");
  if (parameters.get('redirect_uri') !== code.redirectUri)
    throw invalidGrant('not the redirect_uri that the code was sent to');
  checkVerifier(code.challenge, verifier);
  return code;
}

/** Two have the code, and one of them is not the client: what the first one got is not safe. */
async function replayed(
  { sessions, now, trail }: CodeServices,
  { request }: TokenCall,
  {
    client,
    code,
    user,
    grant,
  }: Pick<Party, 'client' | 'code'> & { user?: User | undefined; grant: string },
) {
  const name = { subject: code.subject, key: grant };
  const told = sessionReused(
    { name, domain: user?.domain ?? client.domain },
    { what: 'code', client: client.id },
  );
  const events = trailOf(trail, clientAlone(client), originOf(request))(told);
  const loss = { ...trail, what: 'sign-out' } as const;
  await goOnUntold(events, loss, (also) => endGrant(sessions, name, now(), also));
  return invalidGrant('a code that was spent before');
}

function requireLive(
  code: Code,
  user: User | undefined,
  domain: Parameters<typeof causeOfDeath>[2],
  now: Instant,
): User {
  if (!user) throw invalidGrant('the user is gone');
  const cause = causeOfDeath(sessionOf(code, now), user, domain, now);
  if (cause) throw invalidGrant(cause);
  return user;
}

/** As of a session that was opened when the user agreed. */
const sessionOf = ({ client, subjectGeneration, domainGeneration }: Code, issuedAt: Instant) => ({
  kind: GRANT,
  client,
  issuedAt,
  expiresAt: issuedAt,
  subjectGeneration,
  domainGeneration,
});

type Party = { code: Code; client: Client; user: User };

/** Signed before it is saved: without a signing key nothing is spent. */
async function open(
  services: CodeServices,
  call: TokenCall,
  text: string,
  { code, client, user }: Party,
): Promise<TokenResponse> {
  const { sessions, now, trail } = services;
  const { name, grant, refreshToken } = newGrant(services, { code, client, user });
  const granted: TokenGrant = { client, user, name, grant, scope: code.scope, refreshToken };
  const tokens = await grantTokens(services, { ...granted, nonce: code.nonce });
  const { requestId, ...from } = originOf(call.request);
  const opened = { how: 'grant', kind: GRANT, client: client.id, scope: code.scope } as const;
  const events = trailOf(trail, whoSignsIn(user, { key: name.key, client: client.id }), {
    ...from,
    requestId,
  })(sessionOpened({ name, domain: user.domain }, opened));
  const { consent } = code;
  const given = { name, grant: { ...grant, ...from }, domain: user.domain, consent };
  const spent = await goOnUntold(events, { ...trail, what: 'sign-in' }, (also) =>
    redeemCode(sessions, text, given, now(), also),
  );
  if (spent === 'signed_out') throw invalidGrant('the browser was signed out');
  if (spent === 'withdrawn') throw invalidGrant('what the user had agreed to was withdrawn');
  if (spent === 'ok') return tokens;
  const winner = (await readCode(sessions, text))?.grant;
  if (winner === undefined) throw invalidGrant('an expired code');
  // An earlier try of ours, whose answer was lost.
  if (winner === name.key) return tokens;
  throw await replayed(services, call, { client, code, user, grant: winner });
}

/**
 * For offline access it stands alone; else it is opened within the browser's session, and lives for as
 * long as such a session may, so that its client can be told of a logout.
 */
function newGrant(
  { now, browserSessionLifetime, refreshTokenLifetime }: CodeServices,
  { code, client, user }: Party,
): { name: SessionName; grant: Grant; refreshToken: string | undefined } {
  const mayRefresh = client.grants.includes('refresh_token');
  const offline = mayRefresh && code.scope.split(' ').includes('offline_access');
  const key = offline ? randomKey() : childKey(code.browser, randomKey());
  const name = { subject: code.subject, key };
  const first = mayRefresh ? firstRefresh() : undefined;
  const issuedAt = now();
  const grant: Grant = {
    kind: GRANT,
    client: client.id,
    scope: code.scope,
    clientGeneration: code.clientGeneration,
    issuedAt,
    expiresAt: after(issuedAt, offline ? refreshTokenLifetime : browserSessionLifetime),
    subjectGeneration: code.subjectGeneration,
    domainGeneration: code.domainGeneration,
    authTime: code.authTime,
    showAuthTime: code.showAuthTime,
    acr: code.acr,
    claims: code.claims,
    refresh: first?.refresh,
    browser: offline ? code.browser : undefined,
  };
  const token = first && formatRefreshToken({ name, domain: user.domain, ...first.presented });
  return { name, grant, refreshToken: token };
}
