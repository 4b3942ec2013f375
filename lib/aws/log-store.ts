/**
 * Lines of one log, found by the value of one of their members. The only module that knows the SDK of
 * CloudWatch Logs.
 *
 * Logs Insights bills by what it scans, so no question is asked without an end and a beginning.
 *
 * Units:  `from` and `to` are epoch seconds; a line's `at` is epoch milliseconds.
 * Errors: `temporarily_unavailable` when CloudWatch does not answer in time, or has too many queries.
 *
 * @module
 * @see CloudWatch Logs User Guide, "CloudWatch Logs Insights language query syntax"
 */
import { setTimeout } from 'node:timers/promises';
import {
  CloudWatchLogsClient,
  GetQueryResultsCommand,
  type ResultField,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { Fault, unavailable } from '../errors.ts';
import { faultOf } from './fault.ts';

export type LogStore = { client: CloudWatchLogsClient; group: string };
export type Line = { at: number; members: Readonly<Record<string, unknown>> };
/** `value`: letters, digits and `_ = -` only; nothing of a query language is in it. */
export type Wanted = { member: string; value: string; from: number; to: number; limit: number };

const LIMITS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
};
const VALUE = /^[A-Za-z0-9_=-]+$/;
const DONE = ['Complete', 'Failed', 'Cancelled', 'Timeout'];
/** Looks, and milliseconds between two of them: together less than the function may run. */
const PATIENCE = 20;
const PAUSE = 300;

export const connectLogs = (group: string): LogStore => ({
  group,
  client: new CloudWatchLogsClient(LIMITS),
});

/** @returns The oldest first. What is no JSON, such as the runtime's own lines, is none. */
export async function findLines({ client, group }: LogStore, wanted: Wanted): Promise<Line[]> {
  const { member, value, from, to, limit } = wanted;
  if (!VALUE.test(value)) throw new Fault('a value that is no word');
  const steps = [
    'fields @timestamp, @message',
    `filter ${member} = "${value}"`,
    'sort @timestamp asc',
    `limit ${limit}`,
  ];
  const asked = {
    logGroupName: group,
    startTime: from,
    endTime: to,
    queryString: steps.join(' | '),
  };
  const { queryId } = await guard(client.send(new StartQueryCommand(asked)));
  return (await rowsOf(client, queryId)).flatMap(lineOf);
}

async function rowsOf(
  client: CloudWatchLogsClient,
  queryId: string | undefined,
): Promise<ResultField[][]> {
  for (let looks = 0; looks < PATIENCE; looks++) {
    const look = client.send(new GetQueryResultsCommand({ queryId }));
    const { status = '', results = [] } = await guard(look);
    if (status === 'Complete') return results;
    if (DONE.includes(status)) break;
    await setTimeout(PAUSE);
  }
  throw unavailable('CloudWatch Logs: the query did not complete');
}

const guard = <T>(sent: Promise<T>): Promise<T> =>
  sent.catch((error: unknown) => {
    throw faultOf('CloudWatch Logs', error);
  });

/** As in `2026-01-31 12:00:00.000`, UTC. */
function lineOf(fields: ResultField[]): Line[] {
  const named = Object.fromEntries(fields.map(({ field = '', value = '' }) => [field, value]));
  const { '@timestamp': at = '', '@message': text = '' } = named;
  try {
    return [{ at: Date.parse(`${at.replace(' ', 'T')}Z`), members: Object(JSON.parse(text)) }];
  } catch {
    return [];
  }
}
