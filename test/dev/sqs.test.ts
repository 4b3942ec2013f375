/** The local SQS, by the real SDK, and the functions that its queues feed. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startSqs } from '../../dev/sqs.ts';
import { resolveStack, type Template } from '../../dev/template.ts';

const url = (name: string) => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;
const QueueUrl = url('work');
const queue = (QueueName: string, more: object = {}) => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName, ...more },
});
const feed = (more: object = {}) => ({
  Feed: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: { 'Fn::GetAtt': ['Work', 'Arn'] },
      FunctionName: 'worker',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ...more,
    },
  },
});
const redrive = (maxReceiveCount: number) => ({
  RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount },
});

type Records = {
  Records: { messageId: string; body: string; attributes: Record<string, string> }[];
};
type Worker = (event: Records) => unknown;

async function start(resources: Template['Resources'], worker: Worker = () => null) {
  const stack = resolveStack(
    { Resources: { Dead: queue('dead'), ...resources } },
    { name: 'test' },
  );
  const sqs = await startSqs(stack, {
    invoke: async (name, event) => {
      expect(name).toBe('worker');
      return worker(event as Records);
    },
  });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const { endpoint } = sqs;
  const client = new SQSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(async () => {
    client.destroy();
    await sqs.stop();
  });
  const receive = async (from = QueueUrl, more: object = {}) =>
    (await client.send(new ReceiveMessageCommand({ QueueUrl: from, ...more }))).Messages ?? [];
  const send = (MessageBody: string) =>
    client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  return { client, receive, send };
}

describe('a queue', () => {
  test('hides what was received, gives it out again, and forgets what was deleted', async () => {
    const { client, receive, send } = await start({ Work: queue('work') });
    await send('hello ä');
    const [first] = await receive();
    expect(first).toMatchObject({ Body: 'hello ä' });
    expect(await receive()).toEqual([]);

    const { ReceiptHandle } = first ?? {};
    await client.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
    );
    const [second] = await receive();
    expect(second?.MessageId).toBe(first?.MessageId);
    expect(second?.ReceiptHandle).not.toBe(ReceiptHandle);
    const handle = second?.ReceiptHandle;
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: handle }));
    await expect(
      client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl,
          ReceiptHandle: handle,
          VisibilityTimeout: 0,
        }),
      ),
    ).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  });

  test('takes and deletes ten at once', async () => {
    const { client, receive } = await start({ Work: queue('work') });
    const Entries = Array.from({ length: 10 }, (_, index) => ({
      Id: `${index}`,
      MessageBody: `${index}`,
    }));
    const { Successful } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect(Successful).toHaveLength(10);
    const all = await receive(QueueUrl, { MaxNumberOfMessages: 10, VisibilityTimeout: 1 });
    expect(all.map(({ Body }) => Number(Body)).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const gone = all.map(({ MessageId, ReceiptHandle }) => ({ Id: MessageId, ReceiptHandle }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: gone }));
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await receive()).toEqual([]);
  });

  test.each<[string, () => object]>([
    [
      'a queue that is not there',
      () => new SendMessageCommand({ QueueUrl: url('nowhere'), MessageBody: 'x' }),
    ],
    [
      'eleven at once',
      () =>
        new SendMessageBatchCommand({
          QueueUrl,
          Entries: Array.from({ length: 11 }, (_, index) => ({ Id: `${index}`, MessageBody: 'x' })),
        }),
    ],
    [
      'what it does not know',
      () => new SendMessageCommand({ QueueUrl, MessageBody: 'x', DelaySeconds: 5 }),
    ],
  ])('refuses %s', async (_case, command) => {
    const { client } = await start({ Work: queue('work') });
    await expect(client.send(command() as never)).rejects.toThrow();
  });
});

describe('a function that a queue feeds', () => {
  test('gets messages as Lambda gives them, and they are gone when it has not failed', async () => {
    const seen: Records[] = [];
    const { send, receive } = await start({ Work: queue('work'), ...feed() }, (event) => {
      seen.push(event);
      return { batchItemFailures: [] };
    });
    await send('hello');
    await expect.poll(() => seen.length).toBe(1);
    expect(seen[0]?.Records[0]).toMatchObject({
      body: 'hello',
      attributes: { ApproximateReceiveCount: '1' },
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:work',
    });
    expect(await receive(QueueUrl, { VisibilityTimeout: 0 })).toEqual([]);
  });

  test('gets what it failed again, and only that, until it goes to the dead letters', async () => {
    const tries: string[] = [];
    const { client, receive } = await start(
      { Work: queue('work', { VisibilityTimeout: 0, ...redrive(3) }), ...feed() },
      ({ Records }) => {
        tries.push(
          ...Records.map(
            ({ body, attributes }) => `${body}${attributes['ApproximateReceiveCount']}`,
          ),
        );
        const failed = Records.filter(({ body }) => body === 'bad');
        return {
          batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })),
        };
      },
    );
    const Entries = ['bad', 'good'].map((body) => ({ Id: body, MessageBody: body }));
    await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    await expect.poll(() => receive(url('dead'))).toMatchObject([{ Body: 'bad' }]);
    expect(tries.sort()).toEqual(['bad1', 'bad2', 'bad3', 'good1']);
  });

  test.each<[string, Worker]>([
    ['throws', () => Promise.reject(new Error('broken'))],
    ['answers what is no answer', () => ({ batchItemFailures: 'all' })],
  ])('that %s gets the whole batch again', async (_case, worker) => {
    let calls = 0;
    const { send } = await start(
      { Work: queue('work', { VisibilityTimeout: 0, ...redrive(2) }), ...feed() },
      (event) => {
        calls += 1;
        return worker(event);
      },
    );
    await send('x');
    await expect.poll(() => calls).toBe(2);
  });
});

describe('a template is refused', () => {
  test.each<[string, Template['Resources'], RegExp]>([
    [
      'with a property that is not understood',
      { Work: queue('work', { DelaySeconds: 5 }) },
      /DelaySeconds/,
    ],
    [
      'that brings whole batches back',
      { Work: queue('work'), ...feed({ FunctionResponseTypes: [] }) },
      /FunctionResponseTypes/,
    ],
    [
      'with a feed from elsewhere',
      { Work: queue('work'), ...feed({ EventSourceArn: 'arn:aws:sqs:x' }) },
      /no queue/,
    ],
  ])('%s', async (_case, resources, problem) => {
    await expect(start(resources)).rejects.toThrow(problem);
  });
});

describe('a FIFO queue', () => {
  const fifo = () => start({ Work: queue('work.fifo', { FifoQueue: true }) });
  const FIFO = url('work.fifo');
  const message = (MessageBody: string, MessageGroupId: string) => ({
    QueueUrl: FIFO,
    MessageBody,
    MessageGroupId,
    MessageDeduplicationId: MessageBody,
  });

  test('hands out a group in its order, and none of it while one of it is hidden', async () => {
    const { client, receive } = await fifo();
    for (const [body, group] of [
      ['a1', 'a'],
      ['a2', 'a'],
      ['b1', 'b'],
    ] as const)
      await client.send(new SendMessageCommand(message(body, group)));
    const [first] = await receive(FIFO);
    expect(first?.Body).toBe('a1');
    const all = { MaxNumberOfMessages: 10 };
    expect((await receive(FIFO, all)).map(({ Body }) => Body)).toEqual(['b1']);
    const { ReceiptHandle } = first ?? {};
    await client.send(new DeleteMessageCommand({ QueueUrl: FIFO, ReceiptHandle }));
    expect((await receive(FIFO, all)).map(({ Body }) => Body)).toEqual(['a2']);
  });

  test('holds what was sent twice within five minutes once', async () => {
    const { client, receive } = await fifo();
    const [one, other] = [
      await client.send(new SendMessageCommand(message('once', 'a'))),
      await client.send(new SendMessageCommand(message('once', 'a'))),
    ];
    expect(other.MessageId).toBe(one.MessageId);
    expect(await receive(FIFO, { MaxNumberOfMessages: 10 })).toHaveLength(1);
  });

  test('wants a group and a deduplication id', async () => {
    const { client } = await fifo();
    const { MessageGroupId: _, ...nameless } = message('x', 'a');
    await expect(client.send(new SendMessageCommand(nameless))).rejects.toMatchObject({
      name: 'MissingParameter',
    });
  });

  test('has a name that says so, and no other has', async () => {
    await expect(start({ Work: queue('work', { FifoQueue: true }) })).rejects.toThrow('.fifo');
    await expect(start({ Work: queue('work.fifo') })).rejects.toThrow('.fifo');
  });
});
