/**
 * A claim on a session, made of what a proven token says. Built here alone:
 * a claim that lacked a member would be judged otherwise, and a token that is narrower than its session
 * would be as wide as that.
 *
 * @module
 */
import { isClientId } from '../store/directory/client-id.ts';
import type { AccessTokenClaims } from '../tokens/access-token.ts';
import type { Claim } from '../verdict/judge.ts';

type Said = {
  subject: string;
  key: string;
  domain: string;
  roles: readonly string[];
  client: string;
  /** Empty: that of the session counts. */
  scope: string;
};

const claim = ({ subject, key, domain, roles, client, scope }: Said): Claim => ({
  name: { subject, key },
  hints: { domain, roles, client: isClientId(client) ? client : undefined },
  ...(scope !== '' && { scope }),
});

/** A dialect may have a list for a scope, which says nothing of the session's. */
export const claimOf = ({
  sub: subject,
  sid: key,
  domain,
  roles,
  client_id: client,
  scope,
}: AccessTokenClaims): Claim =>
  claim({ subject, key, domain, roles, client, scope: typeof scope === 'string' ? scope : '' });
