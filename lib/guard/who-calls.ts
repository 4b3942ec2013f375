/**
 * Who calls, with a credential of any kind; and of whom it does not let in, whatever there is to log.
 *
 * Errors: the store's.
 *
 * @module
 */
import type { Tables } from '../aws/tables.ts';
import type { Credential } from '../http/credential.ts';
import { type Ahead, readAhead } from '../store/reads/verdict.ts';
import { type Alive, type Caller, type Claim, identify, type Paths } from '../verdict/judge.ts';
import { asClaimed, claimedBy, type Ids } from './claimed.ts';
import { provePresented, type TokenServices } from './prove.ts';

/** `claimed`: the same, where nothing proves it. */
export type Who = Ids & { claimed?: Ids };
/** Which check refused it. */
export type UnknownRule =
  | 'no-credential'
  | 'malformed-credential'
  | 'credential-not-valid'
  | 'session-not-live';
type Unknown = { status: 'unknown'; rule: UnknownRule; reason: string; who: Who };

/** @param paths - For which the registry is needed. */
export async function whoCalls(
  { tables, tokens }: { tables: Tables; tokens: TokenServices },
  credential: Credential,
  paths: Paths,
): Promise<Alive | Unknown> {
  if (credential.status === 'missing') return unknown('no-credential', 'no credential');
  if (credential.status === 'malformed') return unknown('malformed-credential', credential.reason);
  let ahead: Ahead | undefined;
  const proven = await provePresented(tokens, credential, async (claimed) => {
    const read = await readAhead(tables, claimed);
    ahead = read.ahead;
    return read.keys;
  });
  if (proven.status === 'invalid')
    return unknown('credential-not-valid', proven.reason, { claimed: claimedBy(credential) });
  const live = await identify(tables, proven, tokens.now(), paths, ahead);
  if (live.status === 'live') return live;
  const ids = idsOfClaim(proven);
  return live.proven
    ? unknown('session-not-live', live.reason, ids)
    : unknown('credential-not-valid', live.reason, { claimed: asClaimed(ids) });
}

const unknown = (rule: UnknownRule, reason: string, who: Who = {}): Unknown => ({
  status: 'unknown',
  rule,
  reason,
  who,
});

const idsOfClaim = ({ name, hints: { client, domain } }: Claim) => ({ ...name, client, domain });

/** In the order of a log line. */
export const idsOf = ({ key, subject, session }: Caller): Who => ({
  key,
  subject: subject.id,
  client: session.client,
  domain: subject.domain,
});
