/** The processes that tests start by the dozen compile what they share once a run. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export async function setup() {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-compiled-'));
  process.env['NODE_COMPILE_CACHE'] = folder;
  // Processes that are just ending still write to it.
  return () => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
