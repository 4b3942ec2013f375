/**
 * What the Faveo dialect refuses with, and how.
 *
 * Errors: of POST /api/v1/authenticate { "Error": text, "status_code": number }, for a wrong API key
 *         { "result": "wrong api key" }; in the style of the product's source `error` in lower case, and
 *         wrong credentials and keys with HTTP 200. Too many attempts are a 429 in both styles, which
 *         says when to try again. Of the others { "success": false, "message": text }
 *
 * @module
 */
import type * as v from 'valibot';
import { AuthError, refuse } from '../../errors.ts';
import type { Endpoint } from '../../http/endpoint.ts';
import type { RuleName } from '../../rules.ts';
import type { Refusal } from '../../sign-in/authenticate.ts';
import { passwordToBeChanged } from '../../sign-in/refusals.ts';
import type * as answers from './answers.ts';

/** What its clients compare. */
const WORDS: Readonly<Partial<Record<RuleName, string>>> = {
  'credentials-wrong': 'invalid_credentials',
  'credential-missing': 'Token not provided',
  'user-unknown': 'user_not_found',
};
const textOf = ({ said, message }: AuthError): string => WORDS[said.rule] ?? message;

/** How POST /api/v1/authenticate shows its errors. */
export const errorsAs = (sourceStyle: boolean): Omit<Endpoint, 'run'> => ({
  showError: (error): v.InferOutput<typeof answers.Failed> => {
    if (error.said.rule === 'application-key-wrong') return { result: 'wrong api key' };
    const [text, status_code] = [textOf(error), error.status];
    return sourceStyle ? { error: text, status_code } : { Error: text, status_code };
  },
  showStatus: ({ status }) => (sourceStyle && status === 401 ? 200 : status),
});

/** How the others show theirs. */
export const showAccessError = (error: AuthError): v.InferOutput<typeof answers.AccessFailed> => ({
  success: false,
  message: textOf(error),
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

export const wrongApiKey = (): AuthError =>
  refuse('invalid_api_key', 'application-key-wrong', 'The API key is wrong.');
export const noKey = (): AuthError =>
  refuse('not_found', 'application-key-missing', 'There is no key of the application yet.');
export const noToken = (): AuthError =>
  refuse('invalid_token', 'credential-missing', 'There is no credential.');
export const notAUser = (): AuthError =>
  refuse('not_found', 'user-unknown', 'There is no such user.');
