/**
 * Counts and keeps what functions of the service write, as they write it. What an earlier start has left in the log
 * (dev/log-file.ts) counts too.
 *
 * Units: a line's `at` is epoch milliseconds.
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from '../template.ts';
import { type Counts, counts } from './counts.ts';
import { filtersOf, type Line, pointsOf } from './points.ts';

export interface Meter {
  counts: Counts;
  /** The latest, the oldest first. */
  lines(): readonly Line[];
  /** As the stack prints it: `latchkey-dev-login: {…}`. */
  line(text: string): void;
}

const MOST = 20_000;
const OF_FUNCTION = /^([a-z0-9-]+): (\{.*\})$/;

export function meter(stack: Stack, dataDir?: string): Meter {
  const kept = counts();
  const filters = filtersOf(stack);
  let lines: Line[] = [];
  const add = (line: Line) => {
    pointsOf(filters, line).forEach(kept.add);
    lines.push(line);
    if (lines.length > 2 * MOST) lines = lines.slice(-MOST);
  };
  for (const { log, members, at } of dataDir ? linesIn(join(dataDir, 'log.ndjson')) : [])
    add({ group: `/aws/lambda/${stack.name}-${log}`, members, at });
  return {
    counts: kept,
    lines: () => lines,
    line(text) {
      const [, name = '', json = ''] = OF_FUNCTION.exec(text) ?? [];
      const members = parsed(json);
      if (members) add({ group: `/aws/lambda/${name}`, members, at: Date.now() });
    },
  };
}

type Kept = { at: number; log: string; members: Readonly<Record<string, unknown>> };

/** The last one may be half there. */
const linesIn = (file: string): Kept[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line) => (parsed(line) as Kept | undefined) ?? [])
    : [];

function parsed(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return Object(JSON.parse(json));
  } catch {
    return undefined;
  }
}
