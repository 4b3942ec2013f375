/**
 * The challenge that a refusal carries: which scheme would get in. The error is named only to a caller
 * who presented a token, since one who did not has done nothing wrong yet. Who lacks a scope has, in a
 * form where it is not in the headers.
 *
 * @module
 * @see RFC 9110 §11.6.1 (every 401 has one), RFC 6749 §5.2 (Basic for clients), RFC 6750 §3 (Bearer),
 *      RFC 9470 §3 (a fresh sign-in)
 */
import type { AuthError } from '../errors.ts';
import { credentialOf } from './credential.ts';

const REALM = 'realm="latchkey"';

/** @param headers - The request's, names in lower case. */
export function challengeFor(
  { said, status }: AuthError,
  headers: Readonly<Record<string, string>>,
): Record<string, string> {
  const { code } = said;
  if (code === 'invalid_client') return { 'www-authenticate': `Basic ${REALM}` };
  if (status !== 401 && code !== 'insufficient_scope') return {};
  if (code === 'insufficient_user_authentication') return stepUp(said);
  const named =
    code === 'insufficient_scope' ||
    (code === 'invalid_token' && credentialOf(headers).status === 'presented');
  return challengeOf(named ? code : undefined);
}

/** @see RFC 9470 §3: with a sign-in that is no older, the same request is answered otherwise. */
const stepUp = ({ code, text, maxAge = 0 }: AuthError['said']): Record<string, string> => ({
  'www-authenticate': `Bearer ${REALM}, error="${code}", error_description="${text}", max_age="${maxAge}"`,
});

/** RFC 6749 §3.3: a word of a scope has neither blank nor quote nor backslash. */
const WORD = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** @param wanted - Which letter on which resource would do, as a scope says it. */
export function challengeOf(
  error?: string,
  { resource = '', action }: { resource?: string | undefined; action?: string | undefined } = {},
): Record<'www-authenticate', string> {
  const scope =
    action !== undefined && WORD.test(resource) ? `, scope="${resource}:${action}"` : '';
  return { 'www-authenticate': `Bearer ${REALM}${error ? `, error="${error}"` : ''}${scope}` };
}
