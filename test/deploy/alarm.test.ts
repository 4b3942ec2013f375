/** The alarm for an authorizer that cannot decide, on what really comes into its log. */
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildFunctions } from '../../build.ts';
import { matchesPattern } from '../support/filter-pattern.ts';
import { initLine, type LogFormat } from './runtime-log.ts';

const outdir = mkdtempSync(join(tmpdir(), 'latchkey-alarm-'));
const bundle = join(outdir, 'authorizer.js');
const FORMATS: LogFormat[] = ['text', 'json'];
const SETTINGS = {
  AWS_REGION: 'eu-west-2',
  ISSUER: 'https://issuer.example',
  AUDIENCE: 'https://issuer.example',
  DIRECTORY_TABLE: 'directory',
  SESSIONS_TABLE: 'sessions',
};

beforeAll(() => buildFunctions({ outdir, entries: ['functions/authorizer.ts'] }));
afterAll(() => rmSync(outdir, { recursive: true }));

/** Of the service's sources, where it stands once. */
function patternOf(): string {
  const sources = ['serverless.yml', ...globSync('infra/*.yml')].map((f) =>
    readFileSync(f, 'utf8'),
  );
  const found = [...sources.join('\n').matchAll(/FilterPattern: '(.+)'$/gm)].map(([, it]) => it);
  if (found.length !== 1) throw new Error('one filter pattern was expected');
  return found[0] ?? '';
}
const isCounted = (line: string) => matchesPattern(patternOf(), line);

describe.each(FORMATS)('as %s, the alarm counts', (format) => {
  test.each([
    ['a setting that is missing', { AUDIENCE: '' }],
    ['a setting that is wrong', { ISSUER: 'https://issuer.example/' }],
  ])('a start with %s', async (_case, wrong) => {
    const line = await initLine(bundle, { ...SETTINGS, ...wrong }, format);
    expect(line).toContain('ERROR');
    expect(isCounted(line)).toBe(true);
  });

  test('a bundle that is not there in full', async () => {
    const broken = join(outdir, 'broken.js');
    writeFileSync(
      broken,
      `const error = new Error("Cannot find module 'x'");
      class ImportModuleError extends Error { name = 'Runtime.ImportModuleError'; }
      throw new ImportModuleError(error.message);`,
    );
    expect(isCounted(await initLine(broken, SETTINGS, format))).toBe(true);
  });

  test('nothing where the function starts', async () => {
    expect(await initLine(bundle, SETTINGS, format)).toBe('');
  });
});

describe('the alarm counts', () => {
  test.each([
    '2026-01-01T00:00:00.000Z 5ddd5b8a Task timed out after 8.00 seconds',
    'RequestId: 5ddd5b8a Error: Runtime exited with error: exit status 129',
    '{"level":"error","code":"server_error","function":"authorizer"}',
    '{"level":"error","code":"temporarily_unavailable","function":"authorizer"}',
  ])('%s', (line) => {
    expect(isCounted(line)).toBe(true);
  });
});

describe('the alarm does not count', () => {
  test.each([
    // A 401 has to be thrown, and the runtime logs what is thrown.
    '2026-01-01T00:00:00.000Z\t5ddd5b8a\tERROR\tInvoke Error \t{"errorType":"Error","errorMessage":"Unauthorized","stack":["Error: Unauthorized"]}',
    '{"timestamp":"2026-01-01T00:00:00.000Z","level":"ERROR","requestId":"5ddd5b8a","message":{"errorType":"Error","errorMessage":"Unauthorized"}}',
    '{"level":"info","code":"forbidden","reason":"the role does not permit it","function":"authorizer"}',
    '{"level":"info","code":"unauthenticated","reason":"no credential","function":"authorizer"}',
    'INIT_START Runtime Version: nodejs:24.v10 Runtime Version ARN: arn:aws:lambda:eu-west-2::runtime:0',
    'REPORT RequestId: 5ddd5b8a Duration: 3.52 ms Billed Duration: 4 ms Memory Size: 1769 MB',
  ])('%s', (line) => {
    expect(isCounted(line)).toBe(false);
  });
});
