/** What the requests of the SDK ask of IAM: the actions, resources and context that AWS documents. */
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GetAccountCommand, SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { describe, expect, test } from 'vitest';
import type { Decision } from './decision.ts';
import { decisionsOf } from './wire.ts';

type Sent = { method: string; path: string; headers: Record<string, string>; body: string };

/** As the SDK itself writes it. */
async function sent(command: object, service = 'dynamodb'): Promise<Decision[]> {
  let request: Sent | undefined;
  const requestHandler = {
    handle: (given: unknown) => {
      request = given as Sent;
      return Promise.reject(new Error('seen'));
    },
  };
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const Client = service === 'ses' ? SESv2Client : DynamoDBClient;
  const client = new Client({
    region: 'us-east-1',
    credentials,
    requestHandler,
    maxAttempts: 1,
  });
  await (client as DynamoDBClient).send(command as GetItemCommand).catch(() => undefined);
  if (!request) throw new Error('nothing was sent');
  const target = request.headers['x-amz-target'] ?? '';
  return decisionsOf(service, { ...request, target });
}

const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'x' } });
const TableName = 'sessions';

test('GetItem: its key, and all attributes unless it says which', async () => {
  expect(await sent(new GetItemCommand({ TableName, Key: key('a#1') }))).toEqual([
    {
      action: 'dynamodb:GetItem',
      resource: 'table/sessions',
      context: {
        'dynamodb:LeadingKeys': ['a#1'],
        'dynamodb:Attributes': ['pk', 'sk'],
        'dynamodb:Select': ['ALL_ATTRIBUTES'],
      },
    },
  ]);
  const some = new GetItemCommand({ TableName, Key: key('a'), ProjectionExpression: 'ip, a.b[0]' });
  expect((await sent(some))[0]?.context).toMatchObject({
    'dynamodb:Attributes': ['a', 'ip', 'pk', 'sk'],
    'dynamodb:Select': ['SPECIFIC_ATTRIBUTES'],
  });
});

test('Query: the partition, of the index if it asks one, and every attribute that it names', async () => {
  const query = {
    TableName,
    IndexName: 'byList',
    KeyConditionExpression: '#l = :l AND begins_with(#s, :p)',
    FilterExpression: 'ip = :ip AND (attribute_not_exists(gone) OR size(names) > :n)',
    ExpressionAttributeNames: { '#l': 'list', '#s': 'listSort' },
    ExpressionAttributeValues: {
      ':l': { S: 'users' },
      ':p': { S: 'a' },
      ':ip': { S: 'b' },
      ':n': { N: '1' },
    },
    Select: 'COUNT',
  } as const;
  expect(await sent(new QueryCommand(query))).toEqual([
    {
      action: 'dynamodb:Query',
      resource: 'table/sessions/index/byList',
      context: {
        'dynamodb:LeadingKeys': ['users'],
        'dynamodb:Attributes': ['gone', 'ip', 'list', 'listSort', 'names'],
        'dynamodb:Select': ['COUNT'],
      },
    },
  ]);
});

test('an update names what it sets, adds, removes and asks about, and what it wants back', async () => {
  const update = new UpdateItemCommand({
    TableName,
    Key: key('u'),
    UpdateExpression:
      'SET passwordHash = :h, #c = if_not_exists(seen, :z) ADD version :one REMOVE old',
    ConditionExpression: 'attribute_exists(pk) AND NOT kind IN (:h, :z)',
    ExpressionAttributeNames: { '#c': 'count' },
    ExpressionAttributeValues: { ':h': { S: '' }, ':z': { N: '0' }, ':one': { N: '1' } },
    ReturnValues: 'ALL_NEW',
  });
  const attributes = ['count', 'kind', 'old', 'passwordHash', 'pk', 'seen', 'sk', 'version'];
  expect((await sent(update))[0]?.context).toEqual({
    'dynamodb:LeadingKeys': ['u'],
    'dynamodb:Attributes': attributes,
    'dynamodb:ReturnValues': ['ALL_NEW'],
  });
});

test('a put names every attribute of its item', async () => {
  const put = new PutItemCommand({ TableName, Item: { ...key('u'), ip: { S: '' } } });
  expect((await sent(put))[0]?.context).toMatchObject({
    'dynamodb:Attributes': ['ip', 'pk', 'sk'],
  });
});

