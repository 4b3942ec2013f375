/**
 * What was counted in the whole deployment, as the admin API shows it.
 *
 * @module
 */
import type * as v from 'valibot';
import { json } from '../../http/response.ts';
import { listAlarms } from '../../manage/statistics/alarms.ts';
import { readStatistics } from '../../manage/statistics/read.ts';
import { type Handler, readQuery } from './call.ts';
import { type Alarms, type Statistics, StatisticsQuery } from './counted.ts';

const alarms: Handler = async ({ alarms: source, administrator }) => {
  const items: v.InferOutput<typeof Alarms>['items'] = await listAlarms(source, administrator);
  return json(200, { items });
};

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

export const statistics = { show, alarms };
