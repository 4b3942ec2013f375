/**
 * What was recorded of a run, as JSON lines: by record.ts, or by an AWS that enforces roles and logs
 * its decisions as { principal, action, resource, context, … }. What that one decided is for test/deploy/.
 *
 * @module
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context, Decision } from './decision.ts';

/** The diagnostics channel on which a function's name is published for the time of a call of it. */
export const FUNCTION_CALL = 'latchkey:function-call';
/** The one on which a test file's path is published when it begins. */
const TEST_FILE = 'latchkey:test-file';

/** `who` is the name of a function. */
export type Asked = Decision & { who: string };
/** `by` a test file or a program; `astray`, to where the functions of that process are sent to. */
export type Unattributed = Omit<Decision, 'context'> & { by: string; astray: boolean };
export type Recorded = Asked | Unattributed;

type Line = {
  who?: string;
  principal?: string;
  action: string;
  resource: string;
  context?: Record<string, string | string[]>;
  by?: string;
  astray?: boolean;
};

/** @param folders - Each with files `*.jsonl`; what several say is there once. */
export function readRecorded(folders: readonly string[]): Recorded[] {
  const files = folders.flatMap((it) =>
    globSync('*.jsonl', { cwd: it }).map((name) => join(it, name)),
  );
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  return [...new Set(lines)].filter(Boolean).map((line) => understand(JSON.parse(line) as Line));
}

function understand({ who = '', principal, action, resource, context, ...line }: Line): Recorded {
  const { by = who, astray = false } = line;
  const name = functionOf(principal ?? who);
  if (!name) return { action, resource, by, astray };
  return { who: name, action, resource, context: lists(context) };
}

const lists = (context: Line['context'] = {}): Context =>
  Object.fromEntries(Object.entries(context).map(([key, value]) => [key, [value].flat()]));

/** A function's own name, or that of the role that it has taken. */
function functionOf(who: string): string | undefined {
  const [, role, name] =
    /(?:^|[/-])(?:([A-Z][a-z]+)Role\b|latchkey-[\w-]+-([a-z]+)$)/.exec(who) ?? [];
  return role?.toLowerCase() ?? name ?? /^[a-z]+$/.exec(who)?.[0];
}
