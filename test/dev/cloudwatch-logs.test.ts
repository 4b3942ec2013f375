/** The local CloudWatch Logs: lines are kept as functions write them, and its own SDK finds them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudWatchLogsClient,
  GetQueryResultsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AwsServer } from '../../dev/aws-server.ts';
import { startLogs } from '../../dev/cloudwatch/log-server.ts';
import { type Meter, meter } from '../../dev/cloudwatch/meter.ts';
import { resolveStack } from '../../dev/template.ts';
import { connectLogs, findLines } from '../../lib/aws/log-store.ts';

const GROUP = '/aws/lambda/latchkey-dev-authorizer';
const EARLIER = Date.UTC(2020, 0, 1);
let folder: string;
let kept: Meter;
let server: AwsServer;
let client: CloudWatchLogsClient;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-log-'));
  const before = { at: EARLIER, log: 'authorizer', members: { requestId: 'a1', code: 'before' } };
  writeFileSync(join(folder, 'log.ndjson'), `${JSON.stringify(before)}\n{"at":`);
  kept = meter(resolveStack({ Resources: {} }, { name: 'latchkey-dev' }), folder);
  kept.line('latchkey-dev-authorizer: {"requestId":"a1","code":"forbidden"}');
  kept.line('latchkey-dev-authorizer: {"requestId":"b2","code":"forbidden"}');
  kept.line('latchkey-dev-login: {"requestId":"a1","code":"signed_in"}');
  kept.line('latchkey-dev-authorizer: no JSON');
  server = await startLogs(kept.lines);
  client = new CloudWatchLogsClient({
    region: 'us-east-1',
    endpoint: server.endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const find = (from: number, value = 'a1', limit = 10) => {
  const span = { from: Math.floor(from / 1000), to: Math.ceil(Date.now() / 1000) };
  return findLines(
    { ...connectLogs(GROUP), client },
    { member: 'requestId', value, ...span, limit },
  );
};

test('a line is found by the value of a member, in its own log alone, and within its time', async () => {
  const lines = await find(Date.now() - 60_000);
  expect(lines.map(({ members }) => members)).toEqual([{ requestId: 'a1', code: 'forbidden' }]);
  expect(Math.abs((lines[0]?.at ?? 0) - Date.now())).toBeLessThan(60_000);
});

test('what an earlier start has left in the log comes first', async () => {
  const lines = await find(EARLIER);
  expect(lines.map(({ members }) => members['code'])).toEqual(['before', 'forbidden']);
  expect(lines[0]?.at).toBe(EARLIER);
  expect(await find(EARLIER, 'a1', 1)).toHaveLength(1);
  expect(await find(EARLIER, 'c3')).toEqual([]);
});

test.each(['a" | limit 10', 'a|b', '', 'a b'])(
  'a value of %j is never asked for',
  async (value) => {
    await expect(find(EARLIER, value)).rejects.toThrow('no word');
  },
);

test('a query is running at the first look, as the real one mostly is', async () => {
  const queryString =
    'fields @timestamp, @message | filter requestId = "a1" | sort @timestamp asc | limit 1';
  const asked = { logGroupName: GROUP, startTime: 0, endTime: 1, queryString };
  const { queryId } = await client.send(new StartQueryCommand(asked));
  const look = () => client.send(new GetQueryResultsCommand({ queryId }));
  expect([(await look()).status, (await look()).status]).toEqual(['Running', 'Complete']);
});

test('any other query is refused, not answered wrongly', async () => {
  const asked = { logGroupName: GROUP, startTime: 0, endTime: 1, queryString: 'stats count(*)' };
  await expect(client.send(new StartQueryCommand(asked))).rejects.toThrow('not understood');
  await expect(client.send(new GetQueryResultsCommand({ queryId: 'none' }))).rejects.toThrow();
});
