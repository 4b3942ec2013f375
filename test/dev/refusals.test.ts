/**
 * What a refusal can say by kind of API: the table of docs/authorizer.md, against the examples behind the
 * real authorizer and the local gateway.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cleanups } from '../../dev/cleanups.ts';
import type { ApiGateway } from '../../dev/gateway/server.ts';
import { startGateway } from '../../dev/gateway/start.ts';
import { packageService } from '../../dev/package.ts';
import { EXAMPLE_CODE } from '../../dev/services.ts';
import { resolveStack } from '../../dev/template.ts';
import { addUser } from '../support/actors/people.ts';
import { open } from '../support/gateways/socket-client.ts';
import { type Service, startService } from '../support/running/service.ts';

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:authorizer';
const folder = mkdtempSync(join(tmpdir(), 'latchkey-refusals-'));
const closing = cleanups();
let service: Service;
let token: string;
const gateways: Record<string, ApiGateway> = {};

beforeAll(async () => {
  service = await startService();
  closing.add(() => service.stop());
  for (const kind of ['http', 'rest', 'websocket', 'appsync']) gateways[kind] = await start(kind);
  token = (await service.login((await addUser(service, { roles: [] })).username)).token;
});
afterAll(async () => {
  await closing.run();
  rmSync(folder, { recursive: true, force: true });
});

async function start(kind: string): Promise<ApiGateway> {
  const name = `latchkey-example-${kind}-dev`;
  const source = { name, dir: join(EXAMPLE_CODE, kind) };
  const template = await packageService(source, folder, new AbortController().signal);
  const imports = {
    'latchkey-dev-authorizer-arn': ARN,
    'latchkey-dev-console-url': 'https://console.example.com',
  };
  const stack = resolveStack(template, { name, imports });
  const gateway = await startGateway({
    stack,
    invoke: async (_arn, event) =>
      JSON.parse(JSON.stringify(await service.authorizer(event as never))) as unknown,
    clock: () => 0,
    port: 0,
  });
  closing.add(() => gateway.stop());
  return gateway;
}

type Seen = { status: number; headers: Headers; body: string };
const fetched = async (url: string, init: RequestInit): Promise<Seen> => {
  const response = await fetch(url, init);
  return { status: response.status, headers: response.headers, body: await response.text() };
};
const bearer = (by?: string): Record<string, string> =>
  by === undefined ? {} : { authorization: `Bearer ${by}` };

const KINDS: Record<string, (by?: string) => Promise<Seen>> = {
  'HTTP API': (by) => fetched(`${gateways['http']?.url}/cdr`, { headers: bearer(by) }),
  'REST API': (by) => fetched(`${gateways['rest']?.url}/cdr`, { headers: bearer(by) }),
  'WebSocket API': async (by) => {
    const refused = await open(gateways['websocket']?.url ?? '', { headers: bearer(by) });
    if (!('status' in refused)) throw new Error('the connection was not refused');
    const { status, headers, body } = refused;
    return { status, headers: new Headers(headers as never), body: JSON.stringify(body) };
  },
  AppSync: (by) =>
    fetched(gateways['appsync']?.url ?? '', {
      method: 'POST',
      body: '{"query":"mutation { addCall(note: \\"\\") { id } }"}',
      headers: { authorization: by ?? 'x.y.z' },
    }),
};

function tableOf(page: string): string[][] {
  const [, text = ''] = page.split('## What a refusal can say\n\n');
  const rows = text.split('\n\n')[0]?.split('\n').slice(2) ?? [];
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const said = (is: boolean): string => (is ? 'yes' : 'no');
const challengeOf = ({ headers }: Seen): boolean => headers.has('www-authenticate');

describe('what a refusal can say', () => {
  const table = tableOf(readFileSync('docs/authorizer.md', 'utf8'));

  test('is in the table for each kind of API', () => {
    expect(table.map(([kind]) => kind)).toEqual(Object.keys(KINDS));
  });

  test.each(table)('%s', async (kind = '', ...row) => {
    const call = KINDS[kind];
    if (!call) throw new Error(`no kind of API ${kind}`);
    const [unknown, refused] = [await call(), await call(token)];
    expect([
      ...[String(unknown.status), said(challengeOf(unknown))],
      ...[String(refused.status), said(refused.body.includes('does not hold'))],
      ...[said(challengeOf(refused)), said(refused.headers.has('retry-after'))],
    ]).toEqual(row);
  });

  test('of a REST API is JSON with the rule and the reason, and names the scope that would do', async () => {
    const call = KINDS['REST API'];
    if (!call) throw new Error('no REST API');
    const { headers, body } = await call(token);
    expect(JSON.parse(body)).toEqual({
      message: 'Forbidden',
      rule: 'letter-not-held',
      reason: 'the caller does not hold r on cdr',
    });
    expect(headers.get('www-authenticate')).toBe(
      'Bearer realm="latchkey", error="insufficient_scope", scope="cdr:r"',
    );
  });
});
