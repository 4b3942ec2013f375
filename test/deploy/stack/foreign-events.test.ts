/** Each function is given what the sources of the others send: a fault, and nothing is done in a table. */
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { beforeAll, expect, inject, test } from 'vitest';
import { EVENTS } from '../../runtime/events.ts';
import { ROOT_CREDENTIALS } from './credentials.ts';
import { deployed } from './prod.ts';
import { resourcesOf } from './stacks.ts';

const { endpoint } = inject('shared');
const aws = { endpoint, region: 'us-east-1', credentials: ROOT_CREDENTIALS };
const lambda = new LambdaClient(aws);
const dynamodb = new DynamoDBClient(aws);
/** The source that a function has, where it is not the HTTP API. */
const SOURCES: Readonly<Record<string, string>> = {
  'latchkey-prod-authorizer': 'authorizer',
  'latchkey-prod-flush': 'stream',
  'latchkey-prod-mail': 'queue',
  'latchkey-prod-notify': 'queue',
  'latchkey-prod-publish': 'queue',
  'latchkey-prod-trail': 'stream',
  'latchkey-prod-rotate': 'rotation',
};
let names: string[];
beforeAll(async () => {
  await deployed();
  names = (await resourcesOf(endpoint, 'latchkey-prod'))
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map(({ physicalId }) => physicalId);
}, 240_000);

async function items(): Promise<string[]> {
  const tables = ['directory', 'sessions'].map((name) => `latchkey-prod-${name}`);
  const scans = tables.map((TableName) => dynamodb.send(new ScanCommand({ TableName })));
  const found = (await Promise.all(scans)).flatMap(({ Items = [] }) => Items);
  return found.map((item) => JSON.stringify(item)).sort();
}

test.each(Object.entries(EVENTS))(
  '%s',
  async (_kind, { source, event }) => {
    const before = await items();
    const foreign = names.filter((name) => (SOURCES[name] ?? 'http') !== source);
    const Payload = JSON.stringify(event);
    const answers = foreign.map(async (FunctionName) => {
      const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Payload }));
      return [FunctionName, FunctionError];
    });
    expect(Object.fromEntries(await Promise.all(answers))).toEqual(
      Object.fromEntries(foreign.map((name) => [name, 'Unhandled'])),
    );
    expect(await items()).toEqual(before);
  },
  60_000,
);
