/**
 * Makes API Gateway forget what the authorizer answered, after a revocation. No revocation waits for
 * it or fails with it; where it is late or does not succeed, the TTL of the cache is the bound.
 *
 * Errors: `temporarily_unavailable` where a flush may succeed later, so that the records come again, a
 *         few times. A cache that is not there any more is a line in the log.
 *
 * @module
 * @see docs/authorizer.md, the mode `flush`
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayCache } from '../aws/gateway-caches.ts';
import { toAuthError, unavailable } from '../errors.ts';
import { logFault, logNotice } from '../log.ts';
import { countedOnce } from '../metrics.ts';
import { isRevocation, type StreamRecord } from '../store/stream.ts';

export type FlushServices = {
  caches: readonly GatewayCache[];
  /** Seconds from one flush to the next, at least. */
  interval: number;
  metricNamespace: string;
};

const HERE = { function: 'flush' };

/** @returns One flush of each cache, however many records there are. */
export function flusher({ caches, interval, metricNamespace }: FlushServices) {
  let flushedAt = Number.NEGATIVE_INFINITY;

  return async (records: readonly StreamRecord[]): Promise<void> => {
    if (caches.length === 0 || !records.some(isRevocation)) return;
    // What comes meanwhile waits in the stream, and is served by the next flush in one go.
    const early = flushedAt + interval * 1000 - performance.now();
    if (early > 0) await sleep(early);
    flushedAt = performance.now();
    const results = await Promise.all(caches.map((cache) => flushOne(cache, metricNamespace)));
    logNotice('flushed', { ...HERE, records: records.length, caches: caches.length });
    if (results.includes('failed')) throw unavailable('a cache was not flushed');
  };
}

async function flushOne(
  { arn, flush }: GatewayCache,
  metricNamespace: string,
): Promise<'done' | 'failed'> {
  try {
    await flush();
    return 'done';
  } catch (error) {
    const isGone = (error as Error).name === 'NotFoundException';
    const fault = countedOnce(metricNamespace, 'Faults', { ...HERE, cache: arn });
    logFault(toAuthError(error), fault);
    return isGone ? 'done' : 'failed';
  }
}
