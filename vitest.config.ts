import { defineConfig } from 'vitest/config';

/** Where `.ci/run` wants a report, since `npm cit` hands no options on. */
const report = process.env['TEST_REPORT'];

/** What starts the whole stack, drives a browser, runs the command line or packages: `npm run test:e2e`. */
const END_TO_END = [
  'test/bin/latchkey.test.ts',
  'test/journeys/*.test.ts',
  'test/conformance/real-clients.test.ts',
  'test/deploy/*.test.ts',
  'test/dev/gateway-examples.test.ts',
  'test/dev/package.test.ts',
  'test/dev/start.test.ts',
];

export default defineConfig({
  test: {
    globalSetup: [
      'test/support/node-version.ts',
      'test/support/compile-cache.ts',
      'test/support/engine.ts',
    ],
    setupFiles: ['test/support/clean.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A machine with other work to do is slow, not wrong.
    expect: { poll: { timeout: 10_000 } },
    // Files share processes: test/support/clean.ts keeps them apart.
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    silent: 'passed-only',
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      {
        extends: true,
        test: { name: 'service', include: ['test/**/*.test.ts'], exclude: END_TO_END },
      },
      { extends: true, test: { name: 'end-to-end', include: END_TO_END } },
    ],
  },
});
