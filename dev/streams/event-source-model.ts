/**
 * An event source mapping from a table's stream to a function, as the template describes it.
 *
 * @module
 */
import * as v from 'valibot';
import { anything, readProperties } from '../gateway/read-properties.ts';
import type { Stack } from '../template.ts';
import { type Matcher, recordFilter } from './filter.ts';

export interface EventSource {
  id: string;
  table: string;
  streamArn: string;
  functionName: string;
  batchSize: number;
  matches: Matcher;
  /** After the first; Infinity where the template sets none. */
  retries: number;
  bisect: boolean;
  from: 'LATEST' | 'TRIM_HORIZON';
  /** Whether the function says which of its records failed. */
  partial: boolean;
}

const STREAM = /^arn:aws:dynamodb:[^:]*:[^:]*:table\/([^/]+)\/stream\//;

/** Queues feed functions too: dev/sqs. */
const isQueue = (stack: Stack, id: string): boolean =>
  /^arn:[^:]+:sqs:/.test(String(stack.properties(id)['EventSourceArn']));

export const eventSources = (stack: Stack): EventSource[] =>
  stack
    .ofType('AWS::Lambda::EventSourceMapping')
    .filter((id) => !isQueue(stack, id))
    .map((id) => readEventSource(stack, id));

function readEventSource(stack: Stack, id: string): EventSource {
  const properties = readProperties(stack, id, {
    EventSourceArn: v.pipe(v.string(), v.regex(STREAM)),
    FunctionName: v.string(),
    Enabled: v.optional(v.literal(true)),
    StartingPosition: v.picklist(['LATEST', 'TRIM_HORIZON']),
    BatchSize: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(10_000)), 100),
    FilterCriteria: v.optional(
      v.strictObject({ Filters: v.array(v.strictObject({ Pattern: v.string() })) }),
    ),
    // Here a batch is handed on as soon as it is read, and one shard is read by one reader.
    MaximumBatchingWindowInSeconds: anything,
    ParallelizationFactor: anything,
    MaximumRecordAgeInSeconds: anything,
    // What is given up is logged here, in place of a queue.
    DestinationConfig: anything,
    MaximumRetryAttempts: v.optional(v.number(), -1),
    BisectBatchOnFunctionError: v.optional(v.boolean(), false),
    FunctionResponseTypes: v.optional(v.array(v.literal('ReportBatchItemFailures')), []),
    Tags: anything,
  });
  const { EventSourceArn: streamArn, FilterCriteria, MaximumRetryAttempts } = properties;
  const patterns = (FilterCriteria?.Filters ?? []).map(({ Pattern }) => Pattern);
  return {
    id,
    streamArn,
    table: STREAM.exec(streamArn)?.[1] ?? '',
    functionName: properties.FunctionName,
    batchSize: properties.BatchSize,
    matches: recordFilter(patterns, `${stack.name}: ${id}`),
    retries: MaximumRetryAttempts < 0 ? Number.POSITIVE_INFINITY : MaximumRetryAttempts,
    bisect: properties.BisectBatchOnFunctionError,
    from: properties.StartingPosition,
    partial: properties.FunctionResponseTypes.length > 0,
  };
}
