/**
 * Compiling a policy: time and size against the number of resources that a caller holds, and how many
 * fit into what API Gateway takes.
 *
 * @module
 */

import { policyAnswer } from '../lib/faces/authorizer/answer.ts';
import { compilePolicy } from '../lib/faces/authorizer/compile-policy.ts';
import type { Action, Extent } from '../lib/verdict/acl.ts';
import type { Patterns } from '../lib/verdict/resource.ts';
import { printTable, type Target } from './report.ts';
import { median } from './statistics.ts';

const STAGE = 'arn:aws:execute-api:eu-central-1:123456789012:a1b2c3d4e5/prod';
const SIZES = [1, 2, 5, 10, 20, 50, 100, 200];
const SUBJECT = '0123456789abcdef01234567';
const ROUNDS = 200;
/** As long as the longest of an ordinary API. */
const nameOf = (index: number): string => `resource-${index}`;

const HELD: Record<string, (resource: string, action: Action) => Extent> = {
  'read only': (_resource, action) => (action === 'r' ? 'all' : 'none'),
  'read and write': () => 'all',
  'read, but nothing below': (resource, action) =>
    action === 'r' && !resource.includes('/') ? 'all' : 'none',
};

export async function measurePolicy(): Promise<Target[]> {
  const rows = Object.entries(HELD).flatMap(([name, permits]) =>
    SIZES.map((size) => {
      const { time, bytes, fits } = measure(registryOf(size, name.includes('below')), permits);
      return [name, `${size}`, `${(time * 1000).toFixed(0)} µs`, bytes, fits ? 'yes' : 'no'];
    }),
  );
  printTable(['caller holds', 'resources', 'compiled in', 'bytes', 'fits'], rows);
  return [];
}

const registryOf = (size: number, nested: boolean): Patterns =>
  Object.fromEntries(
    Array.from({ length: size }, (_, index) => nameOf(index)).flatMap((name) =>
      nested
        ? [
            [name, []],
            [`${name}/private`, []],
          ]
        : [[name, []]],
    ),
  );

function measure(patterns: Patterns, permits: (resource: string, action: Action) => Extent) {
  const times: number[] = [];
  let [bytes, fits] = ['', true];
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    const compiled = unlessTooLarge(() =>
      compilePolicy({ patterns, permits, stage: STAGE, paths: [] }),
    );
    times.push(performance.now() - started);
    const { allow: Allow = [], deny: Deny = [] } = compiled ?? {};
    bytes = compiled ? `${JSON.stringify([Allow, Deny]).length}` : 'not told';
    fits = unlessTooLarge(() => policyAnswer(SUBJECT, { Allow, Deny }, {})) !== undefined;
  }
  return { time: median(times), bytes, fits: fits && bytes !== 'not told' };
}

function unlessTooLarge<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
