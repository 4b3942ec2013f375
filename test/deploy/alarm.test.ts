/**
 * The alarm for an authorizer that cannot decide, on lines that only Lambda itself writes. What its
 * runtime writes when a function does not start is in test/runtime/cold-start.test.ts.
 */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { matchesPattern } from '../../dev/cloudwatch/filter-pattern.ts';

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

describe('the alarm counts', () => {
  test.each([
    '2026-01-01T00:00:00.000Z 5ddd5b8a Task timed out after 8.00 seconds',
    'RequestId: 5ddd5b8a Error: Runtime exited with error: exit status 129',
  ])('%s', (line) => {
    expect(isCounted(line)).toBe(true);
  });
});

describe('the alarm does not count', () => {
  test.each([
    'INIT_START Runtime Version: nodejs:24.v10 Runtime Version ARN: arn:aws:lambda:eu-west-2::runtime:0',
    'REPORT RequestId: 5ddd5b8a Duration: 3.52 ms Billed Duration: 4 ms Memory Size: 1769 MB',
  ])('%s', (line) => {
    expect(isCounted(line)).toBe(false);
  });
});
