/**
 * A local CloudWatch Logs: StartQuery and GetQueryResults over the real wire format (AWS JSON 1.1), of what
 * functions wrote here.
 *
 * Answers under a loopback host alone. Not checked: signatures, IAM. NOT here: any query but that of
 * lib/aws/log-store.ts; it is refused.
 *
 * @module
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { type AwsServer, isLoopback, startAwsServer } from '../aws-server.ts';
import type { Line } from './points.ts';

const StartQuery = v.strictObject({
  logGroupName: v.string(),
  /** Epoch seconds, both of them included. */
  startTime: v.number(),
  endTime: v.number(),
  queryString: v.string(),
});
const QUERY =
  /^fields @timestamp, @message \| filter (\w+) = "([\w=-]+)" \| sort @timestamp asc \| limit (\d{1,5})$/;
type Field = { field: string; value: string };
/** Whose first look finds it running, as most do. */
type Query = { looks: number; results: Field[][] };
type Lines = () => readonly Line[];

/** @param lines - The oldest first. */
export const startLogs = (lines: Lines): Promise<AwsServer> => {
  const queries = new Map<string, Query>();
  return startAwsServer((request, response) => void handle(request, response, { lines, queries }));
};

type Kept = { lines: Lines; queries: Map<string, Query> };

async function handle(request: IncomingMessage, response: ServerResponse, kept: Kept) {
  try {
    if (!isLoopback(request.headers.host)) throw new Error('Only a loopback host is answered.');
    const target = String(request.headers['x-amz-target']);
    const answer = ACTIONS[target];
    if (!answer)
      return reply(response, 400, { __type: 'UnknownOperationException', message: target });
    reply(response, 200, answer(JSON.parse(await text(request)), kept));
  } catch (error) {
    const { message } = error as Error;
    reply(response, 400, { __type: 'InvalidParameterException', message });
  }
}

const ACTIONS: Readonly<Record<string, (asked: unknown, kept: Kept) => object>> = {
  'Logs_20140328.StartQuery'(asked, { lines, queries }) {
    const { logGroupName, startTime, endTime, queryString } = v.parse(StartQuery, asked);
    const [, member = '', value = '', limit = ''] = QUERY.exec(queryString) ?? [];
    if (member === '') throw new Error(`a query that is not understood: ${queryString}`);
    const found = lines().filter(
      ({ group, at, members }) =>
        group === logGroupName &&
        at >= startTime * 1000 &&
        at < (endTime + 1) * 1000 &&
        String(members[member]) === value,
    );
    const queryId = `query-${queries.size + 1}`;
    queries.set(queryId, { looks: 0, results: found.slice(0, Number(limit)).map(fieldsOf) });
    return { queryId };
  },
  'Logs_20140328.GetQueryResults'(asked, { queries }) {
    const { queryId } = v.parse(v.strictObject({ queryId: v.string() }), asked);
    const query = queries.get(queryId);
    if (!query) throw new Error('There is no such query.');
    query.looks += 1;
    if (query.looks === 1) return { status: 'Running', results: [] };
    return { status: 'Complete', results: query.results };
  },
};

const fieldsOf = ({ at, members }: Line): Field[] => [
  { field: '@timestamp', value: new Date(at).toISOString().replace('T', ' ').replace('Z', '') },
  { field: '@message', value: JSON.stringify(members) },
];

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}
