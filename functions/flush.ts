/**
 * Makes API Gateway forget what the authorizer answered, after a revocation. No revocation waits for
 * it or fails with it; where it is late or does not succeed, the TTL of the cache is the bound.
 *
 * In:     records of the streams of both tables (lib/store/stream.ts)
 * Out:    nothing; one flush of each registered cache, however many records there are
 * Errors: thrown where a flush may succeed later, so that the records come again, a few times.
 *         A cache that is not there any more is a line in the log. An event of another source is a fault.
 *
 * @module
 * @see docs/authorizer.md, the mode `flush`
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayCache } from '../lib/aws/gateway-caches.ts';
import { recordsOf } from '../lib/aws/records.ts';
import { composeFlush } from '../lib/compose/flush.ts';
import { toAuthError, unavailable } from '../lib/errors.ts';
import { counted, logFault, logNotice } from '../lib/log.ts';
import { isRevocation, type StreamRecord } from '../lib/store/stream.ts';

const { caches, interval, metricNamespace } = composeFlush();
const HERE = { function: 'flush' };
let flushedAt = Number.NEGATIVE_INFINITY;

export const handler = async (event: { Records: StreamRecord[] }): Promise<void> => {
  const records = recordsOf(event, 'aws:dynamodb');
  if (caches.length === 0 || !records.some(isRevocation)) return;
  // What comes meanwhile waits in the stream, and is served by the next flush in one go.
  const early = flushedAt + interval * 1000 - performance.now();
  if (early > 0) await sleep(early);
  flushedAt = performance.now();
  const results = await Promise.all(caches.map(flushOne));
  logNotice('flushed', { ...HERE, records: records.length, caches: caches.length });
  if (results.includes('failed')) throw unavailable('a cache was not flushed');
};

async function flushOne({ arn, flush }: GatewayCache): Promise<'done' | 'failed'> {
  try {
    await flush();
    return 'done';
  } catch (error) {
    const isGone = (error as Error).name === 'NotFoundException';
    const fault = counted(metricNamespace, 'Faults', { ...HERE, cache: arn });
    logFault(toAuthError(error), fault);
    return isGone ? 'done' : 'failed';
  }
}
