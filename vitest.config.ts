import { defineConfig } from 'vitest/config';

/** Where `.ci/run` wants a report, since `npm cit` hands no options on. */
const report = process.env['TEST_REPORT'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: [
      'test/support/node-version.ts',
      'test/support/compile-cache.ts',
      'test/support/engine.ts',
    ],
    setupFiles: ['test/support/clean.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Files share processes: test/support/clean.ts keeps them apart.
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    silent: 'passed-only',
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
});
