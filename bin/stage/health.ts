/**
 * What AWS says of how a stage is: where it answers, and which of its alarms are up.
 *
 * @module
 */
import { Failure } from '../commands/failure.ts';
import { asking } from '../deployment.ts';
import { outputOf } from './output.ts';

export type Alarm = { name: string; isUp: boolean; since: string };

/** CloudFormation names each by the stack, its logical id and a suffix. */
const NAME = /^latchkey-.+?-([A-Za-z]+Alarm)-[A-Z0-9]+$/;

export async function alarmsOf(stage: string): Promise<Alarm[]> {
  const { CloudWatchClient, paginateDescribeAlarms } = await import('@aws-sdk/client-cloudwatch');
  const found: Alarm[] = [];
  await asking('stack', `latchkey-${stage}`, async () => {
    const pages = paginateDescribeAlarms(
      { client: new CloudWatchClient({}) },
      { AlarmNamePrefix: `latchkey-${stage}-`, AlarmTypes: ['MetricAlarm'] },
    );
    for await (const { MetricAlarms = [] } of pages)
      for (const { AlarmName = '', StateValue, StateUpdatedTimestamp } of MetricAlarms)
        found.push({
          name: NAME.exec(AlarmName)?.[1] ?? AlarmName,
          isUp: StateValue === 'ALARM',
          since: StateUpdatedTimestamp?.toISOString() ?? '',
        });
  });
  return found;
}

export async function urlOf(stage: string): Promise<string> {
  const url = await outputOf(stage, 'ApiUrl');
  if (url === undefined) throw new Failure(`the stack latchkey-${stage} says no ApiUrl`);
  return url;
}
