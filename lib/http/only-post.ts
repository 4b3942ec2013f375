/**
 * The answer to GET where only POST is taken: tokens and secrets do not belong in a URI, which is
 * logged and kept in histories.
 *
 * @module
 * @see RFC 6749 §3.2, RFC 7009 §2, RFC 7662 §2.1 (POST), RFC 9110 §15.5.6 (405 and `Allow`)
 */
import { refuse } from '../errors.ts';
import { type Endpoint, plainError } from './endpoint.ts';

export const onlyPost: Endpoint = {
  run: () => Promise.reject(refuse('method_not_allowed', 'post-only', 'The method must be POST.')),
  showError: plainError,
  errorHeaders: { allow: 'POST' },
};
