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
import {
  deleteApiKey,
  listApiKeys,
  rotateApiKey,
  switchApiKey,
} from '../../manage/keys/lifecycle.ts';
import { findStanding, requireOwner } from '../../manage/keys/owned-by.ts';
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
import { NewKey, Renewal, Switch } from './schemas.ts';
import { changing, deleting } from './terms.ts';

type Listed = Named & Partial<Use>;

const view = ({ name, standing, lastUsed, calls }: Listed): v.InferOutput<typeof answers.Key> => ({
  id: idOf(name),
  owner: name.subject,
  name: standing.name,
  disabled: standing.disabled,
  ...(standing.roles && { roles: standing.roles }),
  ...(standing.acl && { acl: standing.acl }),
  createdBy: standing.createdBy,
  createdAt: standing.issuedAt,
  ...(standing.expiresAt !== undefined && { expiresAt: standing.expiresAt }),
  ...(lastUsed !== undefined && { lastUsed }),
  ...(calls !== undefined && { calls }),
});
/** Not by its last use, which is no change. */
const tagOf = ({ name, standing }: Named): string => etagOf(name.key, standing.version);

const list: Handler = async (call) => {
  const { caller } = call.administrator;
  const { owner = caller.subject.id, createdBy, limit } = readQuery(KeyPageQuery, call);
  const page = { limit, after: await call.cursors.open<Item>(), now: call.now };
  if (createdBy !== undefined)
    return listReply(call, await createdPage(call, createdBy, page), view);
  await requireOwner(call.tables.directory, call.administrator, owner);
  return listReply(call, await listApiKeys(call.tables, caller, owner, page), view);
};

function createdPage(call: Call, creator: string, page: Parameters<typeof pageCreatedBy>[3]) {
  if (call.request.query.has('owner'))
    throw refuseField('createdBy', 'creator-beside-owner', 'cannot stand beside owner or domain');
  return pageCreatedBy(call.tables, call.administrator, { creator, kind: API_KEY }, page);
}

const create: Handler = async (call) => {
  const { tables, administrator, now, trail } = call;
  const { caller } = administrator;
  const { owner = caller.subject.id, ...rest } = readBody(NewKey, call);
  await requireOwner(tables.directory, administrator, owner);
  const made = await createApiKey(tables, caller, { owner, ...rest }, now, trail);
  return created(call, `keys/${idOf(made.name)}`, { ...view(made), key: made.text }, tagOf(made));
};

async function found(call: Call, seen: Terms<Listed> = {}): Promise<Listed> {
  const { tables, administrator, id, now } = call;
  const key = await findStanding(tables, administrator, nameOf(id), { kind: API_KEY, now });
  requireSeen(seen, key);
  return key;
}

const show: Handler = async (call) => {
  const key = await found(call);
  return shown(view(key), tagOf(key));
};

const change: Handler = async (call) => {
  const { tables, administrator, now } = call;
  const { trail, ...seen } = changing(call, tagOf);
  const { disabled } = readChange(Switch, call);
  const key = await found(call, seen);
  if (disabled === undefined) return shown(view(key), tagOf(key));
  const terms = { enabled: !disabled, now, read: key.standing.version, trail };
  const changed = await switchApiKey(tables, administrator, key.name, terms);
  return shown(view({ ...key, ...changed }), tagOf(changed));
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
