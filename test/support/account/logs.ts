/**
 * CloudWatch Logs Insights of the account: runs the part of its query language that our commands write, over
 * lines that a test puts there, and refuses the rest, as Insights does (MalformedQueryException).
 */
import { AwsError } from './account.ts';

export type LogGroups = Map<string, { at: number; text: string }[]>;
type Row = Readonly<Record<string, unknown>>;
type Input = Readonly<Record<string, unknown>>;

const CONDITION = /^([@\w.]+) = ("(?:[^"\\]|\\.)*")$/;

export function insightsOf(groups: LogGroups) {
  const running = new Map<string, { looks: number; rows: Row[] }>();
  const asked: string[] = [];
  const start = ({ logGroupNames, startTime, endTime, queryString }: Input) => {
    const names = logGroupNames as string[];
    const absent = names.find((name) => !groups.has(name));
    if (absent)
      throw new AwsError('ResourceNotFoundException', `Log group '${absent}' does not exist.`);
    const [from, to] = [Number(startTime) * 1000, Number(endTime) * 1000];
    if (!(from < to)) throw new AwsError('InvalidParameterException', 'an empty time range');
    asked.push(String(queryString));
    const lines = names.flatMap((name) =>
      (groups.get(name) ?? [])
        .filter(({ at }) => at >= from && at <= to)
        .map(({ at, text }) => rowOf(name, at, text)),
    );
    const queryId = `query-${running.size}`;
    running.set(queryId, { looks: 0, rows: runQuery(lines, String(queryString)) });
    return { queryId };
  };
  const results = ({ queryId }: Input) => {
    const query = running.get(String(queryId));
    if (!query) throw new AwsError('ResourceNotFoundException', 'no such query');
    query.looks += 1;
    if (query.looks < 2) return { status: 'Running', results: [] };
    const fields = (row: Row) =>
      Object.entries(row).map(([field, value]) => ({ field, value: String(value) }));
    return { status: 'Complete', results: query.rows.map(fields) };
  };
  const describe = ({ logGroupNamePrefix = '' }: Input) => ({
    logGroups: [...groups.keys()]
      .filter((name) => name.startsWith(String(logGroupNamePrefix)))
      .map((logGroupName) => ({ logGroupName })),
  });
  return {
    asked,
    actions: {
      'Logs_20140328.StartQuery': start,
      'Logs_20140328.GetQueryResults': results,
      'Logs_20140328.DescribeLogGroups': describe,
    } as Readonly<Record<string, (input: Input) => object>>,
  };
}

function rowOf(group: string, at: number, text: string): Row {
  const stamp = new Date(at).toISOString().replace('T', ' ').replace('Z', '');
  const fields = { '@timestamp': stamp, '@log': `123456789012:${group}`, '@message': text };
  try {
    return { ...flat(JSON.parse(text) as object), ...fields };
  } catch {
    return fields;
  }
}

const flat = (value: object, before = ''): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) =>
      typeof one === 'object' && one !== null
        ? Object.entries(flat(one, `${before}${name}.`))
        : [[`${before}${name}`, one]],
    ),
  );

function runQuery(lines: readonly Row[], text: string): Row[] {
  return text.split(' | ').reduce<Row[]>(
    (rows, step) => {
      const [verb = '', rest = ''] = step.split(/ (.*)/s);
      const run = VERBS[verb];
      if (!run) throw new AwsError('MalformedQueryException', `unexpected: ${step}`);
      return run(rows, rest);
    },
    [...lines],
  );
}

const VERBS: Readonly<Record<string, (rows: Row[], rest: string) => Row[]>> = {
  fields: (rows, names) => rows.map((row) => ({ ...row, shown: names.split(', ') })),
  filter: (rows, condition) => rows.filter((row) => condition.split(' or ').some(holds(row))),
  sort: (rows, by) => {
    const [name = '', order] = by.split(' ');
    const sorted = rows.toSorted((one, other) =>
      String(one[name]).localeCompare(String(other[name]), 'en', { numeric: true }),
    );
    return order === 'desc' ? sorted.reverse() : sorted;
  },
  limit: (rows, count) => rows.slice(0, Number(count)),
  stats: (rows, what) => {
    const [, as = '', by = ''] = /^count\(\*\) as (\w+) by ([@\w.]+)$/.exec(what) ?? [];
    if (as === '') throw new AwsError('MalformedQueryException', `unexpected: ${what}`);
    const groups = Map.groupBy(rows, (row) => String(row[by]));
    return [...groups].map(([value, found]) => ({ [by]: value, [as]: found.length }));
  },
};

const holds =
  (row: Row) =>
  (condition: string): boolean => {
    const [, present] = /^ispresent\(([@\w.]+)\)$/.exec(condition) ?? [];
    if (present) return row[present] !== undefined;
    const [, name = '', quoted] = CONDITION.exec(condition) ?? [];
    if (!quoted) throw new AwsError('MalformedQueryException', `unexpected: ${condition}`);
    return String(row[name]) === JSON.parse(quoted);
  };
