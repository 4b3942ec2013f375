/**
 * What the authorizer answers to an event: is this call still allowed, now?
 *
 * Errors: thrown are 401, in the words that API Gateway wants, and any fault, of which it learns nothing.
 *
 * @module
 */

import type { Tables } from '../../aws/tables.ts';
import { toAuthError } from '../../errors.ts';
import { useRecorder } from '../../guard/note-use.ts';
import { provePresented, type TokenServices } from '../../guard/prove.ts';
import { credentialOf, keyedCredentialOf } from '../../http/credential.ts';
import { counted, logFault, logNotice, logRefusal } from '../../log.ts';
import { judgeFields } from '../../verdict/fields.ts';
import { type Caller, grantHeld, identify, type Live, permissionFor } from '../../verdict/judge.ts';
import {
  type AuthorizerAnswer,
  type AuthorizerCall,
  type Context,
  type FieldsCall,
  type PolicyCall,
  policyAnswer,
  type RequestCall,
  unauthorized,
} from './answer.ts';
import { compilePolicy } from './compile-policy.ts';
import { type AuthorizerEvent, readAuthorizerEvent } from './event.ts';
import { rootFields } from './graphql.ts';

export type AuthorizerServices = {
  tables: Tables;
  tokens: TokenServices;
  answersOf: Parameters<typeof readAuthorizerEvent>[1];
  metricNamespace: string;
};

const HERE = { function: 'authorizer' };

export function decider(services: AuthorizerServices) {
  const { tables, tokens, answersOf, metricNamespace } = services;
  const recordUse = useRecorder(tables.sessions, tokens.now);

  /** Refused callers get no reason; the operator finds it in the log. */
  const log: Log = (code, reason, { id: requestId }) =>
    logRefusal(code, reason, counted(metricNamespace, 'Refusals', { ...HERE, requestId }));

  /** @returns `undefined` for 401. */
  async function answerTo(event: AuthorizerEvent): Promise<AuthorizerAnswer | undefined> {
    const call = readAuthorizerEvent(event, answersOf);
    const live = await identifyCaller(services, call);
    if (live.status === 'dead') {
      log('unauthenticated', live.reason, call);
      return call.unauthenticated;
    }
    await recordUse(live.caller);
    if (call.kind === 'request') return answerRequest(call, live, log);
    return call.kind === 'policy' ? answerPolicy(call, live, log) : answerFields(call, live, log);
  }

  return async (event: AuthorizerEvent): Promise<AuthorizerAnswer> => {
    const answer = await answerTo(event).catch((error: unknown) => {
      logFault(toAuthError(error), counted(metricNamespace, 'Faults', HERE));
      // Not the error itself: API Gateway reads the message, and one of them means 401.
      throw new Error('fault');
    });
    if (!answer) throw unauthorized();
    return answer;
  };
}

type Log = (code: string, reason: string, call: AuthorizerCall) => void;

async function identifyCaller(
  { tables, tokens }: AuthorizerServices,
  { kind, headers }: AuthorizerCall,
): Promise<Live> {
  const credential = kind === 'policy' ? keyedCredentialOf(headers) : credentialOf(headers);
  if (credential.status === 'missing') return dead('no credential');
  if (credential.status === 'malformed') return dead(credential.reason);
  const proven = await provePresented(tokens, credential);
  if (proven.status === 'invalid') return dead(proven.reason);
  return identify(tables, proven, tokens.now());
}

const dead = (reason: string): Live => ({ status: 'dead', reason });

type Alive = Extract<Live, { status: 'live' }>;

function answerRequest(call: RequestCall, { caller, patterns }: Alive, log: Log): AuthorizerAnswer {
  const permission = permissionFor(caller, patterns, call);
  if (typeof permission === 'string') {
    log('forbidden', permission, call);
    return call.forbid();
  }
  const { resource, action, own } = permission;
  const context = { ...contextOf(caller), resource, action, own: String(own) };
  return call.allow(caller.subject.id, context);
}

function answerPolicy(call: PolicyCall, { caller, patterns }: Alive, log: Log): AuthorizerAnswer {
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

function answerFields(call: FieldsCall, { caller, patterns }: Alive, log: Log): AuthorizerAnswer {
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
