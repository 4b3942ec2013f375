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
  /** Its ids of messages are those of their group. */
  fifo?: boolean;
}

/** Of a message in a FIFO queue. */
export interface Place {
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

/** Milliseconds. */
const DEDUPLICATION = 300_000;

export function createQueue(options: QueueOptions, clock: () => number): Queue {
  const messages = new Map<string, Message>();
  const listeners: (() => void)[] = [];
  const byReceipt = (receipt: string) =>
    [...messages.values()].find((message) => message.receipt === receipt);

  /** What was sent of late, by group and deduplication id. */
  const sent = new Map<string, Message>();

  const send = (body: string, place?: Place): Message => {
    const twin = place && JSON.stringify([place.group, place.deduplication]);
    const before = twin && sent.get(twin);
    if (before && clock() - before.sentAt < DEDUPLICATION) return before;
    const message: Message = {
      id: randomUUID(),
      body,
      md5: createHash('md5').update(body).digest('hex'),
      sentAt: clock(),
      receives: 0,
      firstReceivedAt: undefined,
      receipt: undefined,
      visibleAt: 0,
      place,
    };
    messages.set(message.id, message);
    if (twin) sent.set(twin, message);
    for (const listener of listeners) listener();
    return message;
  };

  /** @returns Whether it has come back too often, and is elsewhere now. */
  const isDead = (message: Message): boolean => {
    const { redrive } = options;
    if (!redrive || message.receives < redrive.maxReceiveCount) return false;
    messages.delete(message.id);
    redrive.queue().send(message.body, message.place);
    return true;
  };

  /** Of a group none is handed out while an earlier one is hidden. */
  const availableAt = (message: Message): number =>
    message.place === undefined
      ? message.visibleAt
      : Math.max(
          ...[...messages.values()]
            .filter(({ place }) => place?.group === message.place?.group)
            .map(({ visibleAt }) => visibleAt),
        );

  return {
    options,
    send,
    receive(most, visibilityTimeout = options.visibilityTimeout) {
      const now = clock();
      const visible = [...messages.values()].filter((message) => availableAt(message) <= now);
      const taken = visible.filter((message) => !isDead(message)).slice(0, most);
      for (const message of taken) {
        message.receives += 1;
        message.firstReceivedAt ??= now;
        message.receipt = randomUUID();
        message.visibleAt = now + visibilityTimeout * 1000;
      }
      return taken;
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
      messages.size === 0 ? undefined : Math.min(...[...messages.values()].map(availableAt)),
    onSend: (listener) => void listeners.push(listener),
  };
}
