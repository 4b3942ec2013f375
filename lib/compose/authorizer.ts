/**
 * Wiring of the authorizer: what verifies tokens, what consuming APIs want, and the moment's memory
 * where it is wanted.
 *
 * Errors: ConfigError.
 *
 * @module
 */

import { readCache } from '../aws/read-cache.ts';
import { meterReads } from '../aws/read-meter.ts';
import { readConfig } from '../config.ts';
import { parseApiAnswers } from '../faces/authorizer/api-answers.ts';
import { gatherMetrics } from '../metrics.ts';
import { busiestShare } from '../store/reads/busiest.ts';
import { elapsed } from '../time.ts';
import { tables, tokenServices } from './collaborators.ts';

export function composeAuthorizer() {
  const config = readConfig(process.env, [
    'issuer',
    'audience',
    'directoryTable',
    'sessionsTable',
    'impliedAccess',
    'apiAnswers',
    'verdictCache',
    'metricNamespace',
    'logAllowedPercent',
  ]);
  const both = tables(config);
  const { verdictCache, metricNamespace, logAllowedPercent } = config;
  const clock = elapsed();
  const metrics = gatherMetrics(metricNamespace, clock);
  const cached = verdictCache > 0 ? readCache(verdictCache, clock) : undefined;
  const remember = meterReads({ metrics, clock, shareOf: busiestShare(both.directory) }, cached);
  return {
    tables: { ...both, remember },
    tokens: tokenServices(both.directory, config),
    answersOf: parseApiAnswers(config.apiAnswers),
    verdictCache,
    impliedAccess: config.impliedAccess,
    metricNamespace,
    logAllowedPercent,
    metrics,
    clock,
  };
}
