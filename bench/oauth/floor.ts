/**
 * The least that a token over HTTP can cost: bare node:http, the requests to DynamoDB that the grant
 * sends, one after another, and one ES256 signature. Nothing is parsed, checked or made of them.
 *
 * @module
 */
import { generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';
import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { LOCAL_CREDENTIALS } from '../../dev/credentials.ts';
import { listen } from '../../dev/gateway/server.ts';
import { REGION } from '../../dev/names.ts';
import type { Exchange } from '../wire.ts';
import { answerWith } from './child.ts';
import type { Grant } from './client.ts';

const BODY = JSON.stringify({
  access_token: 'x'.repeat(700),
  token_type: 'Bearer',
  expires_in: 3600,
});

let sends: (() => Promise<unknown>)[] = [];
const server = createServer((incoming, outgoing) => {
  incoming.resume().once('end', async () => {
    for (const send of sends) await send();
    sign('sha256', SIGNED, privateKey);
    outgoing.writeHead(200, { 'content-type': 'application/json' }).end(BODY);
  });
});
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const SIGNED = randomBytes(600);

let client: DynamoDBClient;

async function start({ endpoint }: { endpoint: string }): Promise<string> {
  client = new DynamoDBClient({ endpoint, region: REGION, credentials: LOCAL_CREDENTIALS });
  return `http://127.0.0.1:${await listen(server, 0)}/`;
}

/** The requests of one grant, from now on. */
async function become({ exchanges }: { grant: Grant; exchanges: Exchange[] }): Promise<void> {
  sends = exchanges.map(sender);
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

answerWith({ start, become }, async () => server.close());
