import { pathToFileURL } from 'node:url';
import { defineConfig } from 'vitest/config';
import { InOrder } from './test/deploy/stack/in-order.ts';
import { attributeFunctions } from './test/roles/attribute-functions.ts';

/** Where `.ci/run` wants a report, since `npm cit` hands no options on. */
const report = process.env['TEST_REPORT'];

/** What starts the whole stack, drives a browser, runs the command line or packages: `npm run test:e2e`. */
const END_TO_END = [
  'test/bench/*.test.ts',
  'test/bin/latchkey.test.ts',
  'test/bin/moving-in.test.ts',
  'test/bin/packed.test.ts',
  'test/bin/on-call.test.ts',
  'test/clients/*.test.ts',
  'test/journeys/*.test.ts',
  'test/conformance/real-clients.test.ts',
  'test/console/{budgets,console,domains,insight,keyboard,lasting,lists,portal,resources}.test.ts',
  'test/deploy/*.test.ts',
  'test/docs/*.test.ts',
  'test/dev/gateway-browser.test.ts',
  'test/dev/gateway-examples.test.ts',
  'test/dev/package.test.ts',
  'test/dev/refusals.test.ts',
  'test/dev/start.test.ts',
];

/** What the recorded calls of the others are held to: `npm run test:roles`. */
const ROLES = [
  'test/roles/promises.test.ts',
  'test/roles/roles.test.ts',
  'test/roles/second-opinion.test.ts',
  'test/roles/security-page.test.ts',
];

/** Where it is to be written down what functions ask of AWS: test/roles/record.ts. */
const isRecording = Boolean(process.env['RECORD_CALLS']);
if (isRecording) process.env['NODE_OPTIONS'] = `--import=${pathToFileURL('test/roles/record.ts')}`;
/** What runs each function's zip on AWS's own runtime: `npm run test:runtime`. */
const RUNTIME = ['test/runtime/*.test.ts'];
/** Other people's clients, generators and fuzzers, which it installs: `npm run test:clients`. */
const JUDGES = 'test/clients/foreign/*.test.ts';
/** What deploys to an AWS on this machine: `npm run test:deploy`. One story, told in order. */
const DEPLOYMENT = 'test/deploy/stack/*.test.ts';

export default defineConfig({
  plugins: isRecording ? [attributeFunctions()] : [],
  test: {
    globalSetup: [
      'test/support/run/node-version.ts',
      'test/support/run/compile-cache.ts',
      'test/support/run/engine.ts',
    ],
    setupFiles: ['test/support/run/clean.ts', ...(isRecording ? ['test/roles/say-file.ts'] : [])],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A machine with other work to do is slow, not wrong.
    expect: { poll: { timeout: 10_000 } },
    // Files share processes: test/support/run/clean.ts keeps them apart.
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    sequence: { sequencer: InOrder },
    silent: 'passed-only',
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'service',
          include: ['test/**/*.test.ts'],
          exclude: [...END_TO_END, ...ROLES, ...RUNTIME, DEPLOYMENT, JUDGES],
        },
      },
      {
        extends: true,
        test: { name: 'end-to-end', include: END_TO_END },
      },
      {
        extends: true,
        test: { name: 'roles', include: ROLES, globalSetup: ['test/roles/compiled.ts'] },
      },
      {
        extends: true,
        test: { name: 'runtime', include: RUNTIME, globalSetup: ['test/runtime/prepare.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'judges',
          include: [JUDGES],
          globalSetup: ['test/clients/foreign/prepare.ts'],
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'deployment',
          include: [DEPLOYMENT],
          globalSetup: ['test/deploy/stack/global-setup.ts'],
          fileParallelism: false,
        },
      },
    ],
  },
});
