/** An order carried out by SES: the real handler and store, and a stand-in that speaks its wire protocol. */
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { LOCAL_CREDENTIALS } from '../../dev/credentials.ts';
import { startSqs } from '../../dev/sqs.ts';
import { resolveStack } from '../../dev/template.ts';
import type { Table } from '../../lib/aws/table.ts';
import type { Tables } from '../../lib/aws/tables.ts';
import { createDomain } from '../../lib/store/directory/domains.ts';
import { saveUser } from '../../lib/store/directory/users.ts';
import { userItem } from '../support/actors/people.ts';
import { startSes } from '../support/running/ses.ts';
import { freshTables } from '../support/running/tables.ts';

const QUEUE = 'https://sqs.us-east-1.amazonaws.com/000000000000/mail';
const TEMPLATE = {
  Resources: { Mail: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'mail' } } },
};

type Handler = (event: object) => Promise<{ batchItemFailures: object[] } | undefined>;
let tables: Tables & { events: Table };
let ses: Awaited<ReturnType<typeof startSes>>;
let sqs: Awaited<ReturnType<typeof startSqs>>;
let handler: Handler;

beforeAll(async () => {
  [tables, ses, sqs] = await Promise.all([
    freshTables(),
    startSes(),
    startSqs(resolveStack(TEMPLATE, { name: 'test' }), { invoke: async () => undefined }),
  ]);
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: inject('dynamodb'),
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    AWS_ENDPOINT_URL_SESV2: ses.endpoint,
    ISSUER: 'https://auth.example.com',
    DIRECTORY_TABLE: tables.directory.name,
    SESSIONS_TABLE: tables.sessions.name,
    EVENTS_TABLE: tables.events.name,
    MAIL_QUEUE: QUEUE,
    MAIL_TRANSPORT: 'ses',
    MAIL_FROM: 'no-reply@example.com',
    SES_CONFIGURATION_SET: 'latchkey',
  });
  vi.resetModules();
  ({ handler } = (await import('../../functions/mail.ts')) as unknown as { handler: Handler });
  await createDomain(tables.directory, { name: 'mydomain.com', disabled: false, generation: 1 });
  const after = userItem({ id: 'joe', names: ['joe'], email: 'joe@example.org' });
  await saveUser(tables.directory, { after });
});
afterAll(() => Promise.all([ses.stop(), sqs.stop()]));

test('the one message that a role permits: from its address, through its configuration set', async () => {
  ses.answers.push({ status: 200, body: { MessageId: 'one' } });
  const body = JSON.stringify({ kind: 'link', purpose: 'reset-password', subject: 'joe' });
  const sentAt = String(Date.now());
  const record = {
    messageId: 'first',
    body,
    receiptHandle: 'unknown',
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: sentAt },
    eventSource: 'aws:sqs',
  };
  expect((await handler({ Records: [record] }))?.batchItemFailures).toEqual([]);
  expect(ses.requests.map(({ method, path }) => [method, path])).toEqual([
    ['POST', '/v2/email/outbound-emails'],
  ]);
  expect(JSON.parse(ses.requests[0]?.body ?? '')).toMatchObject({
    FromEmailAddress: 'no-reply@example.com',
    Destination: { ToAddresses: ['joe@example.org'] },
    ConfigurationSetName: 'latchkey',
  });
});
