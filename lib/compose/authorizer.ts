/**
 * Wiring of the authorizer: what verifies tokens, what consuming APIs want, and the moment's memory
 * where it is wanted.
 *
 * Errors: ConfigError.
 *
 * @module
 */

import { readCache } from '../aws/read-cache.ts';
import { readConfig } from '../config.ts';
import { parseApiAnswers } from '../faces/authorizer/api-answers.ts';
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
  ]);
  const both = tables(config);
  const { verdictCache, metricNamespace } = config;
  const remember = verdictCache > 0 && readCache(verdictCache, elapsed());
  return {
    tables: remember ? { ...both, remember } : both,
    tokens: tokenServices(both.directory, config),
    answersOf: parseApiAnswers(config.apiAnswers),
    verdictCache,
    impliedAccess: config.impliedAccess,
    metricNamespace,
  };
}
