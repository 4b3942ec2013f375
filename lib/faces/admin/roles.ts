/**
 * Roles as the admin API shows and takes them. `root` is not among them.
 *
 * @module
 */
import type * as v from 'valibot';
import { requireAll } from '../../authority/reach.ts';
import { json } from '../../http/response.ts';
import { type Holder, type HolderPosition, pageOfHolders } from '../../manage/roles/holders.ts';
import {
  changeRole,
  findRole,
  listRoles,
  makeRole,
  removeRole,
} from '../../manage/roles/lifecycle.ts';
import { previewRole } from '../../manage/roles/preview.ts';
import type { Role } from '../../store/directory/roles.ts';
import type * as answers from './answers.ts';
import {
  type Call,
  created,
  type Handler,
  listReply,
  pageByName,
  readBody,
  readChange,
  readQuery,
  removed,
  shown,
} from './call.ts';
import { etagOf } from './etag.ts';
import type * as holding from './holding-answers.ts';
import { DomainPageQuery } from './list-schemas.ts';
import { idOf } from './opaque-id.ts';
import { NewRole, PageQuery, RoleChange } from './schemas.ts';
import { changing, deleting } from './terms.ts';

const view = ({ name, parents, acl, effective }: Role): v.InferOutput<typeof answers.Role> => ({
  name,
  parents,
  acl,
  effective,
});
/** By its content: it has no version of its own. */
const tagOf = (role: Role): string => etagOf(view(role));

const list: Handler = async (call) => {
  requireAll(call.administrator);
  const { limit } = readQuery(PageQuery, call);
  const all = await listRoles(call.tables.directory);
  const sorted = all.sort((left, right) => (left.name < right.name ? -1 : 1));
  const after = await call.cursors.open<string>();
  return listReply(call, pageByName(sorted, { limit, after }), view);
};

const create: Handler = async (call) => {
  const { tables, administrator, now, trail } = call;
  requireAll(administrator);
  const { name, parents, acl } = readBody(NewRole, call);
  const role = { name, parents: [...new Set(parents)], acl };
  const made = await makeRole(tables, administrator.caller, role, now, { trail });
  return created(call, `roles/${name}`, view(made), tagOf(made));
};

const show: Handler = async ({ tables, administrator, id }) => {
  requireAll(administrator);
  const role = await findRole(tables.directory, id);
  return shown(view(role), tagOf(role));
};

const change: Handler = async (call) => {
  const { tables, administrator, id } = call;
  requireAll(administrator);
  const terms = changing(call, tagOf);
  const wanted = { ...wantedOf(call), ...terms };
  const role = await changeRole(tables.directory, administrator.caller, id, wanted);
  return shown(view(role), tagOf(role));
};

const wantedOf = (call: Call) => {
  const { parents, acl = {} } = readChange(RoleChange, call);
  const letters = Object.entries(acl).map(([name, given]) => [name, given ?? []] as const);
  return {
    parents: parents && [...new Set(parents)],
    acl: Object.fromEntries(letters),
  };
};

const preview: Handler = async (call) => {
  const { tables, administrator, id } = call;
  requireAll(administrator);
  const { before, after, effects } = await previewRole(tables, administrator, id, wantedOf(call));
  const told: v.InferOutput<typeof holding.RolePreview> = {
    before: view(before),
    after: view(after),
    effects,
  };
  return json(200, told);
};

const viewHolder = ({ id, ...holder }: Holder): v.InferOutput<typeof holding.RoleHolder> => ({
  ...holder,
  id: typeof id === 'string' ? id : idOf(id),
});

const holders: Handler = async (call) => {
  const { tables, administrator, id, now } = call;
  requireAll(administrator);
  const { domain, limit } = readQuery(DomainPageQuery, call);
  const asked = { domain, limit, now, position: await call.cursors.open<HolderPosition>() };
  return listReply(call, await pageOfHolders(tables, administrator, id, asked), viewHolder);
};

const remove: Handler = async (call) => {
  requireAll(call.administrator);
  return removed(removeRole(call.tables, call.id, call.now, deleting(call, tagOf)));
};

export const roles = { list, create, show, change, preview, holders, remove };
