/** A mail of the deployed service: an order in the queue, the function with its role, and SES. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, expect, inject, test } from 'vitest';
import { findUserId } from '../../../lib/store/directory/login-owners.ts';
import { readUser, saveUser } from '../../../lib/store/directory/users.ts';
import { ROOT_CREDENTIALS } from './credentials.ts';
import { mailsTo, sendsMail } from './mailbox.ts';
import { ADMINISTRATOR } from './prod.ts';

const { endpoint } = inject('shared');
const aws = { endpoint, region: 'us-east-1', credentials: ROOT_CREDENTIALS };
const sqs = new SQSClient({ ...aws, useQueueUrlAsEndpoint: false });
const directory = { client: new DynamoDBClient(aws), name: 'latchkey-prod-directory' };
const TO = 'root@example.org';
let subject: string;

beforeAll(async () => {
  await sendsMail();
  subject = (await findUserId(directory, ADMINISTRATOR.username)) ?? '';
  const before = await readUser(directory, subject);
  if (before) await saveUser(directory, { before, after: { ...before, email: TO } });
}, 240_000);

test('is sent by SES, from the one address that the role permits', async () => {
  const QueueUrl = `${endpoint}/000000000000/latchkey-prod-mail`;
  const order = { kind: 'link', purpose: 'invitation', subject };
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(order) }));
  await expect.poll(() => mailsTo(TO), { timeout: 60_000 }).not.toEqual([]);
}, 80_000);
