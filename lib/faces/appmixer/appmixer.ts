/**
 * The Appmixer dialect: its requests as our values, our results as its answers. No rule lives here.
 *
 * Its `scope` are our roles, its `isActive` is our `activated`; a `plan` that nobody set is "free".
 *
 * Errors: { "statusCode": number, "error": the status's name, "message": text }; the text of a 400 or
 *         409 begins with the name of the field.
 *
 * @module
 */
import type * as v from 'valibot';
import type { ChangedPassword } from '../../account/change-password.ts';
import { AuthError } from '../../errors.ts';
import { parseInput } from '../../http/input.ts';
import { type HttpRequest, jsonObject, parametersOf } from '../../http/request.ts';
import { type HttpResponse, json } from '../../http/response.ts';
import type { UserChange as Change, UserRefusal } from '../../manage/users/lifecycle.ts';
import { MAX_SEARCHED, type UserFilter, type UserSearch } from '../../manage/users/search.ts';
import type { CreatedUser } from '../../manage/users/sign-up.ts';
import type { Refusal } from '../../sign-in/authenticate.ts';
import { normaliseLoginName } from '../../store/directory/login-name.ts';
import type { User } from '../../store/directory/users.ts';
import type * as answers from './answers.ts';
import * as schemas from './schemas.ts';

const STATUS_NAMES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

export const showError = ({
  status,
  message,
}: AuthError): v.InferOutput<typeof answers.Failed> => ({
  statusCode: status,
  error: STATUS_NAMES[status] ?? 'Internal Server Error',
  message: message.replace(/^roles: there/, 'scope: there'),
});

/** One text for all, so that it does not tell who exists. */
export const refusal = (reason: Refusal): AuthError =>
  new AuthError('invalid_credentials', 'Invalid username or password', reason);

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
  if (!/^[0-9a-f]{24}$/.test(id)) throw userRefusal('unknown');
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
    throw new AuthError('invalid_request', 'id: cannot be changed');
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
    throw new AuthError('invalid_request', 'pattern: cannot be part of a name');
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

export const tooMany = (): AuthError =>
  new AuthError(
    'invalid_request',
    `filter, pattern, sort: there are more than ${MAX_SEARCHED} users to look through`,
  );

export function userRefusal(status: UserRefusal['status'], field = 'username'): AuthError {
  switch (status) {
    case 'taken':
      return new AuthError('conflict', `${field}: is taken`, 'a name that is taken');
    case 'last_root':
      return new AuthError('conflict', 'scope: the last root must remain');
    case 'outranked':
      return new AuthError('insufficient_scope', 'The user holds roles that the caller does not.');
    case 'unknown':
      return new AuthError('not_found', 'There is no such user.', 'an unknown user');
  }
}

export function createRefusal(refused: Exclude<CreatedUser, { status: 'ok' }>): AuthError {
  switch (refused.status) {
    case 'taken':
      return userRefusal('taken', refused.field);
    case 'closed':
      return new AuthError('insufficient_scope', 'The caller may not make users.');
    case 'no_domain':
      return new AuthError(
        'insufficient_scope',
        'Users are not made here: DEFAULT_DOMAIN must name a domain that is in use.',
      );
  }
}

export function passwordRefusal(status: Exclude<ChangedPassword['status'], 'ok'>): AuthError {
  switch (status) {
    case 'wrong_password':
      return new AuthError('invalid_request', 'oldPassword: is wrong', 'a wrong password');
    case 'signed_out':
      return new AuthError(
        'invalid_token',
        'The token is not valid.',
        'the subject was signed out',
      );
    case 'not_a_user':
      return new AuthError('insufficient_scope', 'Only a user has a password.');
  }
}
