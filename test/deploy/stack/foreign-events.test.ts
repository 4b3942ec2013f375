/** Each function is given what the sources of the others send: an error or a 404, and nothing is done. */
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { beforeAll, expect, inject, test } from 'vitest';
import { ROOT_CREDENTIALS } from './credentials.ts';
import { deployed } from './prod.ts';
import { resourcesOf } from './stacks.ts';

const { endpoint } = inject('shared');
const aws = { endpoint, region: 'us-east-1', credentials: ROOT_CREDENTIALS };
const lambda = new LambdaClient(aws);
const dynamodb = new DynamoDBClient(aws);
let names: string[];
beforeAll(async () => {
  await deployed();
  names = (await resourcesOf(endpoint, 'latchkey-prod'))
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map(({ physicalId }) => physicalId);
}, 240_000);

const http = {
  requestId: 'r',
  stage: '$default',
  http: { method: 'GET', path: '/nowhere', sourceIp: '127.0.0.1', userAgent: 'test' },
};
const arn = (service: string, resource: string) =>
  `arn:aws:${service}:us-east-1:000000000000:${resource}`;
const EVENTS: Record<string, object> = {
  nothing: {},
  'a call of another route': {
    ...{ version: '2.0', routeKey: 'GET /nowhere', rawPath: '/nowhere', rawQueryString: '' },
    ...{ headers: {}, requestContext: http, isBase64Encoded: false },
  },
  'a question for an authorizer': {
    ...{
      version: '2.0',
      type: 'REQUEST',
      routeArn: arn('execute-api', 'abc/$default/GET/nowhere'),
    },
    ...{ routeKey: 'GET /nowhere', rawPath: '/nowhere', rawQueryString: '', headers: {} },
    requestContext: { ...http, apiId: 'abc', routeKey: 'GET /nowhere' },
  },
  'a message of another queue': {
    Records: [
      {
        ...{ messageId: '1', receiptHandle: 'x', body: '{"subject":"x"', messageAttributes: {} },
        ...{ attributes: { ApproximateReceiveCount: '1' }, eventSource: 'aws:sqs' },
        eventSourceARN: arn('sqs', 'other'),
      },
    ],
  },
  'a change of another table': {
    Records: [
      {
        ...{ eventID: '1', eventName: 'INSERT', eventSource: 'aws:dynamodb' },
        dynamodb: { Keys: { pk: { S: 'x' }, sk: { S: 'session#1' } }, SequenceNumber: '1' },
        eventSourceARN: arn('dynamodb', 'table/other/stream/1'),
      },
    ],
  },
  'a rotation of another secret': {
    ...{ Step: 'createSecret', SecretId: arn('secretsmanager', 'secret:other-abcdef') },
    ClientRequestToken: '11111111-1111-1111-1111-111111111111',
  },
  'a step of a rotation that nobody knows': { Step: 'deleteSecret' },
  'the time': { version: '0', 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {} },
};

async function items(): Promise<string[]> {
  const tables = ['directory', 'sessions'].map((name) => `latchkey-prod-${name}`);
  const scans = tables.map((TableName) => dynamodb.send(new ScanCommand({ TableName })));
  const found = (await Promise.all(scans)).flatMap(({ Items = [] }) => Items);
  return found.map((item) => JSON.stringify(item)).sort();
}

/** @returns What the function answers: the text of an error, a status, or what a queue gets. */
async function answerOf(FunctionName: string, event: object): Promise<string> {
  const Payload = JSON.stringify(event);
  const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload }));
  const body = JSON.parse(answer.Payload?.transformToString() || 'null');
  if (answer.FunctionError) return body.errorMessage;
  return body?.statusCode ? String(body.statusCode) : JSON.stringify(body);
}

/** By the function's name, where it is no 404. */
const EXPECTED: Record<string, (kind: string) => string> = {
  // Not allowed to come in; and what is no question at all is a fault.
  authorizer: (kind) => (/^a (call|question)/.test(kind) ? 'Unauthorized' : 'fault'),
  // A message that makes no sense is tried again, and ends among the dead letters.
  notify: (kind) =>
    /queue/.test(kind)
      ? '{"batchItemFailures":[{"itemIdentifier":"1"}]}'
      : 'not an event of aws:sqs',
  // What is new takes nothing away from anybody.
  flush: (kind) => (/table/.test(kind) ? 'null' : 'not an event of aws:dynamodb'),
  rotate: (kind) =>
    /another secret/.test(kind)
      ? 'the version to rotate to is not staged'
      : 'an unknown rotation step',
};

test.each(Object.entries(EVENTS))(
  '%s',
  async (kind, event) => {
    const before = await items();
    const answers = names.map(async (name) => [name, await answerOf(name, event)] as const);
    const short = (name: string) => name.replace('latchkey-prod-', '');
    expect(Object.fromEntries(await Promise.all(answers))).toEqual(
      Object.fromEntries(names.map((name) => [name, EXPECTED[short(name)]?.(kind) ?? '404'])),
    );
    expect(await items()).toEqual(before);
  },
  60_000,
);
