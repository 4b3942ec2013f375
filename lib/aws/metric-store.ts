/**
 * Metrics as they were counted, hour by hour. The only module that knows the CloudWatch SDK.
 *
 * Errors: `temporarily_unavailable` when CloudWatch does not answer.
 *
 * @module
 * @see CloudWatch API Reference, GetMetricData: at most 500 metrics a call; what has no value has no
 *      timestamp either; `MetricDataQueries` that are not permitted are said by their status
 */
import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandOutput,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { Fault, unavailable } from '../errors.ts';
import { faultOf } from './fault.ts';

export type MetricStore = { client: CloudWatchClient; namespace: string };
export type Metric = {
  name: string;
  dimensions: Readonly<Record<string, string>>;
  statistic: 'Sum' | 'Maximum';
};
/** Epoch seconds, whole hours; `to` is the end of the last one. */
export type Hours = { from: number; to: number };
/** By the beginning of the hour, epoch seconds; an hour without a value is not there. */
export type ByHour = ReadonlyMap<number, number>;

const HOUR = 3600;
const LIMITS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
};

export const connectMetrics = (namespace: string): MetricStore => ({
  namespace,
  client: new CloudWatchClient(LIMITS),
});

/** @returns Of each metric, in their order. */
export async function readByHour(
  { client, namespace }: MetricStore,
  metrics: readonly Metric[],
  { from, to }: Hours,
): Promise<ByHour[]> {
  const asked = {
    MetricDataQueries: metrics.map((metric, index) => queryOf(namespace, metric, index)),
    StartTime: new Date(from * 1000),
    EndTime: new Date(to * 1000),
  };
  const found = metrics.map(() => new Map<number, number>());
  let NextToken: string | undefined;
  do {
    const page: GetMetricDataCommandOutput = await client
      .send(new GetMetricDataCommand({ ...asked, NextToken }))
      .catch((error: unknown) => {
        throw faultOf('CloudWatch', error);
      });
    for (const result of page.MetricDataResults ?? []) take(found, result);
    ({ NextToken } = page);
  } while (NextToken);
  return found;
}

const queryOf = (Namespace: string, { name, dimensions, statistic }: Metric, index: number) => ({
  Id: `m${index}`,
  MetricStat: {
    Metric: {
      Namespace,
      MetricName: name,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    },
    Period: HOUR,
    Stat: statistic,
  },
});

function take(found: readonly Map<number, number>[], result: MetricDataResult): void {
  const { Id = '', StatusCode, Timestamps = [], Values = [] } = result;
  if (StatusCode === 'Forbidden') throw new Fault('CloudWatch shows no metric to this role');
  if (StatusCode === 'InternalError') throw unavailable('CloudWatch: InternalError');
  const metric = found[Number(Id.slice(1))];
  for (const [index, at] of Timestamps.entries())
    metric?.set(at.getTime() / 1000, Values[index] ?? 0);
}
