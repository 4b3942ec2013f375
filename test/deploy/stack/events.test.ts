/** What becomes of an event of the deployed service: the stream, its one reader, a queue, the bus. */
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { beforeAll, expect, inject, test } from 'vitest';
import { signIn } from './callers.ts';
import { command } from './commands.ts';
import { ROOT_CREDENTIALS } from './credentials.ts';
import { ADMINISTRATOR, deployed } from './prod.ts';

const { endpoint } = inject('shared');
const aws = { endpoint, region: 'us-east-1', credentials: ROOT_CREDENTIALS };
const sqs = new SQSClient(aws);
const QueueName = 'whoever-listens';
let QueueUrl: string;

/** A rule of somebody else's on the bus, as docs/events.md invites to. */
beforeAll(async () => {
  await deployed();
  const bus = new EventBridgeClient(aws);
  ({ QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName })));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const EventPattern = JSON.stringify({ 'detail-type': ['session.opened.v1'] });
  const [EventBusName, Rule] = ['latchkey-prod', 'sign-ins'];
  await bus.send(new PutRuleCommand({ EventBusName, Name: Rule, EventPattern }));
  const Targets = [{ Id: 'queue', Arn: Attributes?.QueueArn ?? '' }];
  await bus.send(new PutTargetsCommand({ EventBusName, Rule, Targets }));
}, 240_000);

type Told = { source: string; detail: { id: string; subject: string; seq: number } };

/** By their ids: an event may come twice. */
const heard = new Map<string, Told>();
async function listen(): Promise<number> {
  const wanted = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 };
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(wanted));
  const told = Messages.map(({ Body = '' }) => JSON.parse(Body) as Told);
  for (const event of told) heard.set(event.detail.id, event);
  return heard.size;
}

test('a sign-in is an event that has its number, and a rule on the bus hears of it', async () => {
  await signIn();
  await signIn();
  await expect.poll(listen, { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
  const [one, next] = [...heard.values()].sort((a, b) => a.detail.seq - b.detail.seq);
  expect(one).toMatchObject({
    source: 'latchkey.prod',
    detail: { type: 'session.opened', actor: { username: ADMINISTRATOR.username } },
  });
  expect(next?.detail.subject).toBe(one?.detail.subject);
  expect(next?.detail.seq).toBeGreaterThan(one?.detail.seq ?? Number.NaN);
}, 40_000);

test('an operator has those told again of what the reader gave up, by the letter that Lambda left', async () => {
  const [event] = heard.values();
  const at = new Date(Number(event?.detail.id.slice(0, 14))).toISOString();
  const dead = await sqs.send(new GetQueueUrlCommand({ QueueName: 'latchkey-prod-trail-dead' }));
  const DDBStreamBatchInfo = {
    approximateArrivalOfFirstRecord: at,
    approximateArrivalOfLastRecord: at,
  };
  const MessageBody = JSON.stringify({ DDBStreamBatchInfo });
  await sqs.send(new SendMessageCommand({ QueueUrl: dead.QueueUrl, MessageBody }));
  const said = await command('npm run --silent latchkey -- trail retell --stage prod --json');
  expect(JSON.parse(said)).toMatchObject({ letters: 1, unread: 0 });
  expect(JSON.parse(said).events).toBeGreaterThanOrEqual(1);
}, 40_000);
