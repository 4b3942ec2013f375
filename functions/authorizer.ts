/**
 * The Lambda authorizer of other APIs: is this call still allowed, now?
 *
 * In:     `Authorization: Bearer <token or API key>`, `X-Access-Token` with `X-Key`, a domain token
 *         as `X-Access-Token` alone, or `X-API-Key`; event kinds in lib/faces/authorizer/event.ts
 * Out:    Allow, with what the backend should know of the caller, all strings: subject, kind
 *         (user, client or domain), key, username, domain, roles and scope (separated by spaces),
 *         client, resource, action, own. A client's username is a display name that anybody may
 *         have, so kind tells who it is. Where the answer is about more than one call, there are no
 *         resource and action, and `ownResources` says where `own` counts.
 * Errors: 401 not authenticated, 403 not permitted, 500 any fault
 *
 * @module
 * @see docs/authorizer.md
 */

import { composeAuthorizer } from '../lib/compose/authorizer.ts';
import { toAuthError } from '../lib/errors.ts';
import {
  type AuthorizerAnswer,
  type AuthorizerCall,
  type Context,
  type FieldsCall,
  type PolicyCall,
  policyAnswer,
  type RequestCall,
  unauthorized,
} from '../lib/faces/authorizer/answer.ts';
import { compilePolicy } from '../lib/faces/authorizer/compile-policy.ts';
import { type AuthorizerEvent, readAuthorizerEvent } from '../lib/faces/authorizer/event.ts';
import { rootFields } from '../lib/faces/authorizer/graphql.ts';
import { useRecorder } from '../lib/guard/note-use.ts';
import { provePresented } from '../lib/guard/prove.ts';
import { credentialOf, keyedCredentialOf } from '../lib/http/credential.ts';
import { counted, logFault, logNotice, logRefusal } from '../lib/log.ts';
import { judgeFields } from '../lib/verdict/fields.ts';
import {
  type Caller,
  grantHeld,
  identify,
  type Live,
  permissionFor,
} from '../lib/verdict/judge.ts';

const { tables, tokens, answersOf, verdictCache, metricNamespace } = composeAuthorizer();
const recordUse = useRecorder(tables.sessions, tokens.now);
const HERE = { function: 'authorizer' };

if (verdictCache > 0) logNotice('verdict_cache', { ...HERE, addsMilliseconds: verdictCache });

export const handler = async (event: AuthorizerEvent): Promise<AuthorizerAnswer> => {
  const answer = await answerTo(event).catch((error: unknown) => {
    logFault(toAuthError(error), counted(metricNamespace, 'Faults', HERE));
    // Not the error itself: API Gateway reads the message, and one of them means 401.
    throw new Error('fault');
  });
  if (!answer) throw unauthorized();
  return answer;
};

/** Refused callers get no reason; the operator finds it in the log. */
const log = (code: string, reason: string, { id: requestId }: AuthorizerCall): void =>
  logRefusal(code, reason, counted(metricNamespace, 'Refusals', { ...HERE, requestId }));

/** @returns `undefined` for 401. */
async function answerTo(event: AuthorizerEvent): Promise<AuthorizerAnswer | undefined> {
  const call = readAuthorizerEvent(event, answersOf);
  const live = await identifyCaller(call);
  if (live.status === 'dead') {
    log('unauthenticated', live.reason, call);
    return call.unauthenticated;
  }
  await recordUse(live.caller);
  if (call.kind === 'request') return answerRequest(call, live);
  return call.kind === 'policy' ? answerPolicy(call, live) : answerFields(call, live);
}

async function identifyCaller({ kind, headers }: AuthorizerCall): Promise<Live> {
  const credential = kind === 'policy' ? keyedCredentialOf(headers) : credentialOf(headers);
  if (credential.status === 'missing') return dead('no credential');
  if (credential.status === 'malformed') return dead(credential.reason);
  const proven = await provePresented(tokens, credential);
  if (proven.status === 'invalid') return dead(proven.reason);
  return identify(tables, proven, tokens.now());
}

const dead = (reason: string): Live => ({ status: 'dead', reason });

type Alive = Extract<Live, { status: 'live' }>;

function answerRequest(call: RequestCall, { caller, patterns }: Alive): AuthorizerAnswer {
  const permission = permissionFor(caller, patterns, call);
  if (typeof permission === 'string') {
    log('forbidden', permission, call);
    return call.forbid();
  }
  const { resource, action, own } = permission;
  const context = { ...contextOf(caller), resource, action, own: String(own) };
  return call.allow(caller.subject.id, context);
}

function answerPolicy(call: PolicyCall, { caller, patterns }: Alive): AuthorizerAnswer {
  const refusal = permissionFor(caller, patterns, call);
  if (typeof refusal === 'string') log('forbidden', refusal, call);
  const { stage, paths } = call;
  const { allow, deny, own, lost } = compilePolicy({
    patterns,
    permits: (resource, action) => grantHeld(caller, resource, action),
    stage,
    paths,
  });
  if (lost.length > 0) logNotice('policy_narrowed', { ...HERE, resources: lost.join(' ') });
  const effects = { ...(allow.length > 0 && { Allow: allow }), Deny: deny };
  return policyAnswer(caller.subject.id, effects, { ...contextOf(caller), ...ownOf(own) });
}

function answerFields(call: FieldsCall, { caller, patterns }: Alive): AuthorizerAnswer {
  const fields = call.query === undefined ? undefined : (rootFields(call.query) ?? []);
  const verdict = judgeFields(caller, patterns, fields);
  if (verdict.status === 'forbidden') {
    log('forbidden', verdict.reason, call);
    return { isAuthorized: false, ttlOverride: call.ttl };
  }
  return {
    isAuthorized: true,
    resolverContext: { ...contextOf(caller), ...ownOf(verdict.own) },
    deniedFields: verdict.denied,
    ttlOverride: call.ttl,
  };
}

const contextOf = ({ subject, session, key, roles }: Caller): Context => ({
  subject: subject.id,
  kind: subject.kind,
  key,
  username: subject.username,
  domain: subject.domain,
  roles: roles.join(' '),
  scope: session.scope ?? '',
  client: session.client,
});

/** Who only looks at `own` shows too little, and never too much. */
const ownOf = (resources: readonly string[]): Context => ({
  own: String(resources.length > 0),
  ownResources: resources.join(' '),
});
