/**
 * API keys as the admin API shows and takes them. The text of a key is shown once, in the answer that
 * makes it.
 *
 * @module
 */

import type * as v from 'valibot';
import type { Item } from '../../aws/table.ts';
import { refuseField } from '../../errors.ts';
import { requireSeen, type Terms } from '../../events/trail.ts';
import { json } from '../../http/response.ts';
import { API_KEY, createApiKey } from '../../manage/keys/create.ts';
import { pageCreatedBy } from '../../manage/keys/created-by.ts';
import { deleteApiKey, listApiKeys, rotateApiKey } from '../../manage/keys/lifecycle.ts';
import { lettersLeft, pageOfDomainKeys } from '../../manage/keys/of-domain.ts';
import { findStanding, requireOwner } from '../../manage/keys/owned-by.ts';
import { changeApiKey } from '../../manage/keys/spread.ts';
import type { Acl } from '../../store/directory/roles.ts';
import type { Subject } from '../../store/directory/subjects.ts';
import type { Use } from '../../store/sessions/last-use.ts';
import type { Named } from '../../store/sessions/standing.ts';
import type * as answers from './answers.ts';
import {
  type Call,
  created,
  type Handler,
  listReply,
  readBody,
  readChange,
  readOptionalBody,
  readQuery,
  removed,
  shown,
} from './call.ts';
import { etagOf } from './etag.ts';
import { KeyPageQuery } from './list-schemas.ts';
import { idOf, nameOf } from './opaque-id.ts';
import { NewKey, Renewal } from './schemas.ts';
import { KeyChange } from './spread-schemas.ts';
import { changing, deleting } from './terms.ts';

type Listed = Named & Partial<Use> & { owner?: Subject; left?: Acl | undefined };

const view = ({
  name,
  standing,
  lastUsed,
  calls,
  owner,
  left,
}: Listed): v.InferOutput<typeof answers.Key> => ({
  id: idOf(name),
  owner: name.subject,
  ...(owner && { ownerName: owner.username }),
  name: standing.name,
  disabled: standing.disabled,
  ...(standing.roles && { roles: standing.roles }),
  ...(standing.acl && { acl: standing.acl }),
  ...(left && { left }),
  ...(standing.spread && { spread: standing.spread.copies }),
  createdBy: standing.createdBy,
  createdAt: standing.issuedAt,
  ...(standing.expiresAt !== undefined && { expiresAt: standing.expiresAt }),
  ...(lastUsed !== undefined && { lastUsed }),
  ...(calls !== undefined && { calls }),
});
/** Not by its last use, which is no change. */
const tagOf = ({ name, standing }: Named): string => etagOf(name.key, standing.version);

const list: Handler = async (call) => {
  const { tables, administrator } = call;
  const { owner, createdBy, domain, limit } = readQuery(KeyPageQuery, call);
  if ([owner, createdBy, domain].filter((one) => one !== undefined).length > 1)
    throw refuseField('createdBy', 'creator-beside-owner', 'cannot stand beside owner or domain');
  const page = { limit, after: await call.cursors.open<Item>(), now: call.now };
  if (createdBy !== undefined) {
    const made = { creator: createdBy, kind: API_KEY } as const;
    return listReply(call, await pageCreatedBy(tables, administrator, made, page), view);
  }
  if (domain !== undefined)
    return listReply(call, await pageOfDomainKeys(tables, administrator, domain, page), view);
  const of = owner ?? administrator.caller.subject.id;
  await requireOwner(tables.directory, administrator, of);
  return listReply(call, await listApiKeys(tables, administrator.caller, of, page), view);
};

const create: Handler = async (call) => {
  const { tables, administrator, now, trail } = call;
  const { caller } = administrator;
  const { owner = caller.subject.id, ...rest } = readBody(NewKey, call);
  await requireOwner(tables.directory, administrator, owner);
  const made = await createApiKey(tables, caller, { owner, ...rest }, now, trail);
  return created(call, `keys/${idOf(made.name)}`, { ...view(made), key: made.text }, tagOf(made));
};

async function found(call: Call, seen: Terms<Named> = {}) {
  const { tables, administrator, id, now } = call;
  const key = await findStanding(tables, administrator, nameOf(id), { kind: API_KEY, now });
  requireSeen(seen, key);
  return key;
}

const show: Handler = async (call) => {
  const key = await found(call);
  const left = await lettersLeft(call.tables, key, call.now);
  return shown(view({ ...key, left }), tagOf(key));
};

const change: Handler = async (call) => {
  const { tables, administrator, now } = call;
  const { trail, ...seen } = changing(call, tagOf);
  const wanted = readChange(KeyChange, call);
  const key = await found(call, seen);
  const terms = { ...wanted, now, read: key.standing.version, trail };
  const changed = { ...key, ...(await changeApiKey(tables, administrator, key.name, terms)) };
  return shown(view(changed), tagOf(changed));
};

const renew: Handler = async (call) => {
  const { tables, administrator, now, trail } = call;
  const { overlap } = readOptionalBody(Renewal, call);
  const key = await found(call, deleting(call, tagOf));
  const terms = { overlap, now, read: key.standing.version, trail };
  const rotated = await rotateApiKey(tables, administrator.caller, key.name, terms);
  return json(200, { ...view(rotated), key: rotated.text }, { etag: tagOf(rotated) });
};

const remove: Handler = (call) => removed(removeKey(call));

async function removeKey(call: Call): Promise<void> {
  const { tables, administrator, now } = call;
  const terms = deleting(call, tagOf);
  const { name } = await found(call, terms);
  await deleteApiKey(tables, administrator.caller, name, { now, ...terms });
}

export const keys = { list, create, show, change, renew, remove };
