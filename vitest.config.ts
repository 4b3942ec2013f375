import { defineConfig } from 'vitest/config';

/** Where `.ci/run` wants a report, since `npm cit` hands no options on. */
const report = process.env['TEST_REPORT'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/node-version.ts', 'test/support/engine.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Handlers read the environment when they are imported, so each file has a process of its own.
    pool: 'forks',
    maxWorkers: 2,
    silent: 'passed-only',
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
});
