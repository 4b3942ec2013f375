/**
 * A local SQS: the actions that the service uses, over the real wire format (AWS JSON 1.0), and the
 * functions that the queues feed.
 *
 * In memory: what is queued when the stack stops is gone. Not checked: signatures, IAM.
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { type AwsServer, startAwsServer } from './aws-server.ts';
import { type FeedOptions, startFeed } from './sqs/event-source.ts';
import type { Message, Queue } from './sqs/queues.ts';
import { readFeeds, readQueues } from './sqs/stack-queues.ts';
import type { Stack } from './template.ts';

export type SqsOptions = Omit<FeedOptions, 'clock' | 'log'> & Partial<FeedOptions>;

class SqsError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const Url = { QueueUrl: v.string() };
const seconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(43_200));
const batchOf = <const T extends v.ObjectEntries>(entries: T) =>
  v.pipe(v.array(v.strictObject({ Id: v.string(), ...entries })), v.minLength(1), v.maxLength(10));

const name = v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,128}$/));
const Content = {
  MessageBody: v.string(),
  MessageGroupId: v.optional(name),
  MessageDeduplicationId: v.optional(name),
};
const Send = v.strictObject({ ...Url, ...Content });
const SendBatch = v.strictObject({ ...Url, Entries: batchOf(Content) });
const Receive = v.strictObject({
  ...Url,
  MaxNumberOfMessages: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(10)), 1),
  VisibilityTimeout: v.optional(seconds),
});
const Delete = v.strictObject({ ...Url, ReceiptHandle: v.string() });
const DeleteBatch = v.strictObject({ ...Url, Entries: batchOf({ ReceiptHandle: v.string() }) });
const Change = v.strictObject({ ...Url, ReceiptHandle: v.string(), VisibilityTimeout: seconds });

const Named = v.object({ QueueName: v.string() });

type Action = (input: unknown, queueAt: (url: string) => Queue) => object;

type Content = v.InferOutput<v.ObjectSchema<typeof Content, undefined>>;

function send(queue: Queue, content: Content) {
  const { MessageBody, MessageGroupId: group, MessageDeduplicationId: deduplication } = content;
  if (!queue.options.fifo) return sent(queue.send(MessageBody));
  if (group === undefined || deduplication === undefined)
    throw new SqsError('MissingParameter', 'A FIFO queue wants a group and a deduplication id.');
  return sent(queue.send(MessageBody, { group, deduplication }));
}

const sent = ({ id, md5 }: Message) => ({ MessageId: id, MD5OfMessageBody: md5 });
const ACTIONS: Record<string, Action> = {
  SendMessage(input, queueAt) {
    const { QueueUrl, ...content } = parse(Send, input);
    return send(queueAt(QueueUrl), content);
  },
  SendMessageBatch(input, queueAt) {
    const { QueueUrl, Entries } = parse(SendBatch, input);
    const queue = queueAt(QueueUrl);
    const done = Entries.map(({ Id, ...content }) => ({ Id, ...send(queue, content) }));
    return { Successful: done, Failed: [] };
  },
  GetQueueUrl(input, queueAt) {
    const { QueueName } = parse(Named, input);
    return { QueueUrl: queueAt(QueueName).options.url };
  },
  ReceiveMessage(input, queueAt) {
    const { QueueUrl, MaxNumberOfMessages, VisibilityTimeout } = parse(Receive, input);
    const taken = queueAt(QueueUrl).receive(MaxNumberOfMessages, VisibilityTimeout);
    return {
      Messages: taken.map(({ id, body, md5, receipt }) => ({
        MessageId: id,
        ReceiptHandle: receipt,
        Body: body,
        MD5OfBody: md5,
      })),
    };
  },
  DeleteMessage(input, queueAt) {
    const { QueueUrl, ReceiptHandle } = parse(Delete, input);
    queueAt(QueueUrl).remove(ReceiptHandle);
    return {};
  },
  DeleteMessageBatch(input, queueAt) {
    const { QueueUrl, Entries } = parse(DeleteBatch, input);
    const queue = queueAt(QueueUrl);
    for (const { ReceiptHandle } of Entries) queue.remove(ReceiptHandle);
    return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
  },
  ChangeMessageVisibility(input, queueAt) {
    const { QueueUrl, ReceiptHandle, VisibilityTimeout } = parse(Change, input);
    if (!queueAt(QueueUrl).hide(ReceiptHandle, VisibilityTimeout))
      throw new SqsError('ReceiptHandleIsInvalid', 'The receipt handle is not valid.');
    return {};
  },
};

function parse<const S extends v.GenericSchema>(schema: S, input: unknown): v.InferOutput<S> {
  const { success, output, issues } = v.safeParse(schema, input);
  if (success) return output;
  throw new SqsError('InvalidParameterValue', `${v.getDotPath(issues[0])}: ${issues[0].message}`);
}

export async function startSqs(stack: Stack, options: SqsOptions): Promise<AwsServer> {
  const { clock = Date.now, log = () => {}, invoke } = options;
  const queues = readQueues(stack, clock);
  /** By its URL, or its name. */
  const queueAt = (place: string): Queue => {
    const found = queues.find(({ options: { url } }) => `/${url}`.endsWith(`/${place}`));
    if (!found) throw new SqsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return found;
  };
  const { endpoint, stop } = await startAwsServer(
    (request, response) => void handle(request, response, queueAt),
  );
  const feeds = readFeeds(stack, queues).map((feed) => startFeed(feed, { clock, log, invoke }));
  return {
    endpoint,
    stop: async () => {
      await Promise.all(feeds.map((stopFeed) => stopFeed()));
      await stop();
    },
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  queueAt: (url: string) => Queue,
): Promise<void> {
  try {
    const name = /^AmazonSQS\.(\w+)$/.exec(String(request.headers['x-amz-target']))?.[1] ?? '';
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (!action) throw new SqsError('UnsupportedOperation', `${name} is not supported`);
    reply(response, 200, action(JSON.parse(await text(request)), queueAt));
  } catch (error) {
    const code = error instanceof SqsError ? error.code : 'InvalidParameterValue';
    reply(response, 400, {
      __type: `com.amazonaws.sqs#${code}`,
      message: (error as Error).message,
    });
  }
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': randomUUID(),
  });
  response.end(JSON.stringify(body));
}
