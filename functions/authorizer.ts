/**
 * The Lambda authorizer of other APIs: is this call still allowed, now?
 *
 * In:     `Authorization: Bearer <token or API key>`, `X-Access-Token` with `X-Key`, a domain token
 *         as `X-Access-Token` alone, or `X-API-Key`; event kinds in lib/http/authorizer.ts
 * Out:    Allow, with what the backend should know of the caller, all strings: subject, kind
 *         (user, client or domain), key, username, domain, roles and scope (separated by spaces),
 *         client, resource, action, own. A client's username is a display name that anybody may
 *         have, so kind tells who it is.
 * Errors: 401 not authenticated, 403 not permitted, 500 any fault
 *
 * @module
 */
import { useRecorder } from '../lib/access/note-use.ts';
import { type Caller, judge, type Permission } from '../lib/access/verdict.ts';
import { composeVerifier } from '../lib/compose.ts';
import { toAuthError } from '../lib/errors.ts';
import {
  type AuthorizerAnswer,
  type AuthorizerEvent,
  type Context,
  readAuthorizerEvent,
  unauthorized,
} from '../lib/http/authorizer.ts';
import { credentialOf } from '../lib/http/credential.ts';
import { logFault, logRefusal } from '../lib/http/log.ts';
import { provePresented } from '../lib/oauth/present.ts';

const { tables, tokens } = composeVerifier();
const recordUse = useRecorder(tables.sessions, tokens.now);

/** Refused callers get no reason; the operator finds it in the log. */
type Refused = { refused: 'unauthenticated'; reason: string; requestId: string | undefined };

export const handler = async (event: AuthorizerEvent): Promise<AuthorizerAnswer> => {
  const answer = await answerTo(event).catch((error: unknown) => {
    logFault(toAuthError(error), { function: 'authorizer' });
    // Not the error itself: API Gateway reads the message, and one of them means 401.
    throw new Error('fault');
  });
  if (!('refused' in answer)) return answer;
  const { refused, reason, requestId } = answer;
  logRefusal(refused, reason, { function: 'authorizer', requestId });
  throw unauthorized();
};

async function answerTo(event: AuthorizerEvent): Promise<AuthorizerAnswer | Refused> {
  const call = readAuthorizerEvent(event);
  const refuse = (reason: string): Refused => ({
    refused: 'unauthenticated',
    reason,
    requestId: call.id,
  });
  const credential = credentialOf(call.headers);
  if (credential.status === 'missing') return refuse('no credential');
  if (credential.status === 'malformed') return refuse(credential.reason);
  const proven = await provePresented(tokens, credential);
  if (proven.status === 'invalid') return refuse(proven.reason);

  const verdict = await judge(tables, proven, call, tokens.now());
  if (verdict.status === 'unauthenticated') return refuse(verdict.reason);
  await recordUse(verdict.caller);
  if (verdict.status === 'forbidden') {
    logRefusal('forbidden', verdict.reason, { function: 'authorizer', requestId: call.id });
    return call.forbid();
  }
  const { caller, permission } = verdict;
  return call.allow(caller.subject.id, contextOf(caller, permission));
}

const contextOf = (
  { subject, session, key, roles }: Caller,
  { resource, action, own }: Permission,
): Context => ({
  subject: subject.id,
  kind: subject.kind,
  key,
  username: subject.username,
  domain: subject.domain,
  roles: roles.join(' '),
  scope: session.scope ?? '',
  client: session.client,
  resource,
  action,
  own: String(own),
});
