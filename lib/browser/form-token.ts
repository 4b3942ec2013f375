/**
 * Proves that a form which comes back is one that we gave to this browser, for this request, within
 * the hour: what another site makes the browser send is not.
 *
 * The key is something that only the browser and we know: the value of its form cookie before a
 * sign-in, the secret of its session after.
 *
 * Units: epoch seconds.
 *
 * @module
 * @see RFC 6819 §4.4.1.8, §5.3.5; RFC 9700 §4.7 (CSRF)
 */

import { equalInConstantTime, hmacSha256 } from '../crypto.ts';
import { type Instant, instant, seconds } from '../time.ts';

export const FORM_LIFETIME = seconds(3600);

/**
 * visitor: of whoever is not signed in, and does not sign in by it. own: of a page of one's own account, which
 * `request` names.
 */
export type FormPurpose = 'login' | 'account' | 'consent' | 'logout' | 'visitor' | 'own';
/** `request`: what the form goes on with, as it carries it. */
export type FormContext = { issuer: string; key: string; purpose: FormPurpose; request: string };

export const formToken = (
  { issuer, key, purpose, request }: FormContext,
  issuedAt: Instant,
): string => hmacSha256(key, [issuer, purpose, request, issuedAt].join('\n')).toString('base64url');

export function isFormToken(
  context: FormContext,
  { token, issuedAt }: { token: string | undefined; issuedAt: string | undefined },
  now: Instant,
): boolean {
  if (!token || !/^\d{1,12}$/.test(issuedAt ?? '')) return false;
  const time = instant(Number(issuedAt));
  if (time > now || now - time >= FORM_LIFETIME) return false;
  return equalInConstantTime(Buffer.from(token), Buffer.from(formToken(context, time)));
}
