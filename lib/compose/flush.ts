/**
 * Wiring of `flush`: the caches that a revocation makes forget. It reads no table.
 *
 * Errors: ConfigError.
 *
 * @module
 */

import { gatewayCaches } from '../aws/gateway-caches.ts';
import { readConfig } from '../config.ts';

export function composeFlush() {
  const { flushApis, flushInterval, metricNamespace } = readConfig(process.env, [
    'flushApis',
    'flushInterval',
    'metricNamespace',
  ]);
  return { caches: gatewayCaches(flushApis), interval: flushInterval, metricNamespace };
}
