/**
 * Refusals, which are the same all over a face.
 *
 * @module
 */
import * as v from 'valibot';
import { GATEWAY } from './gateway.ts';
import type { Answer, Answers, Content, HeaderName, Schema } from './operation.ts';

const MEANING: Readonly<Record<number, string>> = {
  400: 'The input is not valid; the text names the field where there is one.',
  401: 'There is no valid credential.',
  403: 'The caller may not do this.',
  404: 'There is no such thing, or none within reach.',
  405: 'Another method is needed.',
  409: 'It contradicts what is there, such as a name that is taken.',
  412: 'The thing was changed since it was read.',
  428: 'If-Match is missing.',
  429: 'Too many requests, or too many attempts to sign in.',
  500: 'A fault of the service.',
  503: 'The service is temporarily unavailable.',
};
const HEADERS: Readonly<Record<number, HeaderName>> = {
  401: 'WWW-Authenticate',
  403: 'WWW-Authenticate',
  429: 'Retry-After',
  503: 'Retry-After',
};

/**
 * What a face refuses with, and what any call can meet: a fault, and API Gateway's own refusals.
 *
 * @param content - The shape of the face's errors.
 */
export function refusals(content: Content): (...statuses: number[]) => Answers {
  const either = eitherOf(content, GATEWAY);
  const byBoth = [429, 500, 503];
  const answer = (status: number, own: readonly number[]): [number, Answer] => {
    // Without a word of the face, it is API Gateway that throttles.
    const gatewayAlone = status === 429 && !own.includes(status);
    const shared = byBoth.includes(status) ? either : content;
    const headers = HEADERS[status] &&
      !gatewayAlone && {
        [HEADERS[status]]: status === 401 ? 'always' : 'sometimes',
      };
    const description = MEANING[status] ?? 'Refused.';
    const shape = gatewayAlone ? GATEWAY : shared;
    return [status, { description, content: shape, ...(headers && { headers }) }];
  };
  return (...statuses) =>
    Object.fromEntries([...statuses, 429, 500, 503].map((status) => answer(status, statuses)));
}

/** Media types of both; where both have one, either body. */
function eitherOf(one: Content, other: Content): Content {
  const shared = Object.entries(other).map(([type, schema]): [string, Schema] => {
    const first = one[type];
    return [type, first ? v.union([first, schema]) : schema];
  });
  return { ...one, ...Object.fromEntries(shared) };
}
