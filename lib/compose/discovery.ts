/**
 * Wiring of `discovery`: the public half of the signing keys.
 *
 * Errors: ConfigError, at the start of the function.
 *
 * @module
 */

import { connect, type Table } from '../aws/table.ts';
import { readConfig } from '../config.ts';
import { gatherMetrics } from '../metrics.ts';
import { readPublicKeys } from '../store/directory/public-keys.ts';
import { elapsed } from '../time.ts';
import { now } from './collaborators.ts';

export function composeDiscovery() {
  const config = readConfig(process.env, [
    'issuer',
    'directoryTable',
    'keyPropagation',
    'metricNamespace',
  ]);
  const metrics = gatherMetrics(config.metricNamespace, elapsed());
  const directory: Table = { client: connect(), name: config.directoryTable };
  return { ...config, metrics, readPublicKeys: () => readPublicKeys(directory), now };
}
