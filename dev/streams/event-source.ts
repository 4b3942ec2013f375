/**
 * Runs event source mappings: reads each shard of a table's stream in order, filters, and invokes the
 * function with batches, again until it succeeds or its attempts are used up.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Invoke } from '../lambda.ts';
import { REGION } from '../names.ts';
import type { EventSource } from './event-source-model.ts';
import { type Read, type StreamRecord, streams } from './wire.ts';

export interface EventSourceOptions {
  endpoint: string;
  invoke: Invoke;
  log?: ((line: string) => void) | undefined;
  /** Milliseconds between two looks at an idle shard, and before another attempt. */
  interval?: number;
}

type Run = Required<Omit<EventSourceOptions, 'endpoint' | 'log'>> & {
  source: EventSource;
  wire: ReturnType<typeof streams>;
  signal: AbortSignal;
  log: (line: string) => void;
  report: (error: unknown) => undefined;
};

/** @returns What ends it, once the invocation under way has ended. */
export async function runEventSource(
  source: EventSource,
  { endpoint, invoke, log = () => {}, interval = 100 }: EventSourceOptions,
): Promise<() => Promise<void>> {
  const aborter = new AbortController();
  const { signal } = aborter;
  const wire = streams(endpoint, signal);
  const report = (error: unknown): undefined => {
    if (!signal.aborted) log(`${source.id}: ${(error as Error).message}`);
  };
  const run = { source, wire, signal, invoke, interval, log, report };
  const readers = await readShards(run);
  return async () => {
    aborter.abort();
    await Promise.all(readers);
  };
}

/** @returns What reads each shard, and looks for new ones. */
async function readShards(run: Run): Promise<Promise<void>[]> {
  const { source, wire, signal, interval, report } = run;
  const stream = await wire.find(source.table);
  if (!stream) throw new Error(`${source.id}: the table ${source.table} has no stream`);
  const known = new Set<string>();
  const readers: Promise<void>[] = [];
  const begin = async (from: EventSource['from']) => {
    for (const shard of await wire.shards(stream)) {
      if (known.has(shard)) continue;
      known.add(shard);
      readers.push(readShard(run, await wire.iterator(stream, shard, from)));
    }
  };
  const look = async () => {
    while (!signal.aborted) {
      await pause(interval * 10, signal);
      // A shard that came later has nothing that was there before.
      if (!signal.aborted) await begin('TRIM_HORIZON').catch(report);
    }
  };
  await begin(source.from);
  readers.push(look());
  return readers;
}

async function readShard(run: Run, from: string): Promise<void> {
  const { source, wire, signal, interval, report } = run;
  let next: string | undefined = from;
  while (next && !signal.aborted) {
    const read: Read | undefined = await wire.records(next, source.batchSize).catch(report);
    const batch = read?.records.filter(source.matches) ?? [];
    if (batch.length > 0) await deliver(run, batch);
    // What could not be read is asked for again.
    if (read) next = read.next;
    if (!read?.records.length) await pause(interval, signal);
  }
}

async function deliver(run: Run, batch: StreamRecord[], attempt = 0): Promise<void> {
  const { source, signal, invoke, interval, log } = run;
  const left = await failedOf(source, batch, invoke, log);
  if (left.length === 0 || signal.aborted) return;
  if (attempt >= source.retries)
    return log(`${source.id}: gave up ${left.length} records after ${attempt + 1} attempts`);
  await pause(interval, signal);
  if (!source.bisect || left.length === 1) return deliver(run, left, attempt + 1);
  const half = Math.ceil(left.length / 2);
  await deliver(run, left.slice(0, half), attempt + 1);
  await deliver(run, left.slice(half), attempt + 1);
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  sleep(milliseconds, undefined, { signal }).catch(() => {});

/** @returns The records that have to be delivered again. */
async function failedOf(
  source: EventSource,
  batch: StreamRecord[],
  invoke: Invoke,
  log: (line: string) => void,
): Promise<StreamRecord[]> {
  const Records = batch.map((record) => ({
    ...record,
    awsRegion: REGION,
    eventSourceARN: source.streamArn,
  }));
  try {
    const answer = await invoke(source.functionName, { Records });
    if (!source.partial) return [];
    const { batchItemFailures = [] } = (answer ?? {}) as {
      batchItemFailures?: { itemIdentifier?: unknown }[];
    };
    const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    if (failed.length === 0) return [];
    // Of a stream all from the first failure on come again; an unknown one means all of them.
    const first = batch.findIndex(({ dynamodb }) => failed.includes(dynamodb.SequenceNumber));
    return batch.slice(Math.max(0, first));
  } catch (error) {
    log(`${source.id}: ${(error as Error).message}`);
    return batch;
  }
}
