/**
 * Refusals as problem details: { type, title, status, detail, code, rule, errors?: [{ field, detail }] }.
 * `code` and `rule`, which is finer, are stable and for programs, `detail` is for people and begins with
 * the name of the field where there is one.
 *
 * @module
 * @see RFC 9457 §3 (members), §4.2.1 (about:blank: the title is that of the status)
 */
import type * as v from 'valibot';
import type { AuthError } from '../../errors.ts';
import type { Problem } from './answers.ts';

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  428: 'Precondition Required',
  503: 'Service Unavailable',
};

const showProblem = ({
  status,
  said: { code, rule, field, text },
  message,
}: AuthError): v.InferOutput<typeof Problem> => ({
  type: 'about:blank',
  title: TITLES[status] ?? 'Internal Server Error',
  status,
  detail: message,
  code,
  rule,
  ...(field !== undefined && { errors: [{ field, detail: text }] }),
});

/** How every endpoint of the admin API shows what it refuses. */
export const AS_PROBLEM = {
  showError: showProblem,
  errorHeaders: { 'content-type': 'application/problem+json' },
};
