/** A mail of the deployed service: an order in the queue, the function with its role, and SES. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateConfigurationSetCommand,
  CreateEmailIdentityCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, expect, inject, test } from 'vitest';
import { findUserId, readUser, saveUser } from '../../../lib/store/directory/users.ts';
import { ROOT_CREDENTIALS } from './credentials.ts';
import { ADMINISTRATOR, settled } from './prod.ts';

const { endpoint } = inject('shared');
const aws = { endpoint, region: 'us-east-1', credentials: ROOT_CREDENTIALS };
const sqs = new SQSClient({ ...aws, useQueueUrlAsEndpoint: false });
const ses = new SESv2Client(aws);
const directory = { client: new DynamoDBClient(aws), name: 'latchkey-prod-directory' };
const TO = 'root@example.org';
let subject: string;

beforeAll(async () => {
  await settled();
  await ses.send(new CreateEmailIdentityCommand({ EmailIdentity: 'example.com' }));
  await ses.send(new CreateConfigurationSetCommand({ ConfigurationSetName: 'latchkey' }));
  subject = (await findUserId(directory, ADMINISTRATOR.username)) ?? '';
  const before = await readUser(directory, subject);
  if (before) await saveUser(directory, { before, after: { ...before, email: TO } });
}, 240_000);

async function sent(): Promise<string> {
  const answer = await fetch(`${endpoint}/_ministack/ses/messages`);
  return answer.text();
}

test('is sent by SES, from the one address that the role permits', async () => {
  const QueueUrl = `${endpoint}/000000000000/latchkey-prod-mail`;
  const order = { kind: 'link', purpose: 'invitation', subject };
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(order) }));
  await expect.poll(sent, { timeout: 60_000 }).toContain(TO);
}, 80_000);
