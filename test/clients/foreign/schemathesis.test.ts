/**
 * Schemathesis: thousands of requests made of our own OpenAPI document, good and bad ones, as root, against a
 * stack of its own. The seed is fixed, so that a finding can be found again:
 *
 *   schemathesis --config-file test/clients/foreign/python/schemathesis.toml run openapi.json --url URL --seed 12 …
 */
import { globSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { startStack } from '../../../dev/stack.ts';
import { sendTo } from '../../conformance/provider.ts';
import { EXCEPTIONS, isExpected } from './exceptions.ts';
import { type Finding, type Report, readReport } from './findings.ts';
import { runToEnd } from './tools.ts';

const { tools, folder } = inject('foreign');
const SEED = '12';
/** Of each operation, beside those that cover the bounds of its parameters. */
const EXAMPLES = '3';
const UNDOCUMENTED = [
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
];

let report: Report;
let findings: Finding[];
let documented: string[];
let stillRoot: number;
const of = (...checks: string[]) =>
  findings.filter(({ check }) => checks.includes(check)).map(shown);
const shown = ({ operation, status, message, answer }: Finding) =>
  `${operation}: ${status} ${message} ${answer.slice(0, 300)}`;

beforeAll(async () => {
  const stack = await startStack();
  try {
    const send = sendTo(stack.urls.service);
    const json = { 'content-type': 'application/json' };
    const credentials = { username: '100@mydomain.com', password: 'secret' };
    const session = await send('POST /login', { headers: json, body: JSON.stringify(credentials) });
    const authorization = `Bearer ${session.body['token']}`;
    const made = await send('POST /admin/api/keys', {
      headers: { ...json, authorization },
      body: JSON.stringify({ name: 'judge' }),
    });
    const key = String(made.body['key']);
    const { text } = await send('GET /openapi.json');
    await judge(stack.urls.service, text, key);
    const { paths } = JSON.parse(text) as { paths: Record<string, object> };
    documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    stillRoot = (await send('GET /admin/api/roles', { headers: { 'x-api-key': key } })).status;
  } finally {
    await stack.stop();
  }
}, 600_000);

async function judge(url: string, text: string, key: string): Promise<void> {
  // Where it reads the document by HTTP, it leaves out the operation that serves it.
  const document = join(folder, 'judged.json');
  writeFileSync(document, text);
  const reports = join(folder, 'schemathesis');
  const given = [
    ...['--config-file', join(import.meta.dirname, 'python/schemathesis.toml')],
    ...['run', document, '--url', url, '--seed', SEED, '--max-examples', EXAMPLES],
    ...['--phases', 'examples,coverage,fuzzing', '--workers', '1', '--continue-on-failure'],
    ...['--no-shrink', '--no-color', '--report', 'ndjson', '--report-dir', reports],
  ];
  // It ends with 1 where it found anything, and with more where it could not run.
  const command = join(dirname(tools.python), 'schemathesis');
  const where = { cwd: folder, env: { API_KEY: key } };
  const { status, stdout } = await runToEnd([command, ...given], where);
  if (status > 1) throw new Error(stdout);
  const [file = ''] = globSync(join(reports, '*.ndjson'));
  report = readReport(file);
  findings = report.findings.filter((finding) => !isExpected(finding));
}

describe('Schemathesis, with every operation of /openapi.json', () => {
  test('asks thousands of times, and as root to the end', () => {
    expect(documented.filter((operation) => !report.operations.has(operation))).toEqual([]);
    expect(report.asked).toBeGreaterThan(2000);
    expect(stillRoot).toBe(200);
  });

  test('finds no server error', () => expect(of('not_a_server_error')).toEqual([]));

  test('finds no answer that the document does not have: status, type, headers, members', () =>
    expect(of(...UNDOCUMENTED)).toEqual([]));

  test('finds nothing that the document forbids and we take', () =>
    expect(of('negative_data_rejection', 'missing_required_header')).toEqual([]));

  test('finds nothing that the document allows and we refuse', () =>
    expect(of('positive_data_acceptance')).toEqual([]));

  test('finds no door that is open to nobody', () => expect(of('ignored_auth')).toEqual([]));

  test('finds nothing else', () => expect(findings.map(shown)).toEqual([]));

  test('is excepted from nothing without a reason', () => {
    onTestFinished(() => console.log(`${report.asked} requests, seed ${SEED}`));
    for (const { why } of EXCEPTIONS) expect(why.length).toBeGreaterThan(20);
  });

  test('is excepted from no server error, no undocumented answer and no open door', () => {
    const never = ['not_a_server_error', ...UNDOCUMENTED, 'ignored_auth'];
    expect(EXCEPTIONS.filter(({ check }) => never.includes(check))).toEqual([]);
  });
});
