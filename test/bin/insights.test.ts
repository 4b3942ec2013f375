/**
 * The commands that read a deployment's logs, as far as CloudWatch Logs Insights: over the SDK, against an
 * account on this machine.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Asked, anyOf, type Logs } from '../../bin/logs/asked.ts';
import { EVERY_LOG } from '../../bin/logs/every-log.ts';
import { groupOf, insights } from '../../bin/logs/insights.ts';
import { insightsOf, type LogGroups } from '../support/account/logs.ts';
import { runScript } from './command-line.ts';

const NOW = 1_800_000_000;
const groups: LogGroups = new Map();
const account = insightsOf(groups);
/** Of CloudWatch; without them it knows no such action. */
let alarms: object[] | undefined;
const actions: typeof account.actions = {
  ...account.actions,
  'GraniteServiceVersion20100801.DescribeAlarms': () => {
    if (!alarms) throw new Error('InternalServiceFault');
    return { MetricAlarms: alarms };
  },
};
let endpoint: string;
const server = createServer(async (request, response) => {
  const run = actions[String(request.headers['x-amz-target'])];
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  try {
    if (!run) throw new Error('UnknownOperationException');
    response.end(JSON.stringify(run(JSON.parse(await text(request)))));
  } catch (error) {
    const { name, message } = error as Error;
    response.statusCode = 400;
    response.end(JSON.stringify({ __type: name, message }));
  }
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

let logs: Logs;
beforeEach(() => {
  groups.clear();
  alarms = undefined;
  account.asked.length = 0;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CloudWatchLogsClient({ endpoint, region: 'eu-central-1', credentials });
  logs = insights({ client, stage: 'prod', pause: async () => {} });
});

const put = (log: string, line: object | string, at = NOW) => {
  const name = groupOf('prod', log);
  const lines = groups.get(name) ?? [];
  groups.set(name, lines);
  lines.push({ at: at * 1000, text: typeof line === 'string' ? line : JSON.stringify(line) });
};
const asked = (change: Partial<Asked>): Asked => ({
  logs: ['authorizer', 'access'],
  where: [],
  ...{ from: NOW - 3600, to: NOW + 1, limit: 100 },
  ...change,
});

describe('lines of one call', () => {
  test('are found in every log that is there, in the order of time, and in the span alone', async () => {
    put('authorizer', { requestId: 'a=1', rule: 'letter-not-held' }, NOW - 5);
    put('authorizer', { requestId: 'other' }, NOW - 4);
    put('authorizer', { requestId: 'a=1', rule: 'long-ago' }, NOW - 7200);
    put('access', { requestId: 'a=1', status: '403' }, NOW - 3);
    put('authorizer', 'REPORT RequestId: a=1 Duration: 3 ms');
    const where = [anyOf(['requestId'], 'a=1')];
    expect(await logs.find(asked({ where }))).toEqual([
      {
        at: (NOW - 5) * 1000,
        log: 'authorizer',
        members: { requestId: 'a=1', rule: 'letter-not-held' },
      },
      { at: (NOW - 3) * 1000, log: 'access', members: { requestId: 'a=1', status: '403' } },
    ]);
    expect(logs.missing()).toEqual([]);
  });

  test('are found though a log group is missing, which is said', async () => {
    put('access', { requestId: 'a1' });
    const where = [anyOf(['requestId'], 'a1')];
    expect(await logs.find(asked({ where }))).toHaveLength(1);
    expect(logs.missing()).toEqual(['authorizer']);
  });

  test('are none where no log group is there', async () => {
    expect(await logs.find(asked({}))).toEqual([]);
    expect(logs.missing()).toEqual(['authorizer', 'access']);
    expect(account.asked).toEqual([]);
  });

  test('are found by what is proven and by what is claimed', async () => {
    put('authorizer', { key: 'k1', code: 'forbidden' });
    put('authorizer', { claimed: { key: 'k1' }, code: 'unauthenticated' });
    put('authorizer', { key: 'k2' });
    const where = [anyOf(['key', 'claimed.key'], 'k1')];
    expect(await logs.find(asked({ where }))).toHaveLength(2);
  });
});

test('lines are counted by a member, the most first, and those without it are left out', async () => {
  for (const rule of ['a', 'b', 'b']) put('authorizer', { code: 'forbidden', rule });
  put('authorizer', { code: 'forbidden' });
  put('authorizer', { code: 'allowed', rule: 'c' });
  const where = [anyOf(['code'], 'forbidden', 'unauthenticated')];
  expect(await logs.count(asked({ logs: ['authorizer'], where }), 'rule')).toEqual([
    { value: 'b', lines: 2 },
    { value: 'a', lines: 1 },
  ]);
});

test.each(['a" or 1 = 1', 'a | fields @message', "a'", '', 'a\nb', 'ä'])(
  'nothing of the query language gets into a query: %j',
  (value) => expect(() => anyOf(['requestId'], value)).toThrow(),
);

describe('what was not looked at is no good news', () => {
  const onStage = (...words: string[]) =>
    runScript('bin/latchkey.ts', [...words, '--stage', 'prod', '--region', 'eu-central-1'], {
      ...{ AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    });
  const KEY = `key-${crypto.randomUUID()}`;
  const status = async () => {
    const { code, out } = await onStage('status', '--url', endpoint, '--json');
    return { code, found: JSON.parse(out) as Record<string, unknown> };
  };

  test.each([
    ['used', KEY],
    ['top', '--by', 'key'],
    ['why', 'a1'],
  ])('`%s` without the log group of a function fails, and names it', async (...words) => {
    for (const log of EVERY_LOG) if (log !== 'authorizer') put(log, {});
    expect(await onStage(...words, '--since', '1h')).toMatchObject({
      ...{ code: 1, out: '', err: 'not found out: there is no log group of authorizer\n' },
    });
  });

  test('a stage may be without the log groups of the console and the export', async () => {
    const optional = ['console', 'export'];
    for (const log of EVERY_LOG) if (!optional.includes(log)) put(log, {});
    expect(await onStage('used', KEY, '--since', '1h')).toMatchObject({ code: 0 });
    expect((await status()).found).toMatchObject({ faults: { us: false }, refused: { us: false } });
  });

  test('`status` without log groups, alarms and keys fails, and says of each that it is not known', async () => {
    const { code, found } = await status();
    const unknown = { us: null, said: expect.stringMatching(/^not found out: /) };
    expect(code).toBe(1);
    expect(found).toMatchObject({ alarms: unknown, faults: unknown, keys: unknown });
    expect(found['verdict']).toMatch(/; not found out: alarms, faults, refused, keys$/);
  });

  test('`status` takes no alarm at all for no answer', async () => {
    alarms = [];
    expect((await status()).found).toMatchObject({
      alarms: { us: null, said: 'not found out: there is none; see --stage and --region' },
    });
    alarms = [{ AlarmName: 'latchkey-prod-ApiFaultsAlarm-1A2B', StateValue: 'OK' }];
    expect((await status()).found).toMatchObject({
      alarms: { us: false, said: 'none of 1 is up' },
    });
  });
});
