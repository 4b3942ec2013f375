/**
 * What the Appmixer dialect refuses with: its statuses, its names of our fields.
 *
 * Errors: { "statusCode": number, "error": the status's name, "message": text, which begins with the name
 *         of the field where there is one }
 *
 * @module
 */
import type * as v from 'valibot';
import type { ChangedPassword } from '../../account/change-password.ts';
import { AuthError, refuse, refuseField, sentenceOf } from '../../errors.ts';
import type { UserRefusal } from '../../manage/users/lifecycle.ts';
import { MAX_SEARCHED } from '../../manage/users/search.ts';
import type { CreatedUser } from '../../manage/users/sign-up.ts';
import type { Refusal } from '../../sign-in/authenticate.ts';
import type * as answers from './answers.ts';

const STATUS_NAMES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

/** Ours to its own. */
const FIELDS: Readonly<Record<string, string>> = { roles: 'scope', activated: 'isActive' };

export const showError = ({ status, said }: AuthError): v.InferOutput<typeof answers.Failed> => ({
  statusCode: status,
  error: STATUS_NAMES[status] ?? 'Internal Server Error',
  message: sentenceOf(said, FIELDS),
});

/** One text for all, so that it does not tell who exists. */
export const refusal = (reason: Refusal): AuthError =>
  new AuthError({
    code: 'invalid_credentials',
    rule: 'credentials-wrong',
    text: 'Invalid username or password',
    reason,
  });

export const tooMany = (): AuthError =>
  refuse(
    'invalid_request',
    'search-too-wide',
    `filter, pattern, sort: there are more than ${MAX_SEARCHED} users to look through`,
  );

export function userRefusal(
  status: UserRefusal['status'],
  field: 'username' | 'email' = 'username',
): AuthError {
  switch (status) {
    case 'taken':
      return refuseField(field, 'already-taken', 'is taken', 'conflict');
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

export function createRefusal(refused: Exclude<CreatedUser, { status: 'ok' }>): AuthError {
  switch (refused.status) {
    case 'taken':
      return userRefusal('taken', refused.field);
    case 'closed':
      return refuse('insufficient_scope', 'sign-up-closed', 'The caller may not make users.');
    case 'no_domain':
      return refuse(
        'insufficient_scope',
        'sign-up-without-domain',
        'Users are not made here: DEFAULT_DOMAIN must name a domain that is in use.',
      );
  }
}

export function passwordRefusal(status: Exclude<ChangedPassword['status'], 'ok'>): AuthError {
  switch (status) {
    case 'wrong_password':
      return refuseField('oldPassword', 'old-password-wrong', 'is wrong');
    case 'signed_out':
      return new AuthError({
        code: 'invalid_token',
        rule: 'token-invalid',
        text: 'The token is not valid.',
        reason: 'the subject was signed out',
      });
    case 'not_a_user':
      return refuse('insufficient_scope', 'password-of-no-user', 'Only a user has a password.');
  }
}
