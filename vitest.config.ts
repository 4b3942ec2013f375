import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/node-version.ts', 'test/support/engine.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Handlers read the environment when they are imported, so each file has a process of its own.
    pool: 'forks',
    maxWorkers: 2,
  },
});
