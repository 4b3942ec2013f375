/**
 * What an administrator does to OAuth clients: within reach (reach.ts), with roles that the
 * administrator may give away, and never to a client that holds more than the administrator does: its
 * new secret would make them that client. One that asks nobody is root's (silent-client.ts).
 *
 * Units:  overlap is seconds.
 * Errors: `not_found`, also for what is out of reach; `conflict` for an id that is taken;
 *         `insufficient_scope`; `precondition_failed`; `invalid_request` naming the field.
 *
 * @module
 */

import { holdsRoles, requireRoles } from '../../authority/grant.ts';
import { requireOthersTrust } from '../../authority/own-trust.ts';
import { type Administrator, inReach } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { randomSecret } from '../../crypto.ts';
import { refuse, refuseField } from '../../errors.ts';
import { changesOfClient } from '../../events/kinds/client.ts';
import { requireSeen, type Terms, type Trail, UNTRACKED } from '../../events/trail.ts';
import { isClientId } from '../../store/directory/client-id.ts';
import {
  type Client,
  deleteClient,
  readClient,
  saveClient,
} from '../../store/directory/clients.ts';
import { deleteAllStanding } from '../../store/sessions/standing.ts';
import type { EpochMilliseconds, Instant, Seconds } from '../../time.ts';
import { brandingOf, noBrand } from '../brands/change.ts';
import { traceEnd } from '../keys/trace-standing.ts';
import { requireDomainFor } from '../users/by-administrator.ts';
import { type ClientChange, changed } from './changed.ts';
import { checkClient } from './check.ts';
import { requireMayAdmit } from './may-admit.ts';
import { requireOwnChange } from './own-change.ts';
import { requireDeletable, requireFreeId } from './own-client.ts';
import { type ClientRegistration, newClient, secretAfter, secretFor } from './register.ts';
import { requireMaySilence } from './silent-client.ts';
import { spreadAfter } from './spread.ts';

/** No secret where the client proves itself otherwise, or cannot. */
export type WithSecret = { client: Client; secret: string | undefined };

export async function findClient(
  directory: Table,
  administrator: Administrator,
  id: string,
): Promise<Client> {
  const client = isClientId(id) ? await readClient(directory, id) : undefined;
  if (!client || !inReach(administrator, client))
    throw refuse('not_found', 'client-unknown', 'There is no such client.');
  return client;
}

/** @param now - Epoch milliseconds. */
export async function makeClient(
  { directory, sessions }: Tables,
  administrator: Administrator,
  registration: ClientRegistration,
  { now, trail }: { now: EpochMilliseconds; trail: Trail },
): Promise<WithSecret> {
  requireFreeId(registration.id);
  await requireDomainFor(directory, administrator, registration.domain);
  const roles = [...new Set(registration.roles)];
  await requireRoles(directory, administrator.caller, roles);
  const secret = secretFor(registration);
  const client = newClient({ ...registration, roles }, secret, now);
  requireMaySilence(administrator.caller, { after: client });
  requireMayAdmit(administrator.caller, { after: client });
  if (await readClient(directory, client.id)) throw taken();
  // Keys of a client that had this id before must not come to life with it.
  await deleteAllStanding(sessions, client.id, traceEnd(client.domain, { trail }));
  if (!(await saveClient(directory, { after: client }, traceOf({ trail }, { after: client }))))
    throw taken();
  return { client, secret };
}

/** @param now - Epoch seconds. */
export const changeClient = (
  directory: Table,
  administrator: Administrator,
  id: string,
  { change: wanted, now, ...terms }: { change: ClientChange; now: Instant } & Terms<Client>,
): Promise<Client> =>
  untilUncontested('a client is being changed', async () => {
    const before = await administered(directory, administrator, id, terms);
    const { brand, spread: copies, ...change } = wanted;
    requireOwnChange(administrator, { ...change, spread: copies });
    const spread = (await spreadAfter(directory, administrator, before, copies)) ?? null;
    const after = changed(before, { ...change, spread }, now);
    const added = after.roles.filter((role) => !before.roles.includes(role));
    await requireRoles(directory, administrator.caller, added);
    requireMayAdmit(administrator.caller, { before, after });
    checkClient(after);
    const branding = await brandingOf(directory, id, brand);
    const told = {
      before: { ...before, ...branding.before },
      after: { ...after, ...branding.after },
    };
    requireMaySilence(administrator.caller, told);
    const also = [...branding.writes, ...traceOf(terms, told)];
    const isSaved = await saveClient(directory, { before, after }, also);
    return isSaved ? { ...after, version: before.version + 1 } : CONTESTED;
  });

/**
 * Of two that race one is refused, so that no secret is handed out that does not work.
 *
 * @param overlap - For so long the secret before it works too; 0 ends it at once.
 */
export async function renewSecret(
  directory: Table,
  administrator: Administrator,
  id: string,
  { overlap, now, ...terms }: { overlap: Seconds; now: Instant } & Terms<Client>,
): Promise<WithSecret> {
  const before = await administered(directory, administrator, id, terms);
  requireOthersTrust(administrator, 'secret');
  const secret = randomSecret();
  const after = secretAfter(before, secret, { overlap, now });
  requireMaySilence(administrator.caller, { before, after });
  const also = traceOf(terms, { before, after });
  if (!(await saveClient(directory, { before, after }, also)))
    throw refuse('conflict', 'client-changed-meanwhile', 'The client was changed in the meantime.');
  return { client: { ...after, version: before.version + 1 }, secret };
}

/** Its sessions and keys end with it. */
export async function removeClient(
  { directory, sessions }: Tables,
  administrator: Administrator,
  id: string,
  terms: Terms<Client>,
): Promise<void> {
  const { domain } = await untilUncontested('a client is being changed', async () => {
    const before = await administered(directory, administrator, id, terms);
    requireDeletable(id);
    const also = [noBrand(directory, id), ...traceOf(terms, { before })];
    return (await deleteClient(directory, before, also)) ? before : CONTESTED;
  });
  await deleteAllStanding(sessions, id, traceEnd(domain, terms));
}

async function administered(
  directory: Table,
  administrator: Administrator,
  id: string,
  terms: Terms<Client>,
): Promise<Client> {
  const client = await findClient(directory, administrator, id);
  requireSeen(terms, client);
  if (!(await holdsRoles(directory, administrator.caller, client.roles)))
    throw refuse(
      'insufficient_scope',
      'client-outranks',
      'The client holds roles that the caller does not.',
    );
  return client;
}

function traceOf(
  { trail = UNTRACKED }: Terms<Client>,
  change: { before?: Client; after?: Client },
) {
  return trail(changesOfClient(change));
}

const taken = () => refuseField('id', 'already-taken', 'is taken', 'conflict');
