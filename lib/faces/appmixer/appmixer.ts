/**
 * The Appmixer dialect: its requests as our values, our results as its answers. No rule lives here.
 *
 * Its `scope` are our roles, its `isActive` is our `activated`; a `plan` that nobody set is "free".
 *
 * @module
 */
import type * as v from 'valibot';
import { refuseField } from '../../errors.ts';
import { parseInput } from '../../http/input.ts';
import { type HttpRequest, jsonObject, parametersOf } from '../../http/request.ts';
import { type HttpResponse, json } from '../../http/response.ts';
import type { UserChange as Change } from '../../manage/users/lifecycle.ts';
import { noSuchUser } from '../../manage/users/refusals.ts';
import type { UserFilter, UserSearch } from '../../manage/users/search.ts';
import { normaliseLoginName } from '../../store/directory/login-name.ts';
import type { User } from '../../store/directory/users.ts';
import type * as answers from './answers.ts';
import * as schemas from './schemas.ts';

export function readSignIn(request: HttpRequest): { username: string; password: string } {
  const { username, email, password } = parseInput(schemas.SignIn, jsonObject(request));
  return { username: username ?? email ?? '', password };
}

export const readNewUser = (request: HttpRequest) =>
  parseInput(schemas.NewUser, jsonObject(request));
export const readPasswordChange = (request: HttpRequest) =>
  parseInput(schemas.PasswordChange, jsonObject(request));
export const readPasswordReset = (request: HttpRequest) =>
  parseInput(schemas.PasswordReset, jsonObject(request));

/** @returns The id in the path, which names nobody unless it is 24 hexadecimal digits. */
export function readUserId({ parameters: { id = '' } }: HttpRequest): string {
  if (!/^[0-9a-f]{24}$/.test(id)) throw noSuchUser();
  return id;
}

/** A `vendor` of null takes it away. */
export function readUserChange(request: HttpRequest): Change {
  const {
    id,
    created: _,
    scope,
    isActive,
    vendor,
    ...same
  } = parseInput(schemas.UserChange, jsonObject(request));
  if (id !== undefined && id !== request.parameters['id'])
    throw refuseField('id', 'id-unchangeable', 'cannot be changed');
  return {
    ...same,
    roles: scope,
    activated: isActive,
    ...(vendor !== undefined && { vendor: vendor ?? [] }),
  };
}

export const readUserFilter = ({ query }: HttpRequest): UserFilter =>
  filterOf(parseInput(schemas.UserFilterQuery, Object.fromEntries(parametersOf(query))));

export function readUserSearch({ query }: HttpRequest): UserSearch {
  const sent = parseInput(schemas.UserSearchQuery, Object.fromEntries(parametersOf(query)));
  const [field, direction] = sent.sort.split(':');
  return {
    ...filterOf(sent),
    sort: { by: field === 'created' ? 'createdAt' : 'username', descending: direction === '-1' },
    limit: sent.limit,
    offset: sent.offset,
  };
}

function filterOf(sent: { filter?: string | undefined; pattern?: string | undefined }): UserFilter {
  const pattern = sent.pattern && normaliseLoginName(sent.pattern);
  if (sent.pattern && !pattern)
    throw refuseField('pattern', 'pattern-unmatchable', 'cannot be part of a name');
  return { role: sent.filter?.slice('scope:'.length), pattern };
}

/** What its clients look for in a token beside our own claims. */
export const claims = ({ id, roles }: User) => ({ id, scope: roles });

const common = ({ id, username, activated, email = '' }: User) => ({
  id,
  username,
  isActive: activated,
  email,
});
const planOf = ({ plan = 'free' }: User): string => plan;
const vendorOf = ({ vendor = [] }: User) => (vendor.length === 0 ? null : vendor);

export const signInReply = (user: User, { token }: { token: string }): HttpResponse =>
  json(200, {
    user: { ...common(user), plan: planOf(user), vendor: vendorOf(user) },
    token,
  } satisfies v.InferOutput<typeof answers.SignedIn>);

const account = (user: User): v.InferOutput<typeof answers.Account> => ({
  ...common(user),
  scope: user.roles,
  plan: planOf(user),
});

export const accountReply = (user: User): HttpResponse => json(200, account(user));

/** What an administrator sees. `created` is an ISO 8601 time. */
const administered = (user: User): v.InferOutput<typeof answers.User> => ({
  ...account(user),
  vendor: vendorOf(user),
  created: new Date(user.createdAt * 1000).toISOString(),
});

export const userReply = (user: User): HttpResponse => json(200, administered(user));
export const usersReply = (users: readonly User[]): HttpResponse =>
  json(200, users.map(administered));

/** A deletion is one transaction, so it is never seen half done. */
export const deletedReply = (): HttpResponse =>
  json(200, {
    status: 'completed',
    stepsDone: 1,
    stepsTotal: 1,
  } satisfies v.InferOutput<typeof answers.DeletionStatus>);
