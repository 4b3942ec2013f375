/**
 * A claim on a session, made of what a proven token says, or our authorizer after it. Built here alone:
 * a claim that lacked a member would be judged otherwise, and a token that is narrower than its session
 * would be as wide as that.
 *
 * @module
 */
import { isClientId } from '../store/directory/client-id.ts';
import type { AccessTokenClaims } from '../tokens/access-token.ts';
import { type Claim, PROVEN } from '../verdict/judge.ts';

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

/** @returns `undefined` where no authorizer of ours has named a caller. */
export function claimOfAuthorized(context: Readonly<Record<string, string>>): Claim | undefined {
  const { subject, key, domain, roles = '', client = '', scope = '' } = context;
  if (!subject || !key || !domain) return undefined;
  const names = roles.split(' ').filter(Boolean);
  return { ...claim({ subject, key, domain, roles: names, client, scope }), secret: PROVEN };
}
