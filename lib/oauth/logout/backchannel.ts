/**
 * Back-channel logout: the clients whose user has been signed out are told so, from server to server.
 *
 *   spreadLogout    finds the grants of a user that have ended, and queues one message for each client
 *                   that wants to know
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
import { enqueue, type Queue } from '../../aws/queue.ts';
import type { Tables } from '../../aws/tables.ts';
import { randomKey } from '../../crypto.ts';
import { Fault } from '../../errors.ts';
import type { LogoutNews, LogoutNotice } from '../../events/announce-logout.ts';
import { call } from '../../http/outgoing.ts';
import { readClient } from '../../store/directory/clients.ts';
import { type EndedGrant, endedGrants, settleEnded } from '../../store/sessions/ended-grants.ts';
import type { Instant } from '../../time.ts';
import type { Keyring } from '../../tokens/keyring.ts';
import { signLogoutToken } from '../../tokens/logout-token.ts';

const News = v.strictObject({ subject: v.string() });
const Notice = v.strictObject({ client: v.string(), subject: v.string(), sid: v.string() });

/** @param message - Out of the queue: either of the two. */
export async function takeMessage(
  services: SpreadServices & DeliverServices,
  message: unknown,
): Promise<void> {
  if (v.is(News, message)) await spreadLogout(services, message);
  else await deliverLogout(services, v.parse(Notice, message));
}

export type SpreadServices = { tables: Tables; queue: Queue; now: () => Instant };

/** Queued before it is deleted: after a fault in between, a client is told twice and not never. */
async function spreadLogout(
  { tables, queue, now }: SpreadServices,
  { subject }: LogoutNews,
): Promise<void> {
  const ended = await endedGrants(tables, subject, now());
  const listening = await listeningClients(tables, ended);
  const notices = ended
    .filter(({ client }) => listening.has(client))
    .map(({ client, name }) => ({ client, subject, sid: name.key }) satisfies LogoutNotice);
  await enqueue(queue, notices);
  await Promise.all(ended.map((one) => settleEnded(tables.sessions, one)));
}

async function listeningClients({ directory }: Tables, ended: readonly EndedGrant[]) {
  const ids = [...new Set(ended.map(({ client }) => client))];
  const clients = await Promise.all(ids.map((id) => readClient(directory, id)));
  return new Set(clients.flatMap((client) => (client?.backchannelLogoutUri ? [client.id] : [])));
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
  const token = signLogoutToken(claims, { issuer }, key);
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
}
