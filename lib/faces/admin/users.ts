/**
 * Users as the admin API shows and takes them.
 *
 * @module
 */
import type * as v from 'valibot';
import { AuthError, refuse, refuseField } from '../../errors.ts';
import { makeUser } from '../../manage/users/by-administrator.ts';
import {
  type ChangedUser,
  changeUser,
  deleteUser,
  findUser,
  type UserRefusal,
} from '../../manage/users/lifecycle.ts';
import { pageOfUsers } from '../../manage/users/list.ts';
import type { Position } from '../../store/directory/lists.ts';
import type { User } from '../../store/directory/users.ts';
import type * as answers from './answers.ts';
import {
  created,
  gone,
  type Handler,
  listReply,
  readBody,
  readChange,
  readQuery,
  shown,
} from './call.ts';
import { etagOf } from './etag.ts';
import { NewUser, UserChange, UserPageQuery } from './schemas.ts';
import { changing, deleting } from './terms.ts';

const view = (user: User): v.InferOutput<typeof answers.User> => ({
  id: user.id,
  username: user.username,
  ...(user.email !== undefined && { email: user.email }),
  domain: user.domain,
  roles: user.roles,
  disabled: user.disabled,
  activated: user.activated,
  profile: user.profile,
  ...(user.plan !== undefined && { plan: user.plan }),
  ...(user.vendor !== undefined && { vendor: user.vendor }),
  createdAt: user.createdAt,
  updatedAt: user.updatedAt,
});
const tagOf = ({ id, version, generation }: User): string => etagOf(id, version, generation);

const list: Handler = async (call) => {
  const { domain, limit, login } = readQuery(UserPageQuery, call);
  const position = await call.cursors.open<Position>();
  const query = { domain, limit, position, login };
  const page = await pageOfUsers(call.tables.directory, call.administrator, query);
  return listReply(call, page, view);
};

const create: Handler = async (call) => {
  const { domain = call.administrator.caller.subject.domain, ...rest } = readBody(NewUser, call);
  const { administrator, trail, tables, now } = call;
  const terms = { now: now * 1000, trail };
  const made = await makeUser(tables.directory, administrator, { ...rest, domain }, terms);
  if (made.status !== 'ok') throw refusal(made);
  return created(`users/${made.user.id}`, view(made.user), tagOf(made.user));
};

const show: Handler = async ({ tables, administrator, id }) => {
  const user = isUserId(id) ? await findUser(tables.directory, administrator, id) : undefined;
  if (!user) throw refusal({ status: 'unknown' });
  return shown(view(user), tagOf(user));
};

const change: Handler = async (call) => {
  const { tables, administrator, id, now } = call;
  const terms = changing(call, tagOf);
  const wanted = { change: readChange(UserChange, call), now };
  if (!isUserId(id)) throw refusal({ status: 'unknown' });
  const changed = await changeUser(tables.directory, administrator, id, { ...wanted, ...terms });
  const user = userOf(changed);
  return shown(view(user), tagOf(user));
};

const remove: Handler = async (call) => {
  const { tables, administrator, id } = call;
  const terms = deleting(call, tagOf);
  if (!isUserId(id)) return gone();
  const deleted = await deleteUser(tables, administrator, id, terms);
  if (deleted.status !== 'ok' && deleted.status !== 'unknown') throw refusal(deleted);
  return gone();
};

/** Anything else in the directory is no user, whatever it is. */
const isUserId = (id: string): boolean => /^[0-9a-f]{24}$/.test(id);

function userOf(changed: ChangedUser): User {
  if (changed.status === 'ok') return changed.user;
  throw refusal(changed);
}

function refusal(refused: UserRefusal): AuthError {
  switch (refused.status) {
    case 'taken':
      return refuseField(refused.field, 'already-taken', 'is taken', 'conflict');
    case 'last_root':
      return refuseField('roles', 'last-root', 'the last root must remain', 'conflict');
    case 'outranked':
      return refuse(
        'insufficient_scope',
        'user-outranks',
        'The user holds roles that the caller does not.',
      );
    case 'unknown':
      return new AuthError({
        code: 'not_found',
        rule: 'user-unknown',
        text: 'There is no such user.',
        reason: 'an unknown user',
      });
  }
}

export const users = { list, create, show, change, remove };
