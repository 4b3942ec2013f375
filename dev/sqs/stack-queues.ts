/**
 * The queues of a compiled template, and which function each of them feeds.
 *
 * @module
 */
import * as v from 'valibot';
import { anything, readProperties } from '../gateway/read-properties.ts';
import type { Stack } from '../template.ts';
import type { Feed } from './event-source.ts';
import { createQueue, type Queue } from './queues.ts';

const Redrive = v.strictObject({
  deadLetterTargetArn: v.string(),
  maxReceiveCount: v.number(),
});
/** What SQS takes where nothing is said. */
const VISIBILITY_TIMEOUT = 30;

export function readQueues(stack: Stack, clock: () => number): Queue[] {
  const queues: Queue[] = [];
  for (const id of stack.ofType('AWS::SQS::Queue')) {
    const properties = readProperties(stack, id, {
      QueueName: v.string(),
      VisibilityTimeout: v.optional(v.number(), VISIBILITY_TIMEOUT),
      RedrivePolicy: v.optional(Redrive),
      FifoQueue: v.optional(v.boolean(), false),
      DeduplicationScope: v.optional(v.literal('messageGroup')),
      FifoThroughputLimit: anything,
      MessageRetentionPeriod: anything,
      SqsManagedSseEnabled: anything,
      KmsMasterKeyId: anything,
      Tags: anything,
    });
    const { RedrivePolicy: redrive, VisibilityTimeout: visibilityTimeout } = properties;
    const { FifoQueue: fifo } = properties;
    if (fifo !== properties.QueueName.endsWith('.fifo'))
      throw new Error(`${stack.name}: ${id}: a FIFO queue, and no other, has a name in .fifo`);
    const target = () =>
      queueOf(queues, redrive?.deadLetterTargetArn ?? '', `${stack.name}: ${id}`);
    queues.push(
      createQueue(
        {
          arn: stack.attribute(id, 'Arn'),
          url: stack.ref(id),
          visibilityTimeout,
          fifo,
          redrive: redrive && { queue: target, maxReceiveCount: redrive.maxReceiveCount },
        },
        clock,
      ),
    );
  }
  return queues;
}

/** Streams of tables feed functions too: dev/streams. */
const isQueue = (stack: Stack) => (id: string) =>
  /^arn:[^:]+:sqs:/.test(String(stack.properties(id)['EventSourceArn']));

export const readFeeds = (stack: Stack, queues: readonly Queue[]): Feed[] =>
  stack
    .ofType('AWS::Lambda::EventSourceMapping')
    .filter(isQueue(stack))
    .map((id) => {
      const properties = readProperties(stack, id, {
        EventSourceArn: v.string(),
        FunctionName: v.string(),
        BatchSize: v.optional(v.number(), 10),
        Enabled: v.optional(v.literal(true)),
        ScalingConfig: anything,
        // Without it one failure would bring a whole batch back.
        FunctionResponseTypes: v.tuple([v.literal('ReportBatchItemFailures')]),
        Tags: anything,
      });
      return {
        queue: queueOf(queues, properties.EventSourceArn, `${stack.name}: ${id}`),
        functionName: properties.FunctionName,
        batchSize: properties.BatchSize,
      };
    });

function queueOf(queues: readonly Queue[], arn: string, at: string): Queue {
  const found = queues.find(({ options }) => options.arn === arn);
  if (!found) throw new Error(`${at}: no queue ${arn}`);
  return found;
}
