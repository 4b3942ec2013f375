/**
 * What the Webitel dialect refuses with: its names of our fields, the texts of its documentation.
 *
 * Errors: { "status": "error", "info": text } with 400, 401, 403, 404, 409, 429
 *
 * @module
 */
import type * as v from 'valibot';
import { AuthError, refuse, sentenceOf } from '../../errors.ts';
import type { IssuedDomainToken } from '../../manage/domains/issue-token.ts';
import type { RuleName } from '../../rules.ts';
import type { Refusal } from '../../sign-in/authenticate.ts';
import { passwordToBeChanged } from '../../sign-in/refusals.ts';
import type * as answers from './answers.ts';

/** Ours to its own. */
const FIELDS: Readonly<Record<string, string>> = { name: 'roles', acl: 'allows' };
/** Those of its documentation. */
const WORDS: Readonly<Partial<Record<RuleName, string>>> = {
  'credentials-wrong': 'Invalid credentials',
  'user-unknown': 'User not found',
  'domain-not-found': 'Domain not found',
};

export const showError = ({ said }: AuthError): v.InferOutput<typeof answers.Failed> =>
  failed(said, FIELDS);

/** Where the body is the ACL. */
export const showAclError = ({ said }: AuthError): v.InferOutput<typeof answers.Failed> =>
  failed(said, { acl: 'body' });

const failed = (said: AuthError['said'], fields: typeof FIELDS) => ({
  status: 'error' as const,
  info:
    said.code === 'insufficient_scope'
      ? 'Permission denied!'
      : (WORDS[said.rule] ?? sentenceOf(said, fields)),
});

export const badCaller = (reason: string): AuthError =>
  new AuthError({ code: 'invalid_token', rule: 'caller-unproven', text: 'Bad caller', reason });

export function refusal(reason: Refusal, revealUnknownUser: boolean): AuthError {
  if (reason === 'must_change') return passwordToBeChanged();
  return reason === 'unknown_user' && revealUnknownUser
    ? refuse('unknown_user', 'user-unknown', 'There is no such user.')
    : new AuthError({
        code: 'invalid_credentials',
        rule: 'credentials-wrong',
        text: 'Invalid username or password',
        reason,
      });
}

export function issueRefusal(status: Exclude<IssuedDomainToken['status'], 'ok'>): AuthError {
  switch (status) {
    case 'bad_expiry':
      return badExpiry();
    case 'unknown_role':
      return badRole();
    case 'unknown_domain':
      return refuse('not_found', 'domain-not-found', 'There is no such domain.');
  }
}

export const badExpiry = () =>
  refuse('invalid_request', 'token-expiry-unusable', 'Bad expire date.');
export const badRole = () => refuse('invalid_request', 'token-role-unusable', 'Bad role name.');
export const noToken = () => refuse('not_found', 'domain-token-unknown', 'Not found token');
