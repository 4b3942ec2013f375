/**
 * `API_ANSWERS`: what a consuming API wants that differs from the default, since no event says it.
 *
 *   a1b2c3d4e5=300              REST or AppSync: it keeps answers for 300 seconds, so each answer must
 *                               hold for whatever the same caller may ask for in that time
 *   a1b2c3d4e5=300 /cdr /book   likewise, and it serves nothing but these paths and what is below
 *   f6g7h8i9j0=policy           HTTP API, payload 2.0: its authorizer expects IAM policies
 *   *=60                        every API that is not named
 *
 * Entries are separated by commas. The default is `*=0`: each answer is about one request alone.
 *
 * Units:  seconds, at most 3600, as API Gateway allows.
 * Errors: ConfigError for what is none of these.
 *
 * @module
 */
import { ConfigError } from '../../config.ts';

type ApiAnswers = { ttl: number; paths: readonly string[]; policy: boolean };
export type AnswersOf = (apiId: string) => ApiAnswers;

const STRICT: ApiAnswers = { ttl: 0, paths: [], policy: false };

const ENTRY = /^([a-z0-9]+|\*)=(?:(policy)|(\d{1,4})((?: \/\S+)*))$/;

export function parseApiAnswers(text: string): AnswersOf {
  const byApi = new Map<string, ApiAnswers>();
  for (const entry of text.split(',').map((one) => one.trim())) {
    if (entry === '') continue;
    const [, api, policy, ttl = '0', paths = ''] = ENTRY.exec(entry) ?? [];
    if (!api || byApi.has(api) || Number(ttl) > 3600)
      throw new ConfigError('API_ANSWERS must name each API once: <id>=<seconds> or <id>=policy');
    const below = paths.split(' ').filter((path) => path !== '');
    byApi.set(api, { ttl: Number(ttl), paths: below, policy: policy !== undefined });
  }
  const others = byApi.get('*') ?? STRICT;
  return (api) => byApi.get(api) ?? others;
}
