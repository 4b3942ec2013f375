/**
 * The headers of answers that callers need, described once.
 *
 * @module
 */
import type { HeaderName } from './operation.ts';

export const HEADERS: Readonly<Record<HeaderName, string>> = {
  'Cache-Control': 'How long the answer may be kept.',
  ETag: 'Which state of the thing this is; for If-Match.',
  Location: 'Where to go.',
  'Retry-After': 'Seconds after which another try may succeed.',
  'WWW-Authenticate': 'The scheme that would get in (RFC 9110 §11.6.1).',
};

const TAG = `(W/)?"[!#-~]*"`;
/** @see RFC 9110 §13.1.1 */
export const IF_MATCH_FORM: string = `^(\\*|${TAG}( *, *${TAG})*)$`;
export const IF_MATCH =
  'The ETag of the state that is meant; `*` for whatever is there. Several are separated by commas.';
