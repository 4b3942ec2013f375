/**
 * Standard queues in memory: a message that was received is hidden for a while, comes back unless it
 * is deleted, and goes to the dead-letter queue when it has come back too often.
 *
 * Units: milliseconds, but seconds in what SQS calls timeouts.
 * Not kept: order, and the messages of a stack that has stopped.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
 *
 * @module
 */
import { createHash, randomUUID } from 'node:crypto';

export interface QueueOptions {
  arn: string;
  url: string;
  /** Seconds. */
  visibilityTimeout: number;
  redrive?: { queue: () => Queue; maxReceiveCount: number } | undefined;
}

export interface Message {
  id: string;
  body: string;
  md5: string;
  sentAt: number;
  receives: number;
  firstReceivedAt: number | undefined;
  /** Of the last receive; older handles are worth nothing. */
  receipt: string | undefined;
  visibleAt: number;
}

export interface Queue {
  readonly options: QueueOptions;
  send(body: string): Message;
  /** Up to so many that are visible. */
  receive(most: number, visibilityTimeout?: number): Message[];
  /** @returns Whether the handle was the last one of a message. */
  remove(receipt: string): boolean;
  hide(receipt: string, seconds: number): boolean;
  /** When the next message can be received; undefined for an empty queue. */
  nextAt(): number | undefined;
  onSend(listener: () => void): void;
}

export function createQueue(options: QueueOptions, clock: () => number): Queue {
  const messages = new Map<string, Message>();
  const listeners: (() => void)[] = [];
  const byReceipt = (receipt: string) =>
    [...messages.values()].find((message) => message.receipt === receipt);

  return {
    options,
    send(body) {
      const message = messageOf(body, clock());
      messages.set(message.id, message);
      for (const listener of listeners) listener();
      return message;
    },
    receive(most, visibilityTimeout = options.visibilityTimeout) {
      const now = clock();
      const visible = [...messages.values()].filter(({ visibleAt }) => visibleAt <= now);
      const taken = visible.filter((message) => !isBuried(message, messages, options));
      return taken.slice(0, most).map((message) => received(message, now, visibilityTimeout));
    },
    remove(receipt) {
      const found = byReceipt(receipt);
      return found !== undefined && messages.delete(found.id);
    },
    hide(receipt, seconds) {
      const found = byReceipt(receipt);
      if (found) found.visibleAt = clock() + seconds * 1000;
      return found !== undefined;
    },
    nextAt: () =>
      messages.size === 0
        ? undefined
        : Math.min(...[...messages.values()].map(({ visibleAt }) => visibleAt)),
    onSend: (listener) => void listeners.push(listener),
  };
}

const messageOf = (body: string, now: number): Message => ({
  id: randomUUID(),
  body,
  md5: createHash('md5').update(body).digest('hex'),
  sentAt: now,
  receives: 0,
  firstReceivedAt: undefined,
  receipt: undefined,
  visibleAt: 0,
});

/** @returns Whether it has come back too often, and is elsewhere now. */
function isBuried(
  message: Message,
  messages: Map<string, Message>,
  { redrive }: QueueOptions,
): boolean {
  if (!redrive || message.receives < redrive.maxReceiveCount) return false;
  messages.delete(message.id);
  redrive.queue().send(message.body);
  return true;
}

/** The same message, hidden from now on. */
function received(message: Message, now: number, visibilityTimeout: number): Message {
  message.receives += 1;
  message.firstReceivedAt ??= now;
  message.receipt = randomUUID();
  message.visibleAt = now + visibilityTimeout * 1000;
  return message;
}
