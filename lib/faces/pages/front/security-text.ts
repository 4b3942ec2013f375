/**
 * Whom to tell of a hole in this deployment, as a file that programs find.
 *
 * @module
 * @see RFC 9116 §2.5 (Contact and Expires are required), §2.5.5 (Expires: less than a year ahead)
 */
import { after, type Instant, seconds } from '../../../time.ts';

/** What is served now is right now; long enough for whoever keeps it for a while. */
const GOOD_FOR = seconds(30 * 86_400);

/** @param given.contact - A URI. */
export function securityText(
  { issuer, contact }: { issuer: string; contact: string },
  now: Instant,
): string {
  const expires = new Date(after(now, GOOD_FOR) * 1000).toISOString();
  const fields = {
    Contact: contact,
    Expires: expires,
    'Preferred-Languages': 'en, cs',
    Canonical: `${issuer}/.well-known/security.txt`,
  };
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}
