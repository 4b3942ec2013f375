/**
 * What the Appmixer dialect refuses with: its statuses, its names of our fields.
 *
 * Errors: { "statusCode": number, "error": the status's name, "message": text, which begins with the name
 *         of the field where there is one }
 *
 * @module
 */
import type * as v from 'valibot';
import { AuthError, refuse, refuseField, sentenceOf } from '../../errors.ts';
import { MAX_SEARCHED } from '../../manage/users/search.ts';
import type { Refusal } from '../../sign-in/authenticate.ts';
import { passwordToBeChanged } from '../../sign-in/refusals.ts';
import type * as answers from './answers.ts';

const STATUS_NAMES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Content Too Large',
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
  reason === 'must_change'
    ? passwordToBeChanged()
    : new AuthError({
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

/** Of one that is spent, too old, or was never given: which of them nobody is told. */
export const codeOver = (): AuthError =>
  refuseField('code', 'link-over', 'is not valid, or not any more');
