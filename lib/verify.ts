/**
 * The authorizer's verdict inside a process of your own, for what no Lambda authorizer can stand in
 * front of: load balancers, containers, function URLs. The same rules and the same one read.
 *
 *   const { verify } = createVerifier({ issuer, audience, directoryTable, sessionsTable });
 *   const [path = ''] = request.url.split('?', 1);
 *   const verdict = await verify(request.headers, { method: request.method, path });
 *
 * The process needs `dynamodb:BatchGetItem` on both tables, `dynamodb:GetItem` on the directory for the
 * public keys, `dynamodb:UpdateItem` on the sessions table for the last use of API keys, and the tables'
 * KMS key; region and credentials are the AWS SDK's own affair. Nothing is kept from one call to the
 * next but the public keys, and which API keys had their use noted within a minute.
 *
 * Errors: any fault is thrown, and must never be taken for an allowed call: answer 500 or 503.
 * NOT done: an `own` verdict leaves it to you to show the caller only what is the caller's own.
 *
 * @module
 */

import { connect } from './aws/table.ts';
import { useRecorder } from './guard/note-use.ts';
import { provePresented, type TokenServices } from './guard/prove.ts';
import { credentialOf } from './http/credential.ts';
import { lowerCased } from './http/request.ts';
import { readPublicKeys } from './store/directory/public-keys.ts';
import { epochMilliseconds, type Instant, instant, secondOf } from './time.ts';
import { publicKeyCache } from './tokens/public-keys.ts';
import { type Caller, judge } from './verdict/judge.ts';

/** All of them as the service is deployed with: its stack's outputs say. */
export interface VerifierOptions {
  /** The `iss` of every token: `Issuer`. */
  issuer: string;
  /** The `aud` of access tokens: `Audience`. */
  audience: string;
  directoryTable: string;
  sessionsTable: string;
  /** UNSAFE; as the parameter of that name. Off unless it is said: docs/adr/0017-scopes.md. */
  unsafeImpliedAccess?: boolean;
  /** Epoch seconds; the system's clock unless it is said. */
  now?: () => number;
}

/** A bearer token or API key, or the headers of a request as Node gives them. */
export type RequestCredential =
  | string
  | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface RequestedCall {
  /** As in the request line: `GET`. */
  method: string;
  /**
   * As in the request line, without the query: percent-encoded, dot segments and all. `URL` changes
   * such a path, so what it makes of one is not what the backend gets.
   */
  path: string;
}

export interface VerifiedCaller {
  subject: string;
  kind: 'user' | 'client' | 'domain';
  /** Of the session. */
  key: string;
  /** Of a client it is a display name, which anybody may have. */
  username: string;
  domain: string;
  roles: readonly string[];
  scope: string;
  client: string;
}

export type Verification =
  | {
      status: 'allowed';
      caller: VerifiedCaller;
      resource: string;
      action: 'c' | 'r' | 'u' | 'd';
      /** Only what is the caller's own. */
      own: boolean;
    }
  /**
   * Answer 403. The reason is for your log, not for the caller; the rule is which check it was. Where the
   * path has a resource and the method a letter, they are there: what the caller lacks.
   */
  | {
      status: 'forbidden';
      rule:
        | 'scope-without-power'
        | 'path-of-no-resource'
        | 'method-without-letter'
        | 'letter-not-held';
      reason: string;
      resource?: string;
      action?: 'c' | 'r' | 'u' | 'd';
      caller: VerifiedCaller;
    }
  /** Answer 401. Likewise. */
  | { status: 'unauthenticated'; reason: string };

export interface Verifier {
  verify(credential: RequestCredential, call: RequestedCall): Promise<Verification>;
}

const systemTime = (): Instant => secondOf(epochMilliseconds(Date.now()));

export function createVerifier(options: VerifierOptions): Verifier {
  const { issuer, audience, directoryTable, sessionsTable, now: given = systemTime } = options;
  const now = () => instant(given());
  const { unsafeImpliedAccess: impliedAccess = false } = options;
  const client = connect();
  const tables = {
    directory: { client, name: directoryTable },
    sessions: { client, name: sessionsTable },
    impliedAccess,
  };
  const tokens: TokenServices = {
    keys: publicKeyCache(() => readPublicKeys(tables.directory), now),
    place: { issuer, audience },
    now,
  };
  const recordUse = useRecorder(tables.sessions, now);

  return {
    async verify(credential, { method, path }) {
      const presented = credentialOf(headersOf(credential));
      if (presented.status === 'missing') return unauthenticated('no credential');
      if (presented.status === 'malformed') return unauthenticated(presented.reason);
      const proven = await provePresented(tokens, presented);
      if (proven.status === 'invalid') return unauthenticated(proven.reason);

      const verdict = await judge(tables, proven, { method, path }, now());
      if (verdict.status === 'unauthenticated') return unauthenticated(verdict.reason);
      await recordUse(verdict.caller);
      const caller = verifiedCaller(verdict.caller);
      if (verdict.status === 'forbidden')
        return { status: 'forbidden', ...verdict.refusal, caller };
      return { status: 'allowed', caller, ...verdict.permission };
    },
  };
}

const unauthenticated = (reason: string): Verification => ({ status: 'unauthenticated', reason });

function headersOf(credential: RequestCredential): Record<string, string> {
  if (typeof credential === 'string') return { authorization: `Bearer ${credential}` };
  const joined = Object.entries(credential).map(([name, value]) => [
    name,
    typeof value === 'object' ? value.join(',') : value,
  ]);
  return lowerCased(Object.fromEntries(joined));
}

const verifiedCaller = ({ subject, session, key, roles }: Caller): VerifiedCaller => ({
  subject: subject.id,
  kind: subject.kind,
  key,
  username: subject.username,
  domain: subject.domain,
  roles,
  scope: session.scope ?? '',
  client: session.client,
});
