/** The local CloudWatch: it counts what is logged as the real one does, and answers its own SDK. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AwsServer } from '../../dev/aws-server.ts';
import { matchesPattern } from '../../dev/cloudwatch/filter-pattern.ts';
import { type Meter, meter } from '../../dev/cloudwatch/meter.ts';
import { startCloudWatch } from '../../dev/cloudwatch/server.ts';
import { resolveStack } from '../../dev/template.ts';

const PATTERN = '{ $.code = "signed_in" || $.code = "let_in" }';
const stack = resolveStack(
  {
    Resources: {
      Filter: {
        Type: 'AWS::Logs::MetricFilter',
        Properties: {
          LogGroupName: '/aws/lambda/latchkey-dev-login',
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
      Timed: {
        Type: 'AWS::Logs::MetricFilter',
        Properties: {
          LogGroupName: '/aws/lambda/latchkey-dev-login',
          FilterPattern: '{ $.ms > 0 }',
          MetricTransformations: [
            { MetricNamespace: 'latchkey-dev', MetricName: 'Took', MetricValue: '$.ms' },
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

test('counts lines of a function by the filters of the template', async () => {
  const said = (name: string, members: object) =>
    counted.line(`latchkey-dev-${name}: ${JSON.stringify(members)}`);
  const before = Math.floor(Date.now() / HOUR) * HOUR - NOON;
  said('login', { code: 'signed_in', route: 'POST /login' });
  said('login', { code: 'let_in', route: 'POST /login' });
  said('login', { code: 'invalid_credentials', route: 'POST /login' });
  said('signin', { code: 'signed_in', route: 'POST /login' });
  const now = { namespace: 'latchkey-dev', name: 'SignedIn', dimensions: { door: 'POST /login' } };
  const hours = [...counted.counts.of(now)];
  expect(hours.map(([, { sum }]) => sum)).toEqual([2]);
  expect(hours[0]?.[0]).toBeGreaterThanOrEqual((before + NOON) / 1000);
});

test('takes a value from the line where the filter says so', () => {
  for (const ms of [7, 0, 5]) counted.line(`latchkey-dev-login: ${JSON.stringify({ ms })}`);
  const of = { namespace: 'latchkey-dev', name: 'Took', dimensions: {} };
  expect([...counted.counts.of(of).values()]).toEqual([{ sum: 12, most: 7 }]);
});

test('counts what an earlier start has left in the log, but not half a line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-log-'));
  const [name, json] = line(NOON, 4).split(/: (.*)/s);
  const kept = {
    at: NOON,
    log: name?.replace('latchkey-dev-', ''),
    members: JSON.parse(json ?? ''),
  };
  writeFileSync(join(folder, 'log.ndjson'), `${JSON.stringify(kept)}\n{"at":1,"lo`);
  const again = meter(stack, folder);
  const dimensions = { function: 'authorizer', rule: 'no-credential' };
  const hours = again.counts.of({ namespace: 'latchkey-dev', name: 'Refused', dimensions });
  expect([...hours.values()].map(({ sum }) => sum)).toEqual([4]);
  rmSync(folder, { recursive: true });
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
    [{ code: 'signed_in' }, true],
    [{ code: 'let_in', other: 1 }, true],
    [{ code: 'signed_in_too' }, false],
    [{ other: 'signed_in' }, false],
    [{}, false],
  ])('%j: %s', (members, is) => expect(of(members)).toBe(is));
  test('matches no line that is no JSON', () =>
    expect(matchesPattern(PATTERN, 'code = signed_in')).toBe(false));
  test.each(['{ $.a }', '{ $.a = "1" && $.b = "1" }', '{ $.a > 1 }', '[a]', ''])(
    'that is not understood is an error: %s',
    (pattern) => expect(() => matchesPattern(pattern, '{}')).toThrow('not understood'),
  );
});
