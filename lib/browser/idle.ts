/**
 * For how long a browser may go without a page of ours, and still be signed in: as long as its user's domain
 * says, now. What was granted in it goes on; only nothing new is, until somebody has signed in again.
 *
 * A use is noted once in a tenth of that time, so it may end that much too early, and never too late; and
 * once an hour whatever the domain says, since people look for what they do not know among their sessions.
 *
 * @module
 * @see OWASP Session Management Cheat Sheet (idle timeout); NIST SP 800-63B-4 §5.2
 */
import type { Table } from '../aws/table.ts';
import { policyOf } from '../store/directory/domain-policy.ts';
import type { Domain } from '../store/directory/domains.ts';
import { type BrowserSession, noteBrowserSessionUse } from '../store/sessions/browser-sessions.ts';
import type { SessionName } from '../store/sessions/sessions.ts';
import { between, type Instant } from '../time.ts';

const TENTH = 0.1;
const HOUR = 3600;

const sinceUse = ({ authTime, usedAt = authTime }: BrowserSession, now: Instant): number =>
  between(usedAt > authTime ? usedAt : authTime, now);

export const isIdle = (session: BrowserSession, domain: Domain, now: Instant): boolean =>
  sinceUse(session, now) >= policyOf(domain).sessionIdle;

type Used = { name: SessionName; session: BrowserSession; domain?: Domain | undefined };

/** One write, now and then. */
export async function noteBrowserUse(
  sessions: Table,
  { name, session, domain }: Used,
  now: Instant,
): Promise<void> {
  if (!domain || sinceUse(session, now) < Math.min(policyOf(domain).sessionIdle * TENTH, HOUR))
    return;
  await noteBrowserSessionUse(sessions, name, session, now);
}
