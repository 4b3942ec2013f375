/**
 * From where a user has signed in, as a number of sessions and nothing of what is in them: whoever asks
 * needs the permission to count, and none to read a session.
 *
 * Item:  a sign-in's `ip` (sessions.ts), spelt as in http/source-address.ts, so that a network is how it begins
 * Units: epoch seconds.
 *
 * NOT found: a session behind the first hundred of a user, those that DynamoDB has yet to delete among
 * them. More would make each refusal a dear read of what verdicts are read from.
 *
 * @module
 */

import { countPassing } from '../../aws/query.ts';
import type { Table } from '../../aws/table.ts';
import { networkOf } from '../../http/source-address.ts';
import type { Instant } from '../../time.ts';
import { GRANT } from './grants.ts';

const MOST = 100;

export type Whereabouts = {
  subject: string;
  ip: string;
  /** Those of now: a session of an older one has ended. */
  subjectGeneration: number;
  domainGeneration: number;
};

/** One strongly consistent request. A grant does not count: its address is the client's. */
export async function hasSignInFrom(
  sessions: Table,
  { subject, ip, subjectGeneration, domainGeneration }: Whereabouts,
  now: Instant,
): Promise<boolean> {
  const query = { partition: subject, prefix: 'session#', limit: MOST };
  const from = networkOf(ip);
  const there = from.endsWith(':') ? 'begins_with(ip, :ip)' : 'ip = :ip';
  const live = {
    expression: `${there} AND kind <> :grant AND expiresAt > :now AND subjectGeneration = :subject AND domainGeneration = :domain`,
    values: {
      ':ip': from,
      ':grant': GRANT,
      ':now': now,
      ':subject': subjectGeneration,
      ':domain': domainGeneration,
    },
  };
  return (await countPassing(sessions, query, live)) > 0;
}
