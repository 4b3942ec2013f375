/**
 * The least that a token can cost: the requests to DynamoDB, one hash where a password is checked,
 * and one signature with a key that is ready, in its fastest form.
 *
 * No answer is turned into values or looked at, and what is signed is ready too.
 *
 * @module
 */
import { argon2, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { COST } from '../lib/sign-in/password.ts';
import type { Request } from './wire.ts';

export type Issuance = {
  /** One after another; those within a step side by side. */
  steps: readonly (readonly Request[])[];
  /** `undefined` where none is checked. */
  password: string | undefined;
  /** Header and payload of the token. */
  signed: Buffer;
};

export function issueFloor({ steps, password, signed }: Issuance) {
  const client = new DynamoDBClient({});
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const salt = randomBytes(16);
  return async (): Promise<void> => {
    if (password !== undefined) await hash(password, salt);
    sign('sha256', signed, privateKey);
    for (const step of steps) await Promise.all(step.map((request) => send(client, request)));
  };
}

function hash(message: string, nonce: Buffer): Promise<Buffer> {
  const parameters = { message, nonce, tagLength: 32, ...COST };
  return new Promise((resolve, reject) =>
    argon2('argon2id', parameters, (error, tag) => (error ? reject(error) : resolve(tag))),
  );
}

async function send(client: DynamoDBClient, { action, body }: Request): Promise<void> {
  if (action === 'GetItem') await client.send(new GetItemCommand(body));
  else if (action === 'BatchGetItem') await client.send(new BatchGetItemCommand(body));
  else if (action === 'PutItem') await client.send(new PutItemCommand(anew(body)));
  else if (action === 'TransactWriteItems') {
    // As one of the function's own: not the one that was recorded, sent again.
    const { TransactItems = [] }: Partial<TransactWriteItemsCommandInput> = body;
    const items = TransactItems.map(({ Put, ...others }) => (Put ? { Put: anew(Put) } : others));
    await client.send(new TransactWriteItemsCommand({ TransactItems: items }));
  } else throw new Error(`the floor has no ${action}`);
}

/** Each session and event has a key of its own, and is written only where there is none. */
const anew = <T extends Pick<PutItemCommandInput, 'Item'>>(put: T): T => ({
  ...put,
  Item: { ...put.Item, sk: { S: `${put.Item?.['sk']?.S?.split('#')[0]}#${randomUUID()}` } },
});
