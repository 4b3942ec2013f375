/**
 * Makes an API key: a long-lived key of a machine, which belongs to a user, a client or a domain and
 * never does more than its owner may at the time of use.
 *
 * A key acts as its owner. So nobody makes or changes one of somebody who holds more than they do:
 * with it they would be that owner.
 *
 * Units:  expiresAt and now are epoch seconds.
 * Errors: `invalid_request` naming the field, `insufficient_scope` for what the caller may not give
 *         away and for such an owner, `not_found` for one that does not exist.
 *
 * @module
 */

import { requireDomain, requireHeld } from '../../authority/grant.ts';
import type { Tables } from '../../aws/tables.ts';
import { randomKey } from '../../crypto.ts';
import { refuseField } from '../../errors.ts';
import type { Trail } from '../../events/trail.ts';
import { makeApiKey } from '../../guard/api-key.ts';
import { isShowable } from '../../http/showable.ts';
import { readDomain } from '../../store/directory/domains.ts';
import type { Acl } from '../../store/directory/roles.ts';
import { readSettings } from '../../store/directory/settings.ts';
import { readSubject, type Subject } from '../../store/directory/subjects.ts';
import type { SessionName } from '../../store/sessions/sessions.ts';
import { asSwitched, type Named, saveStanding } from '../../store/sessions/standing.ts';
import type { Instant } from '../../time.ts';
import type { Caller } from '../../verdict/judge.ts';
import { hashSecret } from '../../verdict/secret.ts';
import { endOfKey } from './lifetime.ts';
import { type KeyPower, keyPowerOf } from './power.ts';
import { traceStanding } from './trace-standing.ts';

export const API_KEY = 'api-key';
/** Sets keys apart from sign-ins in their owner's partition, so that a list reads no others. */
export const KEY_PREFIX = 'key-';

const MAX_NAME = 128;

export type NewApiKey = {
  /** The owner's id: a user's, a client's, or `domain#` and a domain's name. */
  owner: string;
  /** For people to read. */
  name: string;
  roles?: string[] | undefined;
  /** In place of roles. Without either, the roles that the owner has now. */
  acl?: Acl | undefined;
  /** `null`: never. Left out: the deployment's default (lifetime.ts). */
  expiresAt?: Instant | null | undefined;
};
/** `text` is to be shown this once: what is kept cannot bring it back. */
export type CreatedApiKey = Named & { text: string };

export async function createApiKey(
  { directory, sessions }: Tables,
  caller: Caller,
  { owner: id, name, roles, acl, expiresAt: asked }: NewApiKey,
  now: Instant,
  trail?: Trail,
): Promise<CreatedApiKey> {
  if (!isShowable(name) || name.length > MAX_NAME)
    throw refuseField('name', 'key-name-length', `must have 1 to ${MAX_NAME} printable characters`);
  const expiresAt = endOfKey(await readSettings(directory), asked, now);
  if (roles && acl) throw refuseField('acl', 'acl-beside-roles', 'cannot stand beside roles');
  const owner = await heldOwnerOf(directory, caller, id);
  const power = await keyPowerOf(directory, caller, owner, { roles, acl });

  const session = { subject: id, key: `${KEY_PREFIX}${randomKey()}` };
  const { text, secret } = keyTextOf(session, owner, power);
  const created: Named = {
    name: session,
    standing: {
      kind: API_KEY,
      client: API_KEY,
      issuedAt: now,
      ...(expiresAt !== undefined && { expiresAt }),
      disabled: false,
      ...asSwitched(owner, await readDomain(directory, owner.domain)),
      ...power,
      secrets: [{ hash: hashSecret(secret) }],
      name,
      createdBy: caller.subject.id,
      version: 1,
    },
  };
  const trace = { name: session, domain: owner.domain, trail };
  const { domain } = owner;
  const also = traceStanding(trace, { after: created.standing });
  await saveStanding(sessions, { ...created, domain }, also);
  return { ...created, text };
}

/** The owner of a key, whom the caller must be allowed to administer: enough to look. */
export async function ownerOf(
  directory: Tables['directory'],
  caller: Caller,
  id: string,
): Promise<Subject> {
  const owner = await readSubject(directory, id);
  if (!owner) throw refuseField('owner', 'owner-unknown', 'there is no such subject', 'not_found');
  requireDomain(caller, owner.domain);
  return owner;
}

/** As ownerOf, and to change something (requireHeld). */
export async function heldOwnerOf(
  directory: Tables['directory'],
  caller: Caller,
  id: string,
): Promise<Subject> {
  const owner = await ownerOf(directory, caller, id);
  await requireHeld(directory, caller, owner);
  return owner;
}

/** @param power - The owner's roles are read too, whatever the key's own are. */
export const keyTextOf = (name: SessionName, owner: Subject, { roles = [] }: KeyPower) =>
  makeApiKey({
    name,
    hints: { domain: owner.domain, roles: [...new Set([...owner.roles, ...roles])] },
  });
