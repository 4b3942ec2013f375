/**
 * Files share a few processes, which costs a second less for each, and nothing else: every file has
 * modules of its own, and leaves the clock and the environment as they were.
 */
import { afterAll, vi } from 'vitest';
import { holdLogToRules } from './held-log.ts';
import { rememberHashes } from './remembered-hashes.ts';

const before = { ...process.env };
vi.resetModules();
rememberHashes();
const releaseLog = holdLogToRules();

afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  releaseLog();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});
