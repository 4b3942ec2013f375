/**
 * Users as the admin API shows and takes them.
 *
 * @module
 */

import type * as v from 'valibot';
import { inviteAgain, inviteUser } from '../../account/invite.ts';
import { refuseField } from '../../errors.ts';
import { json } from '../../http/response.ts';
import { makeUser } from '../../manage/users/by-administrator.ts';
import { withLastSignIn } from '../../manage/users/last-sign-in.ts';
import { changeUser, deleteUser, findUser, verifiedNow } from '../../manage/users/lifecycle.ts';
import { pageOfUsers } from '../../manage/users/list.ts';
import { noSuchUser } from '../../manage/users/refusals.ts';
import { withUndeliverable } from '../../manage/users/undeliverable.ts';
import type { Position } from '../../store/directory/lists.ts';
import type { User } from '../../store/directory/users.ts';
import type { Undeliverable } from '../../store/sessions/mail.ts';
import { type Instant, startOf } from '../../time.ts';
import type * as answers from './answers.ts';
import {
  type Call,
  created,
  type Handler,
  listReply,
  readBody,
  readChange,
  readQuery,
  removed,
  shown,
} from './call.ts';
import { etagOf } from './etag.ts';
import { UserPageQuery } from './list-schemas.ts';
import { NewUser, UserChange } from './schemas.ts';
import { changing, deleting } from './terms.ts';

type Shown = User & { lastSignIn?: Instant | undefined; undeliverable?: Undeliverable };

const view = (user: Shown): v.InferOutput<typeof answers.User> => ({
  ...proofsOf(user),
  id: user.id,
  username: user.username,
  ...(user.email !== undefined && { email: user.email }),
  domain: user.domain,
  roles: user.roles,
  disabled: user.disabled,
  activated: user.activated,
  ...(user.passwordHash === undefined && { invited: true }),
  ...(user.mustChangePassword && { mustChangePassword: true }),
  profile: user.profile,
  ...(user.plan !== undefined && { plan: user.plan }),
  ...(user.vendor !== undefined && { vendor: user.vendor }),
  createdAt: user.createdAt,
  updatedAt: user.updatedAt,
  ...(user.lastSignIn !== undefined && { lastSignIn: user.lastSignIn }),
  ...(user.undeliverable && { undeliverable: user.undeliverable }),
});

function proofsOf(user: User) {
  const verified = verifiedNow(user);
  return verified && { verified };
}

const tagOf = ({ id, version, generation }: User): string => etagOf(id, version, generation);

const list: Handler = async (call) => {
  const { cursor: _, ...wanted } = readQuery(UserPageQuery, call);
  const query = { ...wanted, position: await call.cursors.open<Position>() };
  const page = await pageOfUsers(call.tables.directory, call.administrator, query);
  const items = await withLastSignIn(call.events, page.items);
  return listReply(call, { ...page, items }, view);
};

const create: Handler = async (call) => {
  const sent = readBody(NewUser, call);
  const { domain = call.administrator.caller.subject.domain, invite, password, ...rest } = sent;
  const { administrator, trail, tables, now } = call;
  const terms = { now: startOf(now), trail };
  const wanted = { ...rest, domain };
  if (invite === (password !== undefined)) throw passwordOrInvitation();
  const made = invite
    ? await inviteUser(call, administrator, wanted, terms)
    : await makeUser(tables.directory, administrator, { ...wanted, password }, terms);
  return created(call, `users/${made.id}`, view(made), tagOf(made));
};

const passwordOrInvitation = () =>
  refuseField('password', 'password-or-invitation', 'is required, or invite, and not both');

/** Anything else in the directory is no user, whatever it is. */
function userIdOf({ id }: Call): string {
  if (!/^[0-9a-f]{24}$/.test(id)) throw noSuchUser();
  return id;
}

const show: Handler = async (call) => {
  const user = await findUser(call.tables.directory, call.administrator, userIdOf(call));
  const [seen = user] = await withLastSignIn(call.events, [user]);
  return shown(view(await withUndeliverable(call.tables, seen)), tagOf(user));
};

const change: Handler = async (call) => {
  const { tables, administrator, now } = call;
  const terms = changing(call, tagOf);
  const wanted = { change: readChange(UserChange, call), now, ...terms };
  const user = await changeUser(tables.directory, administrator, userIdOf(call), wanted);
  return shown(view(user), tagOf(user));
};

const invite: Handler = async (call) => {
  await inviteAgain(call, call.administrator, userIdOf(call), call.trail);
  return json(202, {});
};

const remove: Handler = (call) => removed(removeUser(call));

async function removeUser(call: Call): Promise<void> {
  const terms = deleting(call, tagOf);
  await deleteUser(call.tables, call.administrator, userIdOf(call), terms);
}

export const users = { list, create, show, change, invite, remove };
