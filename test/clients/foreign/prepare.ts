/**
 * Made once for the run: the stack that is judged, and the programs that judge it.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type ForeignStack, startForeignStack } from './stack.ts';
import { installTools, type Tools } from './tools.ts';

declare module 'vitest' {
  interface ProvidedContext {
    foreign: { at: ForeignStack; tools: Tools; folder: string };
  }
}

export async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-judges-'));
  const { stack, at } = await startForeignStack();
  const tools = await installTools(folder, at.certificate);
  project.provide('foreign', { at, tools, folder });
  return async () => {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
