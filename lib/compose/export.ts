/**
 * Wiring of `export`.
 *
 * Errors: ConfigError.
 *
 * @module
 */
import { connectBucket } from '../aws/bucket.ts';
import { connectSigner } from '../aws/signer.ts';
import { connect } from '../aws/table.ts';
import { readConfig } from '../config.ts';
import type { ExportServices } from '../events/export-hours.ts';
import { now } from './collaborators.ts';

export function composeExport(): ExportServices {
  const config = readConfig(process.env, [
    'eventsTable',
    'eventSource',
    'exportBucket',
    'exportKey',
    'exportLockDays',
    'metricNamespace',
  ]);
  return {
    events: { client: connect(), name: config.eventsTable },
    bucket: connectBucket(config.exportBucket),
    signer: connectSigner(config.exportKey),
    source: config.eventSource,
    lockDays: config.exportLockDays,
    metricNamespace: config.metricNamespace,
    now,
  };
}
