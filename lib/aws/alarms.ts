/**
 * How alarms of CloudWatch stand, of those that are named: to ask for all is to be told of every alarm of
 * the account.
 *
 * Units:  `since` is epoch seconds.
 * Errors: `temporarily_unavailable` when CloudWatch does not answer.
 *
 * @module
 * @see CloudWatch API Reference, DescribeAlarms: at most 100 names, and a permission of a narrower scope than
 *      all, where no composite alarm is asked for
 */
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { faultOf } from './fault.ts';
import type { MetricStore } from './metric-store.ts';

/** `unknown`: too little was measured to say. `what` it tells of. */
export type Alarm = {
  name: string;
  what: string;
  state: 'alarm' | 'ok' | 'unknown';
  since: number;
};
const STATES = { ALARM: 'alarm', OK: 'ok', INSUFFICIENT_DATA: 'unknown' } as const;

/** @returns In the order of their names. Those that are not there are left out. */
export async function readAlarms(
  { client }: Pick<MetricStore, 'client'>,
  names: readonly string[],
): Promise<Alarm[]> {
  if (names.length === 0) return [];
  const asked = {
    AlarmNames: [...names],
    AlarmTypes: ['MetricAlarm' as const],
    MaxRecords: names.length,
  };
  const { MetricAlarms = [] } = await client
    .send(new DescribeAlarmsCommand(asked))
    .catch((error: unknown) => {
      throw faultOf('CloudWatch', error);
    });
  return MetricAlarms.map(({ AlarmName = '', AlarmDescription = '', ...alarm }) => ({
    name: AlarmName,
    what: AlarmDescription,
    state: STATES[alarm.StateValue ?? 'INSUFFICIENT_DATA'],
    since: Math.floor(
      Number(alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp) / 1000,
    ),
  })).sort((one, other) => one.name.localeCompare(other.name, 'en'));
}
