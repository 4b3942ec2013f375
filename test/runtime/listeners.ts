/**
 * Who hears of events: the bus, and the bucket to which they are exported, with what signs them.
 *
 * @module
 */
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBuckets } from '../../dev/bucket.ts';
import type { Cleanups } from '../../dev/cleanups.ts';
import { startEventBus } from '../../dev/event-bus.ts';
import type { Invoke } from '../../dev/lambda.ts';
import { startSigningService } from '../../dev/signing-service.ts';
import type { Stack } from '../../dev/template.ts';
import { BUCKET } from './prepare.ts';

export async function startListeners(stack: Stack, invoke: Invoke, closing: Cleanups) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-buckets-'));
  closing.add(() => rmSync(folder, { recursive: true, force: true }));
  const bus = await startEventBus([stack], { invoke });
  closing.add(bus.stop);
  const buckets = await startBuckets(folder);
  closing.add(buckets.stop);
  const signing = await startSigningService(undefined);
  closing.add(signing.stop);
  return {
    eventBridge: bus.endpoint,
    s3: buckets.endpoint,
    kms: signing.endpoint,
    /** Names of the files that are there. */
    exported: () => globSync('**/*.*', { cwd: join(folder, BUCKET) }).sort(),
  };
}
