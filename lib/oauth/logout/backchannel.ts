/**
 * Back-channel logout: the clients whose user has been signed out are told so, from server to server.
 *
 *   spreadLogout    (spread.ts) finds the grants that have ended, and queues one message for each client that
 *                   wants to know
 *   deliverLogout   signs a logout token and posts it to the client
 *
 * Each is tried again until it succeeds (lib/aws/batch.ts), so a client may be told twice.
 *
 * Errors: any; all mean "try again".
 *
 * @module
 * @see OpenID Connect Back-Channel Logout 1.0 §2.5 (the request), §2.8 (200, or 204 in practice)
 */

import * as v from 'valibot';
import type { Tables } from '../../aws/tables.ts';
import { randomKey } from '../../crypto.ts';
import { Fault } from '../../errors.ts';
import type { LogoutNotice } from '../../events/ends.ts';
import { call } from '../../http/outgoing.ts';
import { readClient } from '../../store/directory/clients.ts';
import { forgetParticipant } from '../../store/sessions/participants.ts';
import type { Instant } from '../../time.ts';
import type { Keyring } from '../../tokens/keyring.ts';
import { signLogoutToken } from '../../tokens/logout-token.ts';
import { News, type SpreadServices, spreadLogout } from './spread.ts';

const Notice = v.strictObject({ client: v.string(), subject: v.string(), sid: v.string() });

/** @param message - Out of the queue: news to be spread, or a notice to be delivered. */
export async function takeMessage(
  services: SpreadServices & DeliverServices,
  message: unknown,
): Promise<void> {
  if (v.is(News, message)) await spreadLogout(services, message);
  else await deliverLogout(services, v.parse(Notice, message));
}

export type DeliverServices = {
  tables: Tables;
  keyring: Keyring;
  issuer: string;
  now: () => Instant;
  allowLoopback: boolean;
};

/** A client is given so long to answer, and what it says is not read. */
const LIMITS = { milliseconds: 5000, bytes: 16_384 };

async function deliverLogout(
  { tables, keyring, issuer, now, allowLoopback }: DeliverServices,
  { client: id, subject, sid }: LogoutNotice,
): Promise<void> {
  const client = await readClient(tables.directory, id);
  if (!client?.backchannelLogoutUri) return;
  // A new one at each try: a client that took the last one remembers its jti.
  const claims = { sub: subject, aud: id, sid, jti: randomKey(), iat: now() };
  const key = await keyring.signingKey(client.idTokenAlgorithm);
  const token = await signLogoutToken(claims, { issuer }, key);
  const answer = await call(
    client.backchannelLogoutUri,
    {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ logout_token: token }).toString(),
    },
    { ...LIMITS, allowLoopback },
  );
  if (answer.status !== 200 && answer.status !== 204)
    throw new Fault(`the client answered ${answer.status}`);
  // It takes no part in the sign-in any more, of whose end it would be told else.
  await forgetParticipant(tables.sessions, { subject, key: sid });
}
