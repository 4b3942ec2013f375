/**
 * The logs of a deployment, by CloudWatch Logs Insights, which bills by what it scans: no question is
 * asked without a span of time.
 *
 * Errors: Failure where AWS refuses, or the answer takes longer than `PATIENCE`.
 *
 * @module
 * @see CloudWatch Logs User Guide, "CloudWatch Logs Insights language query syntax"
 */
import type {
  CloudWatchLogsClient,
  ResultField,
  StartQueryCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { Failure } from '../commands/failure.ts';
import { asking } from '../deployment.ts';
import type { Asked, Condition, Counted, Line, Log, Logs } from './asked.ts';

/** Seconds. */
const PATIENCE = 120;
const DONE = ['Complete', 'Failed', 'Cancelled', 'Timeout'];

export const groupOf = (stage: string, log: Log): string =>
  log === 'access' ? `/aws/http-api/latchkey-${stage}` : `/aws/lambda/latchkey-${stage}-${log}`;

type Place = { client: CloudWatchLogsClient; stage: string; pause: () => Promise<void> };
type Row = Readonly<Record<string, string>>;

export function insights(place: Place): Logs {
  const absent = new Set<Log>();

  const rowsOf = async (asked: Asked, query: string): Promise<Row[]> => {
    const there = await existing(place, asked.logs);
    for (const log of asked.logs) if (!there.includes(log)) absent.add(log);
    if (there.length === 0) return [];
    const rows = await run(place, {
      logGroupNames: there.map((log) => groupOf(place.stage, log)),
      startTime: asked.from,
      endTime: asked.to,
      queryString: query,
    });
    return rows.map(rowOf);
  };
  return {
    async find(asked) {
      const query = [
        'fields @timestamp, @log, @message',
        ...filtersOf(asked),
        'sort @timestamp asc',
        `limit ${asked.limit}`,
      ].join(' | ');
      return (await rowsOf(asked, query)).flatMap(lineOf);
    },
    async count(asked, by) {
      const query = [
        ...[`filter ispresent(${by})`, ...filtersOf(asked)],
        ...[`stats count(*) as lines by ${by}`, 'sort lines desc', `limit ${asked.limit}`],
      ].join(' | ');
      const rows = await rowsOf(asked, query);
      return rows.map((row): Counted => ({ value: row[by] ?? '', lines: Number(row['lines']) }));
    },
    missing: () => [...absent],
  };
}

const filtersOf = ({ where }: Asked): string[] =>
  where.map((condition) => `filter ${alternativesOf(condition).join(' or ')}`);

const alternativesOf = ({ members, values }: Condition): string[] =>
  members.flatMap((member) => values.map((value) => `${member} = ${JSON.stringify(value)}`));

/** A query that names a group which is not there is refused as a whole. */
async function existing({ client, stage }: Place, logs: readonly Log[]): Promise<Log[]> {
  const { paginateDescribeLogGroups } = await import('@aws-sdk/client-cloudwatch-logs');
  const found = new Set<string>();
  await asking('log group', groupOf(stage, '*'), async () => {
    for (const logGroupNamePrefix of [groupOf(stage, ''), groupOf(stage, 'access')])
      for await (const { logGroups = [] } of paginateDescribeLogGroups(
        { client },
        { logGroupNamePrefix },
      ))
        for (const { logGroupName = '' } of logGroups) found.add(logGroupName);
  });
  return logs.filter((log) => found.has(groupOf(stage, log)));
}

async function run(place: Place, input: StartQueryCommandInput): Promise<ResultField[][]> {
  const { client, pause } = place;
  const { GetQueryResultsCommand, StartQueryCommand } = await import(
    '@aws-sdk/client-cloudwatch-logs'
  );
  return asking('log group', groupOf(place.stage, '*'), async () => {
    const { queryId } = await client.send(new StartQueryCommand(input));
    for (let waited = 0; waited < PATIENCE; waited++) {
      const { status = '', results = [] } = await client.send(
        new GetQueryResultsCommand({ queryId }),
      );
      if (status === 'Complete') return results;
      if (DONE.includes(status)) throw new Failure(`the query of the logs ended as ${status}`);
      await pause();
    }
    throw new Failure(`no answer of the logs within ${PATIENCE} s: ask for a shorter --since`);
  });
}

const rowOf = (fields: ResultField[]): Row =>
  Object.fromEntries(fields.map(({ field = '', value = '' }) => [field, value]));

/** As in `2026-01-31 12:00:00.000`, UTC; the log as `account:group`. What is no JSON is Lambda's own. */
function lineOf({ '@timestamp': at = '', '@log': log = '', '@message': text = '' }: Row): Line[] {
  const members = parsed(text);
  if (!members) return [];
  const name = log.includes('/http-api/') ? 'access' : log.replace(/^.*latchkey-.*-/, '');
  return [{ at: Date.parse(`${at.replace(' ', 'T')}Z`), log: name, members }];
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return Object(JSON.parse(text));
  } catch {
    return undefined;
  }
}
