/**
 * The Appmixer face: sign-in, one's own account, administrators' work on those of others.
 *
 * @module
 */
import * as v from 'valibot';
import { type Face, json, type Operation, TO_LOGIN } from '../../openapi/operation.ts';
import { refusals } from '../../openapi/refusals.ts';
import {
  ANY_CALLER,
  IN_PERSON,
  NOBODY_IN_PARTICULAR,
  PERHAPS_A_CALLER,
} from '../../openapi/security.ts';
import * as answers from './answers.ts';
import * as schemas from './schemas.ts';

/** One of the two has to be there. */
const SignIn = v.pipe(
  schemas.SignIn,
  v.metadata({ anyOf: [{ required: ['username'] }, { required: ['email'] }] }),
);
const { UserFilterQuery, UserSearchQuery, ...bodies } = schemas;
const refused = refusals({ 'application/json': answers.Failed });

const USER_ID = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/));
const path = { id: USER_ID };
const password = 'abc321';

const account = {
  'POST /user/auth': {
    id: 'appmixerSignIn',
    summary: 'Sign in with a username or an e-mail address.',
    security: NOBODY_IN_PARTICULAR,
    body: {
      content: { 'application/json': SignIn },
      example: { username: 'abc@example.com', password },
    },
    answers: { 200: json(answers.SignedIn, 'Signed in.'), ...refused(400, 401, 429) },
  },
  'POST /user': {
    id: 'appmixerCreateUser',
    summary: 'Create a user, who is then signed in.',
    description: 'A setting says whether everybody may, or only callers with one of some scopes.',
    security: PERHAPS_A_CALLER,
    body: {
      content: { 'application/json': schemas.NewUser },
      example: { username: 'new@example.com', email: 'new@example.com', password },
    },
    answers: { 200: json(answers.SignedIn, 'Created.'), ...refused(400, 401, 403, 409) },
  },
  'GET /user': {
    id: 'appmixerOwnAccount',
    summary: 'Show the account of the caller.',
    security: IN_PERSON,
    answers: {
      200: json(answers.Account, 'The account.'),
      303: TO_LOGIN,
      ...refused(401, 403, 404),
    },
  },
  'POST /user/change-password': {
    id: 'appmixerChangePassword',
    summary: "Change the caller's own password; other sessions of the caller end.",
    security: IN_PERSON,
    body: {
      content: { 'application/json': schemas.PasswordChange },
      example: { oldPassword: password, newPassword: 'another long one' },
    },
    answers: { 200: json(answers.Nothing, 'Changed.'), ...refused(400, 401, 403, 409, 429) },
  },
} satisfies Record<string, Operation>;

const users = {
  'POST /user/reset-password': {
    id: 'appmixerResetPassword',
    summary: "Set a user's password, as an administrator; all sessions of the user end.",
    security: ANY_CALLER,
    body: {
      content: { 'application/json': schemas.PasswordReset },
      example: { email: 'abc@example.com', password: 'another long one' },
    },
    answers: { 200: json(answers.Nothing, 'Set.'), ...refused(400, 401, 403, 404, 409) },
  },
  'POST /user/forgot-password': {
    id: 'appmixerForgotPassword',
    summary: 'Have a link mailed with which the user chooses another password.',
    description: 'The answer is the same whoever has that name or address, and if nobody has.',
    security: NOBODY_IN_PARTICULAR,
    body: {
      content: { 'application/json': schemas.Forgotten },
      example: { email: 'abc@example.com' },
    },
    answers: { 200: json(answers.Nothing, 'Taken.'), ...refused(400, 409, 429) },
  },
  'POST /user/forgot-password/reset': {
    id: 'appmixerResetForgottenPassword',
    summary: 'Set another password by the secret of that link; all sessions of the user end.',
    security: NOBODY_IN_PARTICULAR,
    body: {
      content: { 'application/json': schemas.ForgottenReset },
      example: { code: 'the secret of the link', password: 'another long one' },
    },
    answers: { 200: json(answers.Nothing, 'Set.'), ...refused(400) },
  },
  'GET /users': {
    id: 'appmixerListUsers',
    summary: 'Search users.',
    security: ANY_CALLER,
    query: UserSearchQuery,
    answers: { 200: json(answers.Users, 'Those found.'), ...refused(400, 401, 403) },
  },
  'GET /users/count': {
    id: 'appmixerCountUsers',
    summary: 'Count users.',
    security: ANY_CALLER,
    query: UserFilterQuery,
    answers: { 200: json(answers.Count, 'How many there are.'), ...refused(400, 401, 403) },
  },
  'GET /users/{id}': {
    id: 'appmixerShowUser',
    summary: 'Show a user.',
    security: ANY_CALLER,
    path,
    answers: { 200: json(answers.User, 'The user.'), ...refused(400, 401, 403, 404) },
  },
  'PUT /users/{id}': {
    id: 'appmixerChangeUser',
    summary: 'Change a user: what is not given stays.',
    security: ANY_CALLER,
    path,
    body: { content: { 'application/json': schemas.UserChange }, example: { isActive: true } },
    answers: {
      200: json(answers.User, 'The user as it is now.'),
      ...refused(400, 401, 403, 404, 409),
    },
  },
  'DELETE /users/{id}': {
    id: 'appmixerDeleteUser',
    summary: 'Delete a user; all sessions and API keys of the user end.',
    security: ANY_CALLER,
    path,
    answers: { 200: json(answers.Deletion, 'Deleted.'), ...refused(400, 401, 403, 404, 409) },
  },
  'GET /users/{id}/delete-status/{ticket}': {
    id: 'appmixerDeletionStatus',
    summary: 'Ask how far a deletion has come.',
    security: ANY_CALLER,
    path,
    answers: { 200: json(answers.DeletionStatus, 'Done.'), ...refused(400, 401, 403, 404) },
  },
} satisfies Record<string, Operation>;

export const APPMIXER: Face = {
  tag: 'Appmixer',
  description: 'Users that sign themselves up, and their administration.',
  prefix: 'Appmixer',
  requests: [{ ...bodies, SignIn }],
  answers: [answers],
  operations: { ...account, ...users },
};
