/**
 * Which metrics the statistics are read from. All of them are written anyway; each that is asked for is
 * billed by CloudWatch, so all their values are named here, and none is searched for.
 *
 * @module
 */
import type { Metric } from '../../aws/metric-store.ts';
import { ENDING_EVENTS } from '../../events/count-ends.ts';

/** As infra/metrics.yml has them: routes at which people sign in. */
export const DOORS = [
  'POST /login',
  'POST /user/auth',
  'POST /api/v1/authenticate',
  'POST /oauth/login',
] as const;

/** Why the authorizer refuses a call. */
export const REFUSAL_RULES = [
  'no-credential',
  'malformed-credential',
  'credential-not-valid',
  'session-not-live',
  'scope-without-power',
  'path-of-no-resource',
  'method-without-letter',
  'letter-not-held',
  'path-not-nameable',
] as const;

const AUTHORIZER = { function: 'authorizer' };

/** What is counted, by what: one metric a value. */
export const SERIES = {
  signIns: of('SignedIn', DOORS, (door) => ({ door })),
  signInsRefused: of('NotSignedIn', DOORS, (door) => ({ door })),
  callsAllowed: of('Allowed', ['authorizer'], () => AUTHORIZER),
  callsRefused: of('Refused', REFUSAL_RULES, (rule) => ({ ...AUTHORIZER, rule })),
  sessionsEnded: of('SessionsEnded', ENDING_EVENTS, (event) => ({ function: 'trail', event })),
} as const satisfies Record<string, readonly NamedMetric[]>;

export type NamedMetric = { by: string; metric: Metric };

function of(
  name: string,
  values: readonly string[],
  dimensionsOf: (value: string) => Record<string, string>,
): NamedMetric[] {
  return values.map((by) => ({
    by,
    metric: { name, dimensions: dimensionsOf(by), statistic: 'Sum' },
  }));
}
