/**
 * Queues in memory: a message that was received is hidden for a while, comes back unless it is deleted,
 * and goes to the dead-letter queue when it has come back too often. In a FIFO queue it holds up those of
 * its group meanwhile, and one that was sent twice within five minutes is there once.
 *
 * Units: milliseconds, but seconds in what SQS calls timeouts.
 * Not kept: the order of a standard queue, and the messages of a stack that has stopped.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
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
  /** In order for each group. */
  fifo?: boolean;
}

/** Of a message in a FIFO queue. */
interface Place {
  group: string;
  deduplication: string;
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
  place: Place | undefined;
}

export interface Queue {
  readonly options: QueueOptions;
  send(body: string, place?: Place): Message;
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
  const lately = new Map<string, Message>();
  const listeners: (() => void)[] = [];
  const byReceipt = (receipt: string) =>
    [...messages.values()].find((message) => message.receipt === receipt);

  return {
    options,
    send(body, place) {
      const before = place && lately.get(nameOf(place));
      if (before && clock() - before.sentAt < DEDUPLICATION) return before;
      const message = messageOf(body, place, clock());
      if (place) lately.set(nameOf(place), message);
      messages.set(message.id, message);
      for (const listener of listeners) listener();
      return message;
    },
    receive(most, visibilityTimeout = options.visibilityTimeout) {
      const now = clock();
      const visible = [...messages.values()].filter(
        (message) => availableAt(message, messages) <= now,
      );
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
        : Math.min(...[...messages.values()].map((one) => availableAt(one, messages))),
    onSend: (listener) => void listeners.push(listener),
  };
}

/** Milliseconds. */
const DEDUPLICATION = 300_000;
const nameOf = ({ group, deduplication }: Place): string => JSON.stringify([group, deduplication]);

/** Of a group none is handed out while another one is hidden. */
const availableAt = (
  { place, visibleAt }: Message,
  messages: ReadonlyMap<string, Message>,
): number =>
  place === undefined
    ? visibleAt
    : Math.max(
        ...[...messages.values()]
          .filter((other) => other.place?.group === place.group)
          .map((other) => other.visibleAt),
      );

const messageOf = (body: string, place: Place | undefined, now: number): Message => ({
  id: randomUUID(),
  body,
  md5: createHash('md5').update(body).digest('hex'),
  sentAt: now,
  receives: 0,
  firstReceivedAt: undefined,
  receipt: undefined,
  visibleAt: 0,
  place,
});

/** @returns Whether it has come back too often, and is elsewhere now. */
function isBuried(
  message: Message,
  messages: Map<string, Message>,
  { redrive }: QueueOptions,
): boolean {
  if (!redrive || message.receives < redrive.maxReceiveCount) return false;
  messages.delete(message.id);
  redrive.queue().send(message.body, message.place);
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
