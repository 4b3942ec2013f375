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
import type { TokenServices } from '../../guard/prove.ts';
import { idsOf, whoCalls } from '../../guard/who-calls.ts';
import { credentialOf, keyedCredentialOf } from '../../http/credential.ts';
import { logFault, logNotice } from '../../log.ts';
import { countedOnce, type Metrics } from '../../metrics.ts';
import { FIELDS, judgeFields } from '../../verdict/fields.ts';
import {
  type Alive,
  type Caller,
  grantHeld,
  type Paths,
  type Permission,
  permissionFor,
} from '../../verdict/judge.ts';
import { patternsOf } from '../../verdict/registry.ts';
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
import { type Decided, decisionLog, type Rule } from './decision-log.ts';
import { type AuthorizerEvent, readAuthorizerEvent } from './event.ts';
import { rootFields } from './graphql.ts';
import { refusalContext } from './refusal-context.ts';

export type AuthorizerServices = {
  tables: Tables;
  tokens: TokenServices;
  answersOf: Parameters<typeof readAuthorizerEvent>[1];
  metricNamespace: string;
  metrics: Metrics;
  /** Of the allowed calls, how many have a line in the log: 0 to 100. */
  logAllowedPercent: number;
  /** Milliseconds of a clock that does not go back. */
  clock: () => number;
};

const HERE = { function: 'authorizer' };

export function decider(services: AuthorizerServices) {
  const { tables, tokens, answersOf, metricNamespace, metrics, clock } = services;
  const recordUse = useRecorder(tables.sessions, tokens.now);
  const log = decisionLog({ metrics, allowedPercent: services.logAllowedPercent, clock });

  /** @returns `undefined` for 401. */
  async function answerTo(event: AuthorizerEvent): Promise<AuthorizerAnswer | undefined> {
    const start = clock();
    const call = readAuthorizerEvent(event, answersOf);
    const found = await whoCalls(services, credentialIn(call), pathsOf(call));
    if (found.status === 'unknown') {
      const { who, rule, reason } = found;
      log(call, { code: 'unauthenticated', who, rule, reason, ms: clock() - start });
      return call.unauthenticated;
    }
    await recordUse(found.caller);
    const ms = clock() - start;
    const { answer, decided } = answerOf(call, found, ms);
    log(call, { ...decided, ms: clock() - start });
    return answer;
  }

  return async (event: AuthorizerEvent): Promise<AuthorizerAnswer> => {
    const answer = await answerTo(event).catch((error: unknown) => {
      logFault(toAuthError(error), countedOnce(metricNamespace, 'Faults', HERE));
      // Not the error itself: API Gateway reads the message, and one of them means 401.
      throw new Error('fault');
    });
    metrics.write();
    if (!answer) throw unauthorized();
    return answer;
  };
}

const credentialIn = ({ kind, headers }: AuthorizerCall) =>
  kind === 'policy' ? keyedCredentialOf(headers) : credentialOf(headers);

/** A policy is about all that the caller may call. */
function pathsOf(call: AuthorizerCall): Paths {
  if (call.kind === 'request') return [call.path];
  return call.kind === 'policy' ? 'all' : [FIELDS];
}

const UNNAMED = { rule: 'path-not-nameable', reason: 'no policy can name the path' } as const;

type Answered = { answer: AuthorizerAnswer; decided: Decided };

function answerOf(call: AuthorizerCall, live: Alive, ms: number): Answered {
  if (call.kind === 'request') return answerRequest(call, live, ms);
  return call.kind === 'policy' ? answerPolicy(call, live) : answerFields(call, live);
}

const allowed = (caller: Caller, on: Partial<Permission> = {}): Decided => ({
  code: 'allowed',
  who: idsOf(caller),
  on,
});
type Refused = Partial<Permission> & { rule: Rule; reason: string };
const forbidden = (caller: Caller, { rule, reason, ...on }: Refused): Decided => ({
  code: 'forbidden',
  who: idsOf(caller),
  on,
  rule,
  reason,
});

/** @param ms - For the access log of an HTTP API, which knows no latency of an authorizer. */
function answerRequest(call: RequestCall, { caller, registry }: Alive, ms: number): Answered {
  const found = permissionFor(caller, registry, call);
  if ('rule' in found)
    return { answer: call.forbid(refusalContext(found)), decided: forbidden(caller, found) };
  const { resource, action, own } = found;
  const on = { resource, action, own: String(own), authorizerMs: ms.toFixed(2) };
  const answer = call.allow(caller.subject.id, { ...contextOf(caller), ...on });
  return {
    answer,
    decided: call.isNameable ? allowed(caller, found) : forbidden(caller, { ...found, ...UNNAMED }),
  };
}

function answerPolicy(call: PolicyCall, { caller, registry }: Alive): Answered {
  const found = permissionFor(caller, registry, call);
  const { stage, paths } = call;
  const { allow, deny, own, lost } = compilePolicy({
    patterns: patternsOf(registry),
    permits: (resource, action) => grantHeld(caller, resource, action),
    stage,
    paths,
  });
  if (lost.length > 0) logNotice('policy_narrowed', { ...HERE, resources: lost.join(' ') });
  const effects = { ...(allow.length > 0 && { Allow: allow }), Deny: deny };
  // Nothing of why this call is refused: the answer is given to other calls, too.
  const context = { ...contextOf(caller), ...ownOf(own) };
  return {
    answer: policyAnswer(caller.subject.id, effects, context),
    decided: 'rule' in found ? forbidden(caller, found) : allowed(caller, found),
  };
}

function answerFields(call: FieldsCall, { caller, registry }: Alive): Answered {
  const fields = call.query === undefined ? undefined : (rootFields(call.query) ?? []);
  const verdict = judgeFields(caller, registry, fields);
  if (verdict.status === 'forbidden')
    return {
      answer: { isAuthorized: false, ttlOverride: call.ttl },
      decided: forbidden(caller, verdict.refusal),
    };
  const answer = {
    isAuthorized: true,
    resolverContext: { ...contextOf(caller), ...ownOf(verdict.own) },
    deniedFields: verdict.denied,
    ttlOverride: call.ttl,
  };
  return { answer, decided: allowed(caller) };
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
