/** The embedded DynamoDB: start, stop, what is kept, and that it ends with its parent. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { LOCAL_CREDENTIALS } from '../../dev/credentials.ts';
import { lockDataDir } from '../../dev/data-dir.ts';
import { startDynamoDb } from '../../dev/dynamodb.ts';
import { createTables } from '../../dev/tables.ts';
import { resolveStack } from '../../dev/template.ts';

const TEMPLATE = {
  Resources: {
    Sessions: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'sessions',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        DeletionProtectionEnabled: true,
      },
    },
  },
} as const;
const stack = resolveStack(TEMPLATE as never, { name: 'test' });

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'latchkey-db-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function clientOf(endpoint: string): DynamoDBClient {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: LOCAL_CREDENTIALS,
  });
  onTestFinished(() => client.destroy());
  return client;
}

const refused = async (endpoint: string) => {
  try {
    await fetch(endpoint, { method: 'POST' });
    return false;
  } catch {
    return true;
  }
};

test('it makes the tables of the template with their TTL, and making them again is no error', async () => {
  const database = await startDynamoDb();
  onTestFinished(database.stop);
  await createTables(database.endpoint, stack);
  expect(await createTables(database.endpoint, stack)).toEqual({ Sessions: 'sessions' });
  const ttl = await clientOf(database.endpoint).send(
    new DescribeTimeToLiveCommand({ TableName: 'sessions' }),
  );
  expect(ttl.TimeToLiveDescription).toMatchObject({ AttributeName: 'expiresAt' });
});

test('with a folder the data is there after a restart, and stop leaves nothing running', async () => {
  const dataDir = folder();
  const first = await startDynamoDb({ dataDir });
  await createTables(first.endpoint, stack);
  await first.stop();
  expect(await refused(first.endpoint)).toBe(true);
  const second = await startDynamoDb({ dataDir });
  onTestFinished(second.stop);
  const { TableNames } = await clientOf(second.endpoint).send(new ListTablesCommand({}));
  expect(TableNames).toEqual(['sessions']);
});

test('it does not survive a kill -9 of its parent', async () => {
  const script = `
    import { startDynamoDb } from ${JSON.stringify(new URL('../../dev/dynamodb.ts', import.meta.url))};
    console.log((await startDynamoDb({ dataDir: process.argv[1] })).endpoint);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script, folder()]);
  const endpoint = await new Promise<string>((resolve) => {
    parent.stdout.setEncoding('utf8').once('data', (line: string) => resolve(line.trim()));
  });
  expect(await refused(endpoint)).toBe(false);
  parent.kill('SIGKILL');
  await expect.poll(() => refused(endpoint), { timeout: 3000 }).toBe(true);
});

test('an engine that cannot start says why', async () => {
  const { endpoint } = await taken();
  const port = Number(new URL(endpoint).port);
  await expect(startDynamoDb({ engine: 'dynoxide', port })).rejects.toThrow(
    /^dynoxide did not start/,
  );
});

async function taken() {
  const database = await startDynamoDb();
  onTestFinished(database.stop);
  return database;
}

test('a data folder is for one process, and a lock left behind does not count', async () => {
  const dir = folder();
  const holder = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    `import { lockDataDir } from ${JSON.stringify(new URL('../../dev/data-dir.ts', import.meta.url))};
     lockDataDir(process.argv[1]); console.log('locked'); setInterval(() => {}, 1000);`,
    dir,
  ]);
  await new Promise((resolve) => holder.stdout.once('data', resolve));
  expect(() => lockDataDir(dir)).toThrow(`is in use by process ${holder.pid}`);
  holder.kill('SIGKILL');
  await new Promise((resolve) => holder.once('exit', resolve));
  lockDataDir(dir)();
});

test('Lock: a zombie holds no data folder, and neither does another program with its number', async () => {
  const dir = folder();
  const holder = `import { lockDataDir } from ${JSON.stringify(new URL('../../dev/data-dir.ts', import.meta.url))};
    lockDataDir(process.argv[1]); process.kill(process.pid, 'SIGKILL');`;
  // A parent that never asks how its child ended: that of the killed stack in a container.
  const parent = spawn('sh', [
    '-c',
    '"$0" --input-type=module -e "$1" "$2" & echo $!; exec sleep 60',
    process.execPath,
    holder,
    dir,
  ]);
  onTestFinished(() => void parent.kill('SIGKILL'));
  const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
  await expect
    .poll(() => spawnSync('ps', ['-o', 'stat=', '-p', String(pid)]).stdout.toString()[0])
    .toBe('Z');
  expect(readFileSync(join(dir, 'lock'), 'utf8')).toMatch(`${pid} `);
  lockDataDir(dir)();

  for (const left of [
    `${process.ppid} 1`,
    `${process.ppid}`,
    '1',
    '',
    '-1 0',
    'text',
    `${pid} undefined`,
  ]) {
    writeFileSync(join(dir, 'lock'), left);
    lockDataDir(dir)();
  }
});

test('a table of an earlier start gets the index that the template has since', async () => {
  const database = await startDynamoDb();
  onTestFinished(database.stop);
  const client = clientOf(database.endpoint);
  await createTables(database.endpoint, stack);
  await client.send(
    new PutItemCommand({
      TableName: 'sessions',
      Item: { pk: { S: 'of before' }, list: { S: 'all' } },
    }),
  );
  const indexed = structuredClone(TEMPLATE) as {
    Resources: { Sessions: { Properties: Record<string, unknown> } };
  };
  Object.assign(indexed.Resources.Sessions.Properties, {
    AttributeDefinitions: ['pk', 'list'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byList',
        KeySchema: [{ AttributeName: 'list', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  });
  for (let starts = 0; starts < 2; starts++)
    await createTables(database.endpoint, resolveStack(indexed as never, { name: 'test' }));
  const { Items } = await client.send(
    new QueryCommand({
      TableName: 'sessions',
      IndexName: 'byList',
      KeyConditionExpression: '#list = :all',
      ExpressionAttributeNames: { '#list': 'list' },
      ExpressionAttributeValues: { ':all': { S: 'all' } },
    }),
  );
  expect(Items).toEqual([{ pk: { S: 'of before' }, list: { S: 'all' } }]);
});
