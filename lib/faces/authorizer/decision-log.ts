/**
 * One log line for each call that is refused, and for a share of those that are allowed: who, at which API,
 * on what, why, from where. `latchkey why`, `used` and `top` read them.
 *
 * Line: { level: "info", code: allowed | forbidden | unauthenticated, function: "authorizer", requestId?,
 *         key?, subject?, client?, domain?, claimed?: { the same, where nothing proves it }, api, stage?,
 *         address?, mode: strict | kept, resource?, letter?, rule?, reason?, ms }
 * Units: ms, of the decision alone.
 * NOT in it: a credential, a path, a query, a body, a header. Of what is not proven only what claimed.ts
 *         lets through.
 *
 * At most `MAX_LINES` a second an instance; of those beyond, the next line of another second says how many.
 * The metrics count them all.
 *
 * @module
 */
import type { UnknownRule, Who } from '../../guard/who-calls.ts';
import { logDecision } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import type { Permission, Refusal } from '../../verdict/judge.ts';
import type { AuthorizerCall } from './answer.ts';

/** Which check refused it; those of the verdict have names of their own. */
export type Rule = Refusal['rule'] | UnknownRule | 'path-not-nameable';
export type Decided =
  | { code: 'allowed'; who: Who; on?: Partial<Permission> }
  | {
      code: 'forbidden' | 'unauthenticated';
      who: Who;
      on?: Partial<Permission>;
      rule: Rule;
      reason: string;
    };
export type Decision = Decided & { ms: number };

const MAX_LINES = 100;
const SECOND = 1000;
const HERE = { function: 'authorizer' };

type Settings = {
  metrics: Metrics;
  /** 0 to 100. */
  allowedPercent: number;
  /** Milliseconds of a clock that does not go back. */
  clock: () => number;
};

export function decisionLog({ metrics, allowedPercent, clock }: Settings) {
  const write = atMost(MAX_LINES, clock);
  const isSampled = () => Math.random() * 100 < allowedPercent;

  return (call: AuthorizerCall, decision: Decision): void => {
    metrics.time('Milliseconds', HERE, decision.ms);
    if (decision.code === 'allowed') metrics.add('Allowed', HERE);
    else metrics.add('Refused', { ...HERE, rule: decision.rule });
    if (decision.code !== 'allowed' || isSampled()) write(() => lineOf(call, decision));
  };
}

function lineOf({ id, from, ...call }: AuthorizerCall, { who, on, ms, ...decided }: Decision) {
  const isKept = call.kind === 'policy' || (call.kind === 'fields' && call.query === undefined);
  const { resource, action: letter } = on ?? {};
  const { code, ...why } = decided;
  return {
    ...{ code, ...HERE, requestId: id, ...who, ...from },
    ...{ mode: isKept ? 'kept' : 'strict', resource, letter, ...why },
    ms: Math.round(ms * 100) / 100,
  };
}

/** @param clock - In milliseconds. A line is made only where it is written. */
function atMost(lines: number, clock: () => number) {
  let [since, written, withheld] = [Number.NEGATIVE_INFINITY, 0, 0];
  return (line: () => Readonly<Record<string, unknown>>): void => {
    if (clock() - since >= SECOND) [since, written] = [clock(), 0];
    if (written >= lines) {
      withheld += 1;
      return;
    }
    written += 1;
    logDecision({ ...line(), ...(withheld > 0 && { withheld }) });
    withheld = 0;
  };
}
