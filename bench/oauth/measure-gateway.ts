/**
 * What the local gateway adds to a token: the whole local stack beside its function behind bare node:http, over
 * the same tables.
 *
 * @module
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { milliseconds, printTable } from '../report.ts';
import type { Child } from './child.ts';
import { GRANTS } from './client.ts';
import { makeCodes } from './codes.ts';
import type { Environment } from './ours.ts';
import { loadsInTurns, middle, ratio, type Server } from './turns.ts';

export async function measureGateway(child: (file: string) => Child): Promise<void> {
  const [stack, own] = [child('gateway.ts'), child('ours.ts')];
  const { url, environment } = await stack.ask<{ url: string; environment: Environment }>('start');
  const bare = await own.ask<string>('start', environment);
  const codes = codesIn(environment);
  const servers: Server[] = [
    { name: 'through the local gateway', url, child: stack, codes },
    { name: 'behind bare node:http', url: bare, child: own, codes },
  ];
  const rows: string[][] = [];
  for (const grant of GRANTS) {
    for (const concurrency of [1, 16]) {
      const loads = await loadsInTurns(servers, grant, concurrency);
      const half = servers.map((_, index) => milliseconds(middle(loads[index], 'p50')));
      const [time, rate] = [ratio(loads, [0, 1], 'p50'), ratio(loads, [0, 1], 'rate')];
      rows.push([grant, String(concurrency), ...half, time.toFixed(2), rate.toFixed(2)]);
    }
  }
  const names = servers.map(({ name }) => `p50 ${name}`);
  printTable(['grant', 'at a time', ...names, 'p50 ratio', 'rate ratio'], rows);
}

function codesIn(environment: Environment): Server['codes'] {
  const client = new DynamoDBClient({
    endpoint: environment['AWS_ENDPOINT_URL_DYNAMODB'] ?? '',
    region: environment['AWS_REGION'] ?? '',
  });
  const table = (variable: string) => ({ client, name: environment[variable] ?? '' });
  const tables = { directory: table('DIRECTORY_TABLE'), sessions: table('SESSIONS_TABLE') };
  return (count) => makeCodes(tables, count);
}
