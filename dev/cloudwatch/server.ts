/**
 * A local CloudWatch over the real wire format (AWS JSON 1.0): GetMetricData, of what was counted here, and
 * DescribeAlarms, of which there are none.
 *
 * Answers under a loopback host alone. Not checked: signatures, IAM. NOT here: expressions, other statistics
 * than Sum and Maximum, other periods than an hour, pages.
 *
 * @module
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { type AwsServer, isLoopback, startAwsServer } from '../aws-server.ts';
import type { Counts } from './counts.ts';

const MetricDataQuery = v.strictObject({
  Id: v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9_]*$/)),
  MetricStat: v.strictObject({
    Metric: v.strictObject({
      Namespace: v.string(),
      MetricName: v.string(),
      Dimensions: v.pipe(
        v.array(v.strictObject({ Name: v.string(), Value: v.string() })),
        v.maxLength(30),
      ),
    }),
    Period: v.literal(3600),
    Stat: v.picklist(['Sum', 'Maximum']),
  }),
});
const GetMetricData = v.strictObject({
  MetricDataQueries: v.pipe(v.array(MetricDataQuery), v.maxLength(500)),
  StartTime: v.number(),
  EndTime: v.number(),
});
type Query = v.InferOutput<typeof MetricDataQuery>;
type Asked = v.InferOutput<typeof GetMetricData>;

export const startCloudWatch = (counts: Counts): Promise<AwsServer> =>
  startAwsServer((request, response) => void handle(request, response, counts));

async function handle(request: IncomingMessage, response: ServerResponse, counts: Counts) {
  try {
    if (!isLoopback(request.headers.host)) throw new Error('Only a loopback host is answered.');
    const target = String(request.headers['x-amz-target']);
    if (target === 'GraniteServiceVersion20100801.DescribeAlarms')
      return reply(response, 200, { MetricAlarms: [] });
    if (target !== 'GraniteServiceVersion20100801.GetMetricData')
      return reply(response, 400, { __type: 'UnknownOperationException', message: target });
    const asked = v.parse(GetMetricData, JSON.parse(await text(request)));
    const results = asked.MetricDataQueries.map((query) => resultOf(query, asked, counts));
    reply(response, 200, { MetricDataResults: results, Messages: [] });
  } catch (error) {
    const { message } = error as Error;
    reply(response, 400, { __type: 'ValidationError', message });
  }
}

/** The newest first, as it answers unless it is asked otherwise. */
function resultOf({ Id, MetricStat }: Query, { StartTime, EndTime }: Asked, counts: Counts) {
  const { Metric, Stat } = MetricStat;
  const hours = counts.of({
    namespace: Metric.Namespace,
    name: Metric.MetricName,
    dimensions: Object.fromEntries(Metric.Dimensions.map(({ Name, Value }) => [Name, Value])),
  });
  const found = [...hours]
    .filter(([hour]) => hour >= StartTime && hour < EndTime)
    .sort(([one], [other]) => other - one);
  return {
    Id,
    Label: Metric.MetricName,
    Timestamps: found.map(([hour]) => hour),
    Values: found.map(([, { sum, most }]) => (Stat === 'Sum' ? sum : most)),
    StatusCode: 'Complete',
  };
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(body));
}
