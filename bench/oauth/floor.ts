/**
 * The least that a token over HTTP can cost: bare node:http, the requests to DynamoDB that the grant
 * sends, in its steps, and the signatures that its answer holds. Nothing is parsed, checked or made of them.
 *
 * @module
 */
import { generateKeyPairSync, type KeyObject, randomBytes, randomUUID, sign } from 'node:crypto';
import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { LOCAL_CREDENTIALS } from '../../dev/credentials.ts';
import { REGION } from '../../dev/names.ts';
import { type Exchange, inSteps } from '../wire.ts';
import { serve } from './bare.ts';
import { answerWith } from './child.ts';
import type { Recorded } from './ours.ts';

const BODY = JSON.stringify({
  access_token: 'x'.repeat(700),
  token_type: 'Bearer',
  expires_in: 3600,
});

const SIGNED = randomBytes(600);
const KEYS = new Map([
  ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
  ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey],
]);

let client: DynamoDBClient;
let server: Awaited<ReturnType<typeof serve>> | undefined;
let steps: (() => Promise<unknown>)[][] = [];
let keys: KeyObject[] = [];

async function start({ endpoint }: { endpoint: string }): Promise<string> {
  client = new DynamoDBClient({ endpoint, region: REGION, credentials: LOCAL_CREDENTIALS });
  server = await serve((incoming, outgoing) => {
    incoming.resume().once('end', async () => {
      for (const step of steps) await Promise.all(step.map((send) => send()));
      for (const key of keys) sign('sha256', SIGNED, key);
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(BODY);
    });
  });
  return server.url;
}

/** The requests and signatures of one grant, from now on. */
async function become({ exchanges, signatures }: Recorded): Promise<void> {
  steps = inSteps(exchanges).map((step) => step.map(sender));
  keys = signatures.map((algorithm) => {
    const key = KEYS.get(algorithm);
    if (!key) throw new Error(`the floor has no ${algorithm}`);
    return key;
  });
}

function sender(exchange: Exchange): () => Promise<unknown> {
  const { action, body } = exchange;
  if (action === 'GetItem') return () => client.send(new GetItemCommand(body));
  if (action === 'BatchGetItem') return () => client.send(new BatchGetItemCommand(body));
  if (action === 'PutItem')
    return () => client.send(new PutItemCommand({ ...body, Item: { ...body.Item, ...fresh() } }));
  if (action === 'TransactWriteItems')
    return () => client.send(new TransactWriteItemsCommand(repeatable(body)));
  throw new Error(`the floor has no ${action}`);
}

const fresh = () => ({ sk: { S: `session#${randomUUID()}` } });

/** What is spent once is spent anew each time: a new item, and a condition that holds. */
function repeatable(body: object): TransactWriteItemsCommandInput {
  const { TransactItems = [] } = body as TransactWriteItemsCommandInput;
  return {
    TransactItems: TransactItems.map(({ Put, Update, ...other }) => {
      if (Put) return { Put: { ...Put, Item: { ...Put.Item, ...fresh() } } };
      if (!Update) return other;
      const { ConditionExpression: _, Key, ExpressionAttributeValues = {}, ...rest } = Update;
      const { ':now': __, ...values } = ExpressionAttributeValues;
      return {
        Update: {
          ...rest,
          Key: { ...Key, pk: { S: `code#${randomUUID()}` } },
          ExpressionAttributeValues: values,
        },
      };
    }),
  };
}

answerWith({ start, become }, async () => server?.stop());
