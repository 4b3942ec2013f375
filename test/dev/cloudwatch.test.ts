/** The local CloudWatch: it counts what is logged as the real one does, and answers its own SDK. */
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AwsServer } from '../../dev/aws-server.ts';
import { matchesPattern } from '../../dev/cloudwatch/filter-pattern.ts';
import { type Meter, meter } from '../../dev/cloudwatch/meter.ts';
import { startCloudWatch } from '../../dev/cloudwatch/server.ts';
import type { GatewayRequest } from '../../dev/gateway/request.ts';
import { resolveStack } from '../../dev/template.ts';

const PATTERN =
  '{ ($.route = "POST /login" || $.route = "POST /oauth/login") && ($.status = "200" || $.status = "303") }';
const stack = resolveStack(
  {
    Resources: {
      Filter: {
        Type: 'AWS::Logs::MetricFilter',
        Properties: {
          LogGroupName: '/aws/http-api/latchkey-dev',
          FilterPattern: PATTERN,
          MetricTransformations: [
            {
              MetricNamespace: 'latchkey-dev',
              MetricName: 'SignedIn',
              MetricValue: '1',
              Dimensions: [{ Key: 'door', Value: '$.route' }],
            },
          ],
        },
      },
    },
  },
  { name: 'latchkey-dev' },
);

let counted: Meter;
let server: AwsServer;
let client: CloudWatchClient;
beforeAll(async () => {
  counted = meter(stack);
  server = await startCloudWatch(counted.counts);
  client = new CloudWatchClient({
    region: 'us-east-1',
    endpoint: server.endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});
afterAll(() => server.stop());

const HOUR = 3600_000;
const NOON = Date.UTC(2030, 0, 1, 12);
async function sums(name: string, dimensions: Record<string, string>, Stat = 'Sum') {
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(NOON - HOUR),
      EndTime: new Date(NOON + HOUR),
      MetricDataQueries: [
        {
          Id: 'm0',
          MetricStat: {
            Metric: {
              Namespace: 'latchkey-dev',
              MetricName: name,
              Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
            },
            Period: 3600,
            Stat,
          },
        },
      ],
    }),
  );
  const [{ Timestamps = [], Values = [] } = {}] = MetricDataResults;
  return Timestamps.map((at, index) => [at.getTime() - NOON, Values[index]]);
}
const line = (at: number, count: number) =>
  `latchkey-dev-authorizer: ${JSON.stringify({
    function: 'authorizer',
    rule: 'no-credential',
    Refused: count,
    Milliseconds: [2, 9],
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [
        {
          Namespace: 'latchkey-dev',
          Dimensions: [['function', 'rule']],
          Metrics: [
            { Name: 'Refused', Unit: 'Count' },
            { Name: 'Milliseconds', Unit: 'Milliseconds' },
          ],
        },
      ],
    },
  })}`;

test('sums by the hour what lines say of themselves, the newest hour first', async () => {
  for (const [at, count] of [
    [NOON - 1, 1],
    [NOON, 2],
    [NOON + 1, 3],
    [NOON + HOUR, 9],
  ] as const)
    counted.line(line(at, count));
  counted.line('latchkey-dev-authorizer: no JSON');
  counted.line('a line of something else');
  const of = { function: 'authorizer', rule: 'no-credential' };
  expect(await sums('Refused', of)).toEqual([
    [0, 5],
    [-HOUR, 1],
  ]);
  expect(await sums('Milliseconds', of, 'Maximum')).toEqual([
    [0, 9],
    [-HOUR, 9],
  ]);
});

test('a metric is its exact dimensions: fewer of them are another', async () =>
  expect(await sums('Refused', { function: 'authorizer' })).toEqual([]));

test('counts calls by the filters of the template', async () => {
  const call = (route: string, status: number) =>
    counted.call({ time: NOON } as GatewayRequest, { route, status, headers: [], body: '' });
  call('POST /login', 200);
  call('POST /login', 401);
  call('POST /oauth/login', 303);
  call('GET /login', 200);
  expect(await sums('SignedIn', { door: 'POST /login' })).toEqual([[0, 1]]);
  expect(await sums('SignedIn', { door: 'POST /oauth/login' })).toEqual([[0, 1]]);
  expect(await sums('SignedIn', { door: 'GET /login' })).toEqual([]);
});

test('refuses what it does not know, rather than answer nothing', async () => {
  await expect(sums('Refused', {}, 'Average')).rejects.toThrow();
  const { status } = await fetch(server.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'GraniteServiceVersion20100801.PutMetricData' },
    body: '{}',
  });
  expect(status).toBe(400);
});

describe('a filter pattern', () => {
  const of = (members: object) => matchesPattern(PATTERN, JSON.stringify(members));
  test.each([
    [{ route: 'POST /login', status: '200' }, true],
    [{ route: 'POST /oauth/login', status: '303' }, true],
    [{ route: 'POST /login', status: '401' }, false],
    [{ route: 'GET /', status: '200' }, false],
    [{ status: '200' }, false],
    [{}, false],
  ])('%j: %s', (members, is) => expect(of(members)).toBe(is));

  test('* stands for any text, and nothing else in a value has a meaning', () => {
    expect(matchesPattern('{ $.status = "4*" }', '{"status":"404"}')).toBe(true);
    expect(matchesPattern('{ $.status = "4*" }', '{"status":"500"}')).toBe(false);
    expect(matchesPattern('{ $.status = "4.4" }', '{"status":"404"}')).toBe(false);
  });
  test('&& binds before ||', () => {
    const pattern = '{ $.a = "1" || $.b = "1" && $.c = "1" }';
    expect(matchesPattern(pattern, '{"a":"1"}')).toBe(true);
    expect(matchesPattern(pattern, '{"b":"1"}')).toBe(false);
  });
  test('matches no line that is no JSON', () =>
    expect(matchesPattern('{ $.a = "1" }', 'a = 1')).toBe(false));
  test.each(['{ $.a }', '{ $.a = "1" && }', '{ ($.a = "1" }', '{ $.a > 1 }', '[a]', ''])(
    'that is not understood is an error: %s',
    (pattern) => expect(() => matchesPattern(pattern, '{}')).toThrow('not understood'),
  );
});
