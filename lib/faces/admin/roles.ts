/**
 * Roles as the admin API shows and takes them. `root` is not among them.
 *
 * @module
 */
import type * as v from 'valibot';
import { requireAll } from '../../authority/reach.ts';
import {
  changeRole,
  findRole,
  listRoles,
  makeRole,
  removeRole,
} from '../../manage/roles/lifecycle.ts';
import type { Role } from '../../store/directory/roles.ts';
import type * as answers from './answers.ts';
import {
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
  const { parents, acl = {} } = readChange(RoleChange, call);
  const letters = Object.entries(acl).map(([name, given]) => [name, given ?? []] as const);
  const wanted = {
    parents: parents && [...new Set(parents)],
    acl: Object.fromEntries(letters),
  };
  const { directory } = tables;
  const role = await changeRole(directory, administrator.caller, id, { ...wanted, ...terms });
  return shown(view(role), tagOf(role));
};

const remove: Handler = async (call) => {
  requireAll(call.administrator);
  return removed(removeRole(call.tables, call.id, call.now, deleting(call, tagOf)));
};

export const roles = { list, create, show, change, remove };
