/**
 * What was counted in the whole deployment, as the admin API shows it.
 *
 * @module
 */
import type * as v from 'valibot';
import { json } from '../../http/response.ts';
import { readStatistics } from '../../manage/statistics/read.ts';
import { type Handler, readQuery } from './call.ts';
import { type Statistics, StatisticsQuery } from './counted.ts';

const show: Handler = async (call) => {
  const { metrics, administrator, now } = call;
  const { span } = readQuery(StatisticsQuery, call);
  const found: v.InferOutput<typeof Statistics> = await readStatistics(
    metrics,
    administrator,
    span,
    now,
  );
  return json(200, found);
};

export const statistics = { show };