describe('a transaction', () => {
  test('is each of its parts, said to be within it', async () => {
    const condition = { ConditionExpression: 'attribute_exists(pk)' };
    const update = {
      UpdateExpression: 'SET a = :a',
      ExpressionAttributeValues: { ':a': { S: '' } },
    };
    const decisions = await sent(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName: 'directory', Item: key('p') } },
          { Update: { TableName, Key: key('u'), ...update } },
          { Delete: { TableName, Key: key('d') } },
          { ConditionCheck: { TableName, Key: key('c'), ...condition } },
        ],
      }),
    );
    expect(
      decisions.map(({ action, resource, context }) => [
        action,
        resource,
        context['dynamodb:LeadingKeys'],
        context['dynamodb:EnclosingOperation'],
      ]),
    ).toEqual([
      ['dynamodb:PutItem', 'table/directory', ['p'], ['TransactWriteItems']],
      ['dynamodb:UpdateItem', 'table/sessions', ['u'], ['TransactWriteItems']],
      ['dynamodb:DeleteItem', 'table/sessions', ['d'], ['TransactWriteItems']],
      ['dynamodb:ConditionCheckItem', 'table/sessions', ['c'], ['TransactWriteItems']],
    ]);
  });

  test('of reads is so too', async () => {
    const [first] = await sent(
      new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName, Key: key('a') } }] }),
    );
    expect(first).toMatchObject({
      action: 'dynamodb:GetItem',
      context: { 'dynamodb:EnclosingOperation': ['TransactGetItems'] },
    });
  });

  test('with a part that is not known is an error', () => {
    const body = JSON.stringify({ TransactItems: [{ Truncate: {} }] });
    const target = 'DynamoDB_20120810.TransactWriteItems';
    const request = { method: 'POST', path: '/', target, body };
    expect(() => decisionsOf('dynamodb', request)).toThrow('not understood');
  });
});

describe('a batch', () => {
  test('of reads asks each table, with the keys of all', async () => {
    const RequestItems = {
      directory: { Keys: [key('login#a')] },
      sessions: { Keys: [key('attempts#a')] },
    };
    const decisions = await sent(new BatchGetItemCommand({ RequestItems }));
    const keys = { 'dynamodb:LeadingKeys': ['attempts#a', 'login#a'] };
    expect(decisions).toMatchObject([
      { action: 'dynamodb:BatchGetItem', resource: 'table/directory', context: keys },
      { action: 'dynamodb:BatchGetItem', resource: 'table/sessions', context: keys },
    ]);
  });

  test('of writes does so too', async () => {
    const RequestItems = {
      sessions: [{ PutRequest: { Item: key('a') } }, { DeleteRequest: { Key: key('b') } }],
    };
    expect(await sent(new BatchWriteItemCommand({ RequestItems }))).toMatchObject([
      {
        action: 'dynamodb:BatchWriteItem',
        resource: 'table/sessions',
        context: { 'dynamodb:LeadingKeys': ['a', 'b'] },
      },
    ]);
  });
});

describe('another service', () => {
  const ask = (service: string, more: object) =>
    decisionsOf(service, { method: 'POST', path: '/', target: '', body: '{}', ...more });

  test.each([
    ['sqs', { target: 'AmazonSQS.SendMessageBatch' }, 'sqs:SendMessage', 'queue:logouts'],
    [
      'sqs',
      { target: 'AmazonSQS.ChangeMessageVisibility' },
      'sqs:ChangeMessageVisibility',
      'queue:logouts',
    ],
    [
      'secretsmanager',
      { target: 'secretsmanager.PutSecretValue' },
      'secretsmanager:PutSecretValue',
      'secret:keys',
    ],
    [
      'apigateway',
      { method: 'DELETE', path: '/v2/apis/a1/stages/%24default/cache/authorizers' },
      'apigateway:DELETE',
      '/apis/a1/stages/$default/cache/authorizers',
    ],
    ['s3', { method: 'PUT', path: '/audit/a' }, 's3:PutObject', 'file:/audit/a'],
    ['s3', { method: 'GET', path: '/audit/a' }, 's3:GetObject', 'file:/audit/a'],
    [
      'monitoring',
      { target: 'Watch.DescribeAlarms', body: '{"AlarmNames":["slow"]}' },
      'cloudwatch:DescribeAlarms',
      'alarm:slow',
    ],
    ['monitoring', { target: 'Watch.DescribeAlarms' }, 'cloudwatch:DescribeAlarms', '*'],
    ['logs', { target: 'Logs.StartQuery' }, 'logs:StartQuery', 'log-group:of-a-query'],
    ['sns', { path: '/topic' }, 'sns:', '/topic'],
  ])('%s %j is %s on %s', (service, more, action, resource) => {
    const body = JSON.stringify({ QueueUrl: 'https://sqs/0/logouts', SecretId: 'keys' });
    expect(ask(service, { body, ...more })).toMatchObject([{ action, resource }]);
  });
});

describe('a mail by SES', () => {
  const mail = {
    FromEmailAddress: 'no-reply@example.com',
    Destination: { ToAddresses: ['joe@example.org'] },
    Content: { Raw: { Data: Buffer.from('x') } },
  };
  const asked = (command: object) => sent(command, 'ses');

  test('its sender, by either identity, and its configuration set; never whom it is for', async () => {
    const all = await asked(new SendEmailCommand({ ...mail, ConfigurationSetName: 'latchkey' }));
    const resources = [
      'identity/no-reply@example.com',
      'identity/example.com',
      'configuration-set/latchkey',
    ];
    const context = { 'ses:FromAddress': ['no-reply@example.com'] };
    expect(all).toEqual(
      resources.flatMap((resource) => [
        { action: 'ses:SendEmail', resource, context },
        { action: 'ses:SendRawEmail', resource, context },
      ]),
    );
    expect(await asked(new SendEmailCommand(mail))).toHaveLength(4);
  });

  test('anything else is what no role permits', async () =>
    expect(await asked(new GetAccountCommand({}))).toEqual([
      { action: 'ses:', resource: '/v2/email/account', context: {} },
    ]));
});
