/**
 * An authorizer that refuses a call, in a fresh process of which V8 tells what it did.
 *
 * @module
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Target } from '../../build/code-cache/code-cache.ts';
import { httpCall } from '../support/calls/events.ts';
import { invoke } from './invoke.ts';

/** This machine, as if it were Lambda's. */
export const TARGET: Target = {
  memory: 1769,
  runtime: `nodejs${process.version.slice(1).split('.')[0]}.x`,
  architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64',
};

const CATEGORIES = 'v8,disabled-by-default-v8.compile';

/** @returns What it answered, and how often V8 took code out of a cache: Node's own has its modules. */
export async function traced(
  entry: string,
  { node, flags }: { node: string; flags: readonly string[] },
): Promise<{ answer: unknown; taken: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-trace-'));
  const file = join(folder, 'trace.json');
  const tracing = [`--trace-event-categories=${CATEGORIES}`, `--trace-event-file-pattern=${file}`];
  const event = httpCall('GET /cdr', { authorization: 'Bearer none' });
  try {
    const how = { node, flags: [...flags, ...tracing] };
    const { answer } = await invoke(entry, event, undefined, how);
    const taken = readFileSync(file, 'utf8').split('"V8.FinalizeDeserialization"').length - 1;
    return { answer, taken };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
