/**
 * Plays a program of somebody else's library, which says line by line what it promised and whether that
 * was kept (python/story.py), and asks for the callback of a user who signs in.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { callbackOf, sendTo } from '../../conformance/provider.ts';
import { openBrowser } from '../../support/web/browser.ts';

type Line = { visit: string } | { promise: string; kept: boolean; why?: string };
export type Told = ReadonlyMap<string, 'kept' | string>;

/** Far more than any of them takes. */
const PATIENCE = 120_000;

/** @returns What became of each promise; a program that ends early has said less. */
export async function play(
  [command, ...given]: readonly [string, ...string[]],
  { env, cwd }: { env: Record<string, string>; cwd?: string },
): Promise<Told> {
  const program = spawn(command, given, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: PATIENCE,
  });
  const visitor = openBrowser({ send: sendTo(env['ISSUER'] ?? '') });
  const told = new Map<string, string>();
  for await (const text of createInterface({ input: program.stdout })) {
    const line = JSON.parse(text) as Line;
    if ('visit' in line) program.stdin.write(`${(await callbackOf(visitor, line.visit)).href}\n`);
    else told.set(line.promise, line.kept ? 'kept' : (line.why ?? 'not kept'));
  }
  return told;
}
