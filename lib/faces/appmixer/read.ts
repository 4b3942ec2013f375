/**
 * The Appmixer dialect's requests as our values: its `scope` are our roles, its `isActive` is our
 * `activated`.
 *
 * @module
 */
import { refuseField } from '../../errors.ts';
import { parseInput } from '../../http/input.ts';
import { filterParameters, type HttpRequest, jsonObject } from '../../http/request.ts';
import type { UserChange as Change } from '../../manage/users/lifecycle.ts';
import { noSuchUser } from '../../manage/users/refusals.ts';
import type { UserFilter, UserSearch } from '../../manage/users/search.ts';
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

export const readForgotten = (request: HttpRequest) =>
  parseInput(schemas.Forgotten, jsonObject(request));
export const readForgottenReset = (request: HttpRequest) =>
  parseInput(schemas.ForgottenReset, jsonObject(request));

/** @returns The id in the path, which names nobody unless it is 24 hexadecimal digits. */
export function readUserId({ parameters: { id = '' } }: HttpRequest): string {
  if (!/^[0-9a-f]{24}$/.test(id)) throw noSuchUser();
  return id;
}

export const readDeletion = (request: HttpRequest) => ({
  userId: readUserId(request),
  ticket: request.parameters['ticket'] ?? '',
});

/** A `vendor` of null takes it away, and so does an empty `email`. */
export function readUserChange(request: HttpRequest): Change {
  const {
    id,
    created: _,
    scope,
    isActive,
    email,
    vendor,
    ...same
  } = parseInput(schemas.UserChange, jsonObject(request));
  if (id !== undefined && id !== request.parameters['id'])
    throw refuseField('id', 'id-unchangeable', 'cannot be changed');
  return {
    ...same,
    roles: scope,
    activated: isActive,
    ...(email !== undefined && { email: email || null }),
    ...(vendor !== undefined && { vendor: vendor ?? [] }),
  };
}

export const readUserFilter = (request: HttpRequest): UserFilter =>
  filterOf(parseInput(schemas.UserFilterQuery, filterParameters(request)));

export function readUserSearch(request: HttpRequest): UserSearch {
  const sent = parseInput(schemas.UserSearchQuery, filterParameters(request));
  const [field, direction] = sent.sort.split(':');
  return {
    ...filterOf(sent),
    sort: { by: field === 'created' ? 'createdAt' : 'username', descending: direction === '-1' },
    limit: sent.limit,
    offset: sent.offset,
  };
}

const filterOf = ({
  filter,
  pattern,
}: {
  filter?: string | undefined;
  pattern?: string | undefined;
}): UserFilter => ({ role: filter?.slice('scope:'.length), pattern });
